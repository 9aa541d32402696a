import Feedback
import Foundation
import Postgres

/// The table that resolutions are judged in; it lives as long as the connection and is empty between transactions.
let makeDecidingTable = """
    create temporary table if not exists deciding (
        resolution_id bigint, complaint_id bigint, interaction_id bigint, resolved_at timestamptz, judged_at timestamptz,
        customer_id bigint, account_id bigint, agent_id int, team_id int, portfolio_id int, topic_id int,
        channel contact_channel, outcome contact_outcome, handle_seconds int, obstacle text
    ) on commit delete rows
    """

/// Stages resolutions that are due: those never judged whose delay may have passed, and those whose hold is over.
let stageDueResolutions: StaticString = """
    with due as materialized (
        (select resolution_id, resolved_at from resolution
        where not decided and held_until is null and resolved_at <= $1::timestamptz - $2 * interval '1 second'
        order by resolved_at
        limit $3)
        union all
        (select resolution_id, resolved_at from resolution
        where not decided and held_until <= $1
        order by held_until
        limit $3)
        limit $3
    )
    insert into deciding
    select due.resolution_id, s.complaint_id, s.interaction_id, due.resolved_at, $1, s.customer_id, s.account_id, s.agent_id,
        s.team_id, s.portfolio_id, s.topic_id, s.channel, s.outcome, s.handle_seconds, s.obstacle
    from due cross join lateral resolution_subject(due.resolution_id) s
    """

/// Stages resolutions of the past, whether decided or not, oldest first, after a keyset of time and identifier; each is described as
/// it stood so many seconds ($5) after it.
let stagePastResolutions: StaticString = """
    with past as materialized (
        select resolution_id, resolved_at from resolution
        where (resolved_at, resolution_id) > ($1, $2) and resolved_at <= $3
        order by resolved_at, resolution_id
        limit $4
    )
    insert into deciding
    select past.resolution_id, s.complaint_id, s.interaction_id, past.resolved_at,
        past.resolved_at + $5 * interval '1 second', s.customer_id, s.account_id,
        s.agent_id, s.team_id, s.portfolio_id, s.topic_id, s.channel, s.outcome, s.handle_seconds, s.obstacle
    from past cross join lateral resolution_subject(past.resolution_id) s
    """

/// What is known of the staged resolutions, oldest first.
///
/// $1: only invitations issued before it count as earlier ones.
let stagedSubjects: StaticString = """
    select d.resolution_id, d.resolved_at, d.judged_at, d.complaint_id is not null as is_complaint, d.obstacle,
        portfolio.ref as portfolio, topic.name as topic, d.customer_id, d.account_id, s.country, s.region, s.time_zone,
        s.language, s.email, s.email_basis, s.email_basis_at, s.work_email, s.email_suspended, s.phone, s.phone_suspended,
        s.sms_consent_at, s.last_text_at, s.has_postal_address, s.preferred_channel, s.own_days, s.own_opens, s.own_closes,
        s.stops, s.contacts,
        (select max(issued_at) from invitation i where i.customer_id = d.customer_id and i.issued_at < $1) as customer_invited_at,
        (select max(issued_at) from invitation i where i.account_id = d.account_id and i.issued_at < $1) as account_invited_at
    from deciding d
    left join portfolio using (portfolio_id)
    left join topic using (topic_id)
    left join lateral customer_standing(d.customer_id, d.judged_at) s on true
    order by d.judged_at, d.resolution_id
    """

/// A subject and what goes with it.
struct StagedSubject {
    var subject: AskingSubject
    /// When it is to be judged.
    let judgedAt: Date
    /// The language the customer wants.
    let language: String?
}

extension StagedSubject {
    /// Reads a row of ``stagedSubjects``.
    init(_ row: PostgresRow) throws {
        subject = AskingSubject(
            resolution: try row.decode("resolution_id"), resolvedAt: try row.decode("resolved_at"))
        judgedAt = try row.decode("judged_at")
        language = try row.decode("language")
        subject.isComplaint = try row.decode("is_complaint")
        subject.obstacle = try row.decode("obstacle", as: String?.self).flatMap(AskingRule.init)
        subject.customer = try row.decode("customer_id")
        subject.account = try row.decode("account_id")
        subject.portfolio = try row.decode("portfolio")
        subject.topic = try row.decode("topic")
        subject.customerInvitedAt = try row.decode("customer_invited_at")
        subject.accountInvitedAt = try row.decode("account_invited_at")
        if subject.customer != nil { try subject.readStanding(row) }
    }
}

extension AskingSubject {
    /// Reads the columns of `customer_standing`.
    mutating func readStanding(_ row: PostgresRow) throws {
        country = try row.decode("country")
        region = try row.decode("region")
        timeZone = try row.decode("time_zone")
        email = try row.decode("email")
        emailBasis = try row.decode("email_basis", as: String?.self).flatMap(EmailBasis.init)
        emailBasisAt = try row.decode("email_basis_at")
        isWorkEmail = try row.decode("work_email")
        isEmailSuspended = try row.decode("email_suspended")
        phone = try row.decode("phone")
        isPhoneSuspended = try row.decode("phone_suspended")
        smsConsentAt = try row.decode("sms_consent_at")
        lastTextAt = try row.decode("last_text_at")
        hasPostalAddress = try row.decode("has_postal_address")
        preferredChannel = try row.decode("preferred_channel", as: String?.self).flatMap(SurveyChannel.init)
        stops = try row.decode("stops", as: [String].self).compactMap(HardStop.init)
        contacts = try row.decode("contacts")
        if let days = try row.decode("own_days", as: [Int16]?.self) {
            ownHours = ContactHours(
                dayNumbers: days, opens: try row.decode("own_opens", as: Int.self),
                closes: try row.decode("own_closes", as: Int.self))
        }
    }
}
