import Foundation
import Postgres

/// Counts of one stretch of days and one value.
public struct MeasureRow: Sendable, Equatable {
    /// The first day of the stretch.
    public let start: CalendarDay
    /// The agent within which values are told apart, where figures of several agents are read at once; else 0.
    public let within: Int32
    /// The value's identifier; 0 when it was not recorded, and for everything.
    public let value: Int32
    /// The counts.
    public let counts: MeasureCounts

    /// Creates a row.
    public init(start: CalendarDay, within: Int32 = 0, value: Int32 = 0, counts: MeasureCounts) {
        self.start = start
        self.within = within
        self.value = value
        self.counts = counts
    }
}

/// Which figures are asked for.
public struct FigureQuery: Sendable, Hashable {
    /// Whose figures.
    public var scope: FigureScope
    /// What to tell apart.
    public var dimension: MeasureDimension
    /// The period, both ends included, in the organisation's days.
    public var days: ClosedRange<CalendarDay>
    /// How to cut the period.
    public var cut: PeriodCut
    /// The values that are wanted; nil for all.
    public var values: [Int32]?
    /// Which counts are wanted.
    public var parts: CountParts

    /// Creates a query.
    public init(
        _ scope: FigureScope = .everything, by dimension: MeasureDimension = .all, _ days: ClosedRange<CalendarDay>,
        cut: PeriodCut = .whole, values: [Int32]? = nil, parts: CountParts = .all
    ) {
        self.scope = scope
        self.dimension = dimension
        self.days = days
        self.cut = cut
        self.values = values
        self.parts = parts
    }
}

/// Reads figures, all as they were at one moment.
public struct FigureSnapshot: Sendable {
    let connection: PostgresConnection
    let memory = CellMemory()

    init(connection: PostgresConnection) {
        self.connection = connection
    }

    /// The organisation.
    public func organisation() async throws -> Organisation {
        try Organisation.only(try await connection.query(readOrganisation))
    }

    /// Where the cells stand.
    public func cellState() async throws -> CellState {
        let (number, at) = try await connection.query("select number, at from cell_refresh")
            .decodeOnly(Int64.self, Date.self)
        return CellState(refresh: number, refreshedAt: at)
    }

    /// How many days an invitation can be answered at the most, by any policy so far.
    public func longestExpiry() async throws -> Int {
        try await connection.query(
            "select ceil(extract(epoch from max(expiry + delay)) / 86400)::int from policy_version"
        )
        .decodeOnly(Int.self)
    }

    /// The longest window of days within which a repeat breaks a resolution: the organisation's or a topic's.
    public func longestRepeatDays() async throws -> Int {
        try await connection.query(
            "select greatest((select repeat_days from organisation), (select max(repeat_days) from topic))"
        )
        .decodeOnly(Int.self)
    }

    /// Says which periods are going to be asked for, and which days cut into weeks, so that what they share is read once.
    public func announce(_ periods: [ClosedRange<CalendarDay>], trends: [ClosedRange<CalendarDay>]) async {
        await memory.announce(periods, trends: trends)
    }

    /// Sums the cells of a period: the one source of every page, file, reply and table of figures.
    ///
    /// - Returns: Rows in the order of their stretch, then their value; none for stretches without facts.
    public func measureCounts(_ query: FigureQuery) async throws -> [MeasureRow] {
        let teams =
            query.dimension == .team
            ? try await connection.query("select team_id from team").decode(Int32.self) : []
        guard let cut = CellCut(query.scope, by: query.dimension, only: query.values, teams: teams) else { return [] }
        return try await measureCounts(cut, query)
    }

    private func measureCounts(_ cut: CellCut, _ query: FigureQuery) async throws -> [MeasureRow] {
        // Too many would fill the memory.
        if query.cut != .whole || cut.within.count <= 100, let shared = await memory.reading(query, of: cut) {
            return try await memory.rows(of: shared) { try await rows(of: shared) }.sums(of: query)
        }
        return try await rows(
            of: CellReading(
                cut: cut, days: query.days, starts: query.cut.starts(in: query.days), parts: query.parts))
    }

    private func rows(of reading: CellReading) async throws -> [MeasureRow] {
        let cut = reading.cut
        let parameters: [any PostgresEncodable] = [
            reading.days.lowerBound, reading.days.upperBound, reading.starts, cut.name, cut.within, cut.values,
        ]
        let sums = CellSum.all.filter { reading.parts.contains($0.part) }
        let results = try await connection.pipeline(sums.map { PostgresStatement($0.sql, parameters: parameters) })
        var table = CountTable()
        for (sum, rows) in zip(sums, results) { try sum.add(&table, rows) }
        var placed: [CellPlace: MeasureCounts] = [:]
        for (cell, counts) in table.counts { placed[cut.place(cell), default: MeasureCounts()].add(counts) }
        return placed.rows
    }

    /// Sums the cells of many agents' topics at once; "within" of a row is the agent.
    public func measureCounts(ofAgents agents: [Int32], _ query: FigureQuery) async throws -> [MeasureRow] {
        try await measureCounts(
            CellCut(
                name: "agent.\(query.dimension.rawValue)", within: agents, values: query.values, rows: .withinAndValue),
            query)
    }

    /// Complaints that were open at the end of a day, by the day they were received.
    public func openComplaints(
        _ scope: FigureScope, at day: CalendarDay
    ) async throws -> [(received: CalendarDay, complaints: Int)] {
        guard let cut = CellCut(scope, by: .all, only: nil, teams: []) else { return [] }
        return try await connection.query(
            """
            select day, sum(complaints)::bigint from complaint_cell
            where cut = $1::text::cut and within = any ($2) and ($3::int[] is null or value = any ($3)) and day <= $4
                and closed_day > $4
            group by day
            order by day
            """, cut.name, cut.within, cut.values, day
        ).decode(CalendarDay.self, Int.self).map { (received: $0, complaints: $1) }
    }

    /// The names of a dimension's values, by identifier.
    public func names(of dimension: MeasureDimension) async throws -> [Int32: String] {
        let rows = try await connection.query(valueNames, dimension.rawValue).decode(Int32.self, String.self)
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// The first and the last day of which there are cells; nil when there are none.
    public func knownDays() async throws -> ClosedRange<CalendarDay>? {
        let (first, last) = try await connection.query(
            """
            select least((select min(day) from handling_cell), (select min(day) from asking_cell),
                    (select min(day) from answer_cell), (select min(day) from complaint_cell)),
                greatest((select max(day) from handling_cell), (select max(day) from asking_cell),
                    (select max(day) from answer_cell), (select max(day) from complaint_cell))
            """
        ).decodeOnly(CalendarDay?.self, CalendarDay?.self)
        guard let first, let last else { return nil }
        return first...last
    }
}

extension Store {
    /// Reads figures, all as they were at one moment, however many statements it takes.
    ///
    /// - Parameter scope: Whose figures; of teams and portfolios the database shows nothing that belongs to others.
    public func readingFigures<R: Sendable>(
        of scope: FigureScope = .everything, _ body: @escaping @Sendable (FigureSnapshot) async throws -> R
    ) async throws -> R {
        try await pool.transaction(.snapshot) { connection in
            if let within = scope.restriction { try await connection.query(within) }
            // Which index is best depends on the cut and the days.
            try await connection.query("set local plan_cache_mode = force_custom_plan")
            return try await body(FigureSnapshot(connection: connection))
        }
    }
}

private let valueNames: StaticString = """
    select team_id, ref from team where $1 = 'team'
    union all
    select agent_id, name from agent where $1 = 'agent'
    union all
    select portfolio_id, ref from portfolio where $1 = 'portfolio'
    union all
    select topic_id, name from topic where $1 in ('topic', 'category')
    union all
    select label_id, name from label where $1 in ('segment', 'language')
    union all
    select place::int, name::text from unnest(enum_range(null::contact_channel)) with ordinality names (name, place)
    where $1 = 'channel'
    union all
    select place::int, name::text from unnest(enum_range(null::contact_outcome)) with ordinality names (name, place)
    where $1 = 'outcome'
    union all
    select place::int, name::text from unnest(enum_range(null::survey_channel)) with ordinality names (name, place)
    where $1 = 'survey_channel'
    union all
    select survey_version_id, name || ' ' || number from survey_version join survey using (survey_id)
    where $1 = 'survey_version'
    """
