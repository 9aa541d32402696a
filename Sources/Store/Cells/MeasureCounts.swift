import Foundation
import Postgres

/// What measures can be told apart by.
public enum MeasureDimension: String, Sendable, CaseIterable {
    case all, team, agent, portfolio, topic, channel
}

/// The mergeable counts behind every measure, for one stretch of days and one value of a dimension.
public struct MeasureCounts: Sendable, Equatable {
    /// How often each score was given, from 0 up, by instrument: `nps`, `csat`, `resolved`, `ces5-lower` and the like.
    public var scores: [String: [Int]] = [:]
    /// Invitations issued, and those of them that were answered by now.
    public var invited = 0, answered = 0
    /// Handled interactions.
    public var handled = 0
    /// Their talk, hold and wrap time, in seconds.
    public var talkSeconds = 0, holdSeconds = 0, wrapSeconds = 0
    /// The sum of the squares of their handle times.
    public var squareSeconds = 0
    /// Inbound contacts, and those whose customer is known.
    public var contacts = 0, knownContacts = 0
    /// Contacts of known customers whose repeat window has closed, and those nobody came back for.
    public var closedContacts = 0, closedResolved = 0
    /// The same of contacts that start an issue, and how many of these are still pending.
    public var firstContacts = 0, firstResolved = 0, pendingContacts = 0

    /// Creates counts of nothing.
    public init() {}
}

/// Counts of one stretch of days and one value.
public struct MeasureRow: Sendable, Equatable {
    /// The first day of the stretch.
    public let start: CalendarDay
    /// The value's identifier; 0 when it was not recorded.
    public let value: Int64
    /// The value's name for readers; nil when it was not recorded, or for everything.
    public let name: String?
    /// The counts.
    public let counts: MeasureCounts
}

/// How a period is cut.
public enum PeriodCut: String, Sendable {
    /// Not at all: one row for the whole period.
    case whole
    /// Into weeks that start on Monday (ISO 8601).
    case week
    /// Into calendar months.
    case month
}

/// Reads figures, all as they were at one moment.
public struct FigureSnapshot: Sendable {
    fileprivate let connection: PostgresConnection

    /// The organisation.
    public func organisation() async throws -> Organisation {
        let (name, timeZone) = try await connection.query("select name, time_zone from organisation")
            .decodeOnly(String.self, String.self)
        return Organisation(name: name, timeZone: timeZone)
    }

    /// When the cells were last changed.
    public func refreshedAt() async throws -> Date {
        try await connection.query("select at from cell_refresh").decodeOnly(Date.self)
    }

    /// How many days an invitation can be answered at the most, by any policy so far.
    public func longestExpiry() async throws -> Int {
        try await connection.query("select ceil(extract(epoch from max(expiry)) / 86400)::int from policy_version")
            .decodeOnly(Int.self)
    }

    /// Sums the cells of a period: the one source of every page, file, reply and table of figures.
    ///
    /// - Parameters:
    ///   - days: The period, both ends included, in the organisation's days.
    ///   - cut: How to cut the period.
    ///   - dimension: What to tell apart.
    /// - Returns: Rows in the order of their stretch, then their value; without rows for stretches without facts.
    public func measureCounts(
        _ days: ClosedRange<CalendarDay>, cut: PeriodCut, by dimension: MeasureDimension
    ) async throws -> [MeasureRow] {
        let parameters: [any PostgresEncodable] = [days.lowerBound, days.upperBound, cut.rawValue, dimension.rawValue]
        let results = try await connection.pipeline([
            PostgresStatement(answerSums, parameters: parameters),
            PostgresStatement(askingSums, parameters: parameters),
            PostgresStatement(answeredSums, parameters: parameters),
            PostgresStatement(handlingSums, parameters: parameters),
            PostgresStatement(contactSums, parameters: parameters),
            PostgresStatement(valueNames, dimension.rawValue),
        ])
        var counts: [Place: MeasureCounts] = [:]
        try addAnswers(results[0], to: &counts)
        for (start, value, invited) in try results[1].decode(CalendarDay.self, Int64.self, Int.self) {
            counts[Place(start, value), default: .init()].invited = invited
        }
        for (start, value, answered) in try results[2].decode(CalendarDay.self, Int64.self, Int.self) {
            counts[Place(start, value), default: .init()].answered = answered
        }
        for (start, value, handled, talk, hold, wrap, squares) in try results[3].decode(
            CalendarDay.self, Int64.self, Int.self, Int.self, Int.self, Int.self, Int.self)
        {
            var row = counts[Place(start, value)] ?? .init()
            row.handled = handled
            (row.talkSeconds, row.holdSeconds, row.wrapSeconds) = (talk, hold, wrap)
            row.squareSeconds = squares
            counts[Place(start, value)] = row
        }
        for (start, value, contacts, known, closed, closedResolved, first, firstResolved, pending) in try results[4]
            .decode(
                CalendarDay.self, Int64.self, Int.self, Int.self, Int.self, Int.self, Int.self, Int.self, Int.self)
        {
            var row = counts[Place(start, value)] ?? .init()
            (row.contacts, row.knownContacts) = (contacts, known)
            (row.closedContacts, row.closedResolved) = (closed, closedResolved)
            (row.firstContacts, row.firstResolved, row.pendingContacts) = (first, firstResolved, pending)
            counts[Place(start, value)] = row
        }
        let names = Dictionary(
            uniqueKeysWithValues: try results[5].decode(Int64.self, String.self).map { ($0, $1) })
        return counts.sorted { $0.key < $1.key }.map { place, counts in
            MeasureRow(start: place.start, value: place.value, name: names[place.value], counts: counts)
        }
    }

    private func addAnswers(_ rows: PostgresRows, to counts: inout [Place: MeasureCounts]) throws {
        for (start, value, instrument, scores) in try rows.decode(
            CalendarDay.self, Int64.self, String.self, [Int].self)
        {
            counts[Place(start, value), default: .init()].scores[instrument] = scores
        }
    }
}

extension Store {
    /// Reads figures, all as they were at one moment, however many statements it takes.
    public func readingFigures<R: Sendable>(
        _ body: @escaping @Sendable (FigureSnapshot) async throws -> R
    ) async throws -> R {
        try await pool.transaction(.snapshot) { connection in
            try await body(FigureSnapshot(connection: connection))
        }
    }
}

private struct Place: Hashable, Comparable {
    let start: CalendarDay
    let value: Int64

    init(_ start: CalendarDay, _ value: Int64) {
        self.start = start
        self.value = value
    }

    static func < (left: Place, right: Place) -> Bool {
        (left.start, left.value) < (right.start, right.value)
    }
}

private let answerSums: StaticString = """
    select case $3 when 'whole' then $1 else date_trunc($3, day)::date end, value, instrument,
        array[sum(score_0), sum(score_1), sum(score_2), sum(score_3), sum(score_4), sum(score_5), sum(score_6),
            sum(score_7), sum(score_8), sum(score_9), sum(score_10)]::bigint[]
    from answer_cell
    where dimension = $4::dimension and day between $1::date and $2::date
    group by 1, 2, 3
    """

private let askingSums: StaticString = """
    select case $3 when 'whole' then $1 else date_trunc($3, day)::date end, value,
        sum(invited)::bigint
    from asking_cell
    where dimension = $4::dimension and day between $1::date and $2::date
    group by 1, 2
    """

private let answeredSums: StaticString = """
    select case $3 when 'whole' then $1 else date_trunc($3, issued_day)::date end, value, sum(answered)::bigint
    from answered_cell
    where dimension = $4::dimension and issued_day between $1::date and $2::date
    group by 1, 2
    """

private let handlingSums: StaticString = """
    select case $3 when 'whole' then $1 else date_trunc($3, day)::date end, value, sum(handled)::bigint,
        sum(talk_seconds)::bigint, sum(hold_seconds)::bigint, sum(wrap_seconds)::bigint, sum(square_seconds)::bigint
    from handling_cell
    where dimension = $4::dimension and day between $1::date and $2::date
    group by 1, 2
    """

private let contactSums: StaticString = """
    select case $3 when 'whole' then $1 else date_trunc($3, day)::date end, value, sum(contacts)::bigint,
        sum(known)::bigint, sum(closed)::bigint, sum(closed_resolved)::bigint, sum(first_contacts)::bigint,
        sum(first_resolved)::bigint, sum(pending)::bigint
    from contact_cell
    where dimension = $4::dimension and day between $1::date and $2::date
    group by 1, 2
    """

private let valueNames: StaticString = """
    select team_id::bigint, ref from team where $1 = 'team'
    union all
    select agent_id, name from agent where $1 = 'agent'
    union all
    select portfolio_id, ref from portfolio where $1 = 'portfolio'
    union all
    select topic_id, name from topic where $1 = 'topic'
    union all
    select place, channel::text from unnest(enum_range(null::contact_channel)) with ordinality channels (channel, place)
    where $1 = 'channel'
    """
