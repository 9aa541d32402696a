import Feedback
import Foundation
import Postgres

/// By when a complaint that was made in an answer has to be answered; days in the organisation's zone.
public struct ComplaintTerms: Sendable, Equatable {
    /// The last day for the first answer.
    public let first: CalendarDay
    /// The last day for the final answer.
    public let final: CalendarDay
}

extension Store {
    /// Makes a complaint of an answer, with its clocks running from today; once, however often it is asked for.
    ///
    /// The complaint is called `answer-NUMBER` by the answer's invitation, and goes on like any other.
    ///
    /// - Parameters:
    ///   - actor: Whoever read the answer; nil for the customer.
    ///   - viewer: Only if they see the answer.
    /// - Returns: nil if nothing was answered by that invitation.
    public func makeComplaint(
        of invitation: Int64, by actor: Actor?, seenBy viewer: Viewer?, now: Date
    ) async throws -> ComplaintTerms? {
        try await pool.transaction { connection in
            let seen = try await connection.read(
                PostgresStatement("select true from response where invitation_id = $1", invitation),
                within: viewer?.restriction
            ).decodeFirst(Bool.self)
            let described = try await connection.query(describeAnswer, invitation)
                .decodeFirst(String?.self, String.self, Int32?.self, String?.self)
            guard seen != nil, let (country, zone, version, policy) = described else { return nil }
            let day = CalendarDay(now, in: TimeZone(identifier: zone) ?? .gmt)
            var chosen: Policy?
            if let version {
                chosen = try await policyVersion(version, on: connection).policies.first { $0.name == policy }
            }
            let clock = chosen?.complaintClock ?? .standard(in: country)
            let holidays = chosen?.hours?.holidays ?? []
            guard let received = CalendarDate(year: day.year, month: day.month, day: day.day) else { return nil }
            let terms = [clock.first, clock.final].map { "\($0.lastDay(from: received, holidays: holidays))" }
            let opened = try await connection.query(
                openComplaint, invitation, now, actor?.name ?? "customer", terms[0], terms[1])
            // The first one's terms stay.
            let kept = try await connection.query(
                "select first_due_on, final_due_on from follow_up where invitation_id = $1 and reason = 'complaint'",
                invitation
            ).decodeFirst(CalendarDay.self, CalendarDay.self).map { ComplaintTerms(first: $0, final: $1) }
            if let actor, opened.affected > 0 {
                let event = AuditEvent("follow-up.complaint", of: "answer \(invitation)")
                try await connection.query(.record(event, by: actor, now: now))
            }
            return kept
        }
    }
}

private let describeAnswer: StaticString = """
    select customer.country, organisation.time_zone, decision.policy_version_id, decision.policy
    from response r
    join invitation i using (invitation_id)
    join customer using (customer_id)
    cross join organisation
    left join decision on decision.resolution_id = i.resolution_id
    where r.invitation_id = $1 and not customer.is_erased
    """

private let openComplaint: StaticString = """
    with made as (
        insert into complaint (ref, customer_id, account_id, portfolio_id, topic_id, state, state_at)
        select 'answer-' || i.invitation_id, i.customer_id, coalesce(interaction.account_id, complaint.account_id),
            i.portfolio_id, i.topic_id, 'received', $2
        from invitation i
        left join interaction on interaction.interaction_id = i.interaction_id
        left join complaint on complaint.complaint_id = i.complaint_id
        where i.invitation_id = $1
        on conflict on constraint complaint_ref_is_unique do nothing
        returning complaint_id
    ), received as (
        insert into complaint_change (complaint_id, sequence, state, at)
        select complaint_id, 1, 'received', $2 from made
    ), followed as (
        insert into follow_up (invitation_id, reason, opened_at, opened_by, complaint_id, first_due_on, final_due_on)
        select $1, 'complaint', $2, $3, complaint_id, $4::text::date, $5::text::date from made
    )
    insert into stale_day (fact, day)
    select fact, ($2::timestamptz at time zone time_zone)::date
    from made, organisation, unnest(array['complaints', 'asking']::fact[]) fact
    """
