import Feedback
import Foundation
import Postgres

/// How a customer wants to be asked.
public struct CustomerChoice: Sendable, Equatable {
    /// By which channel; nil for no preference.
    public var channel: SurveyChannel?
    /// The language's code; nil for the one that is recorded elsewhere.
    public var language: String?
    /// On which days and between which hours, by the customer's own clock.
    public var hours: ContactHours

    /// Creates a choice.
    public init(channel: SurveyChannel?, language: String?, hours: ContactHours) {
        self.channel = channel
        self.language = language
        self.hours = hours
    }
}

/// What a customer sees of what is kept about being asked.
public struct OwnPage: Sendable {
    /// A survey that the customer was asked to answer.
    public struct Asked: Sendable {
        /// The day, where the customer is.
        public let askedOn: CalendarDay
        /// The way it came.
        public let channel: SurveyChannel
        /// What was asked.
        public let surveyVersion: Int32
        /// The day of the answer; nil if there is none.
        public let answeredOn: CalendarDay?
        /// What was said.
        public let answers: Answers
    }

    /// How the customer is asked now, chosen here or recorded elsewhere.
    public let choice: CustomerChoice
    /// The code of the language that was chosen here.
    public let chosenLanguage: String?
    /// The code of the language that the invitation asks in.
    public let askedLanguage: String
    /// The first letters of the e-mail address and of its domain; the address itself never leaves the database.
    public let maskedEmail: String?
    /// The last digits of the telephone number.
    public let maskedPhone: String?
    /// Whether letters can be sent.
    public let hasPostalAddress: Bool
    /// Whether surveys are stopped, by whomever.
    public let surveysAreStopped: Bool
    /// Whether all messages are stopped, by whomever.
    public let messagesAreStopped: Bool
    /// Whether a stop is the customer's own, which they may take back.
    public let hasOwnStop: Bool
    /// What was asked, newest first; the last twenty.
    public let asked: [Asked]
}

extension Store {
    /// Reads all that a customer's own page shows, in one round trip.
    ///
    /// - Parameter invitation: An invitation of the customer's.
    /// - Returns: nil if there is no such invitation.
    public func ownPage(invitation: Int64, now: Date) async throws -> OwnPage? {
        let results = try await pool.pipeline([
            PostgresStatement(readOwnStanding, invitation, now), PostgresStatement(readAskedSurveys, invitation),
        ])
        guard results.count == 2 else { return nil }
        let asked = try results[1].map { try OwnPage.Asked($0) }
        return try results[0].map { try OwnPage($0, asked: asked) }.first
    }

    /// Keeps how a customer wants to be asked, from now on; the same choice again adds nothing.
    ///
    /// - Returns: Whether there is such an invitation.
    public func choose(_ choice: CustomerChoice, invitation: Int64, now: Date) async throws -> Bool {
        try await pool.query(
            recordChoice, invitation, choice.channel?.rawValue, choice.language, choice.hours.dayNumbers,
            choice.hours.opens, choice.hours.closes, now
        ).decodeOnly(Bool.self)
    }
}

private let readOwnStanding: StaticString = """
    select i.language as asked_language, (
            select choice.language from customer_choice choice where choice.customer_id = i.customer_id
            order by choice.customer_choice_id desc limit 1
        ) as chosen_language, s.language, s.preferred_channel, s.own_days, s.own_opens, s.own_closes, s.stops,
        left(s.email, 1) || '…@' || left(split_part(s.email, '@', 2), 1) || '…' as masked_email,
        '…' || right(s.phone, least(4, length(s.phone) / 2)) as masked_phone, s.has_postal_address,
        exists (
            select from customer_stop own
            where own.customer_id = i.customer_id and own.ref like 'own:%' and own.ends_at is null
                and own.kind in ('opted-out', 'opted-out-of-surveys')
        ) as has_own_stop
    from invitation i cross join lateral customer_standing(i.customer_id, $2) s
    where i.invitation_id = $1 and not exists (
        select from customer c where c.customer_id = i.customer_id and c.is_erased)
    """

private let readAskedSurveys: StaticString = """
    with asked as materialized (
        select a.invitation_id, a.issued_at, a.survey_channel, a.survey_version_id, coalesce(c.time_zone, o.time_zone) as zone
        from invitation i
        join customer c on c.customer_id = i.customer_id
        join invitation a on a.customer_id = i.customer_id
        cross join organisation o
        where i.invitation_id = $1
        order by a.issued_at desc, a.invitation_id desc
        limit 20
    )
    select (a.issued_at at time zone a.zone)::date as asked_on, a.survey_channel::text as channel, a.survey_version_id,
        (r.answered_at at time zone a.zone)::date as answered_on, r.nps, r.csat, r.ces, r.resolved, r.choices, r.comment
    from asked a
    -- Lateral, as in storeSubmissions: no plan may read the whole table.
    left join lateral (select * from response r where r.invitation_id = a.invitation_id offset 0) r on true
    order by a.issued_at desc, a.invitation_id desc
    """

private let recordChoice: StaticString = """
    with asked as (
        select customer_id from invitation join customer using (customer_id) where invitation_id = $1 and not is_erased
    ), newest as (
        select choice.* from asked join customer_choice choice using (customer_id)
        order by choice.customer_choice_id desc
        limit 1
    ), added as (
        insert into customer_choice (customer_id, channel, language, days, opens, closes, chosen_at)
        select customer_id, $2::text::survey_channel, $3, $4, $5, $6, $7 from asked
        where not exists (
            select from newest n
            where (n.channel, n.language, n.days, n.opens, n.closes)
                is not distinct from ($2::text::survey_channel, $3, $4, $5, $6))
    )
    select exists (select from asked)
    """

extension OwnPage {
    fileprivate init(_ row: PostgresRow, asked: [Asked]) throws {
        let days = try row.decode("own_days", as: [Int16]?.self)
        let hours =
            if let days {
                ContactHours(
                    dayNumbers: days, opens: try row.decode("own_opens", as: Int.self),
                    closes: try row.decode("own_closes", as: Int.self))
            } else {
                ContactHours(days: Set(Weekday.allCases), opens: 0, closes: 1440)
            }
        choice = CustomerChoice(
            channel: try row.decode("preferred_channel", as: String?.self).flatMap(SurveyChannel.init),
            language: try row.decode("language"), hours: hours)
        chosenLanguage = try row.decode("chosen_language")
        askedLanguage = try row.decode("asked_language")
        maskedEmail = try row.decode("masked_email")
        maskedPhone = try row.decode("masked_phone")
        hasPostalAddress = try row.decode("has_postal_address")
        let stops = try row.decode("stops", as: [String].self)
        messagesAreStopped = stops.contains(HardStop.optedOut.rawValue)
        surveysAreStopped = messagesAreStopped || stops.contains(HardStop.optedOutOfSurveys.rawValue)
        hasOwnStop = try row.decode("has_own_stop")
        self.asked = asked
    }
}

extension OwnPage.Asked {
    fileprivate init(_ row: PostgresRow) throws {
        askedOn = try row.decode("asked_on")
        channel = SurveyChannel(rawValue: try row.decode("channel")) ?? .link
        surveyVersion = try row.decode("survey_version_id")
        answeredOn = try row.decode("answered_on")
        var answers = Answers()
        answers.nps = try row.decode("nps")
        answers.csat = try row.decode("csat")
        answers.ces = try row.decode("ces")
        answers.resolved = try row.decode("resolved")
        answers.choices = try row.decode("choices", as: JSONB?.self)?.decode([String: String].self) ?? [:]
        answers.comment = try row.decode("comment")
        self.answers = answers
    }
}

extension ContactHours {
    /// Reads days as the database numbers them: Monday is 1.
    init(dayNumbers: [Int16], opens: Int, closes: Int) {
        self.init(
            days: Set(dayNumbers.compactMap { (1...7).contains($0) ? Weekday.allCases[Int($0) - 1] : nil }),
            opens: opens, closes: closes)
    }

    /// The days as the database numbers them, Monday first.
    var dayNumbers: [Int16] {
        let days = days
        return Weekday.allCases.enumerated().filter { days.contains($0.element) }.map { Int16($0.offset + 1) }
    }
}
