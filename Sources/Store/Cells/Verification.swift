import Foundation
import Postgres

/// A cell that is not what the facts say.
public struct CellDifference: Sendable, Equatable {
    /// The table of the cell.
    public let table: String
    /// The cell as it is stored; nil if it is missing.
    public let stored: String?
    /// The cell as the facts say; nil if it should not be there.
    public let computed: String?
}

/// What a comparison of the cells with the facts found.
public struct CellVerification: Sendable {
    /// How many cells were compared.
    public var cells = 0
    /// The first differences found.
    public var differences: [CellDifference] = []
    /// How many cells differ in all.
    public var differing = 0
}

extension Store {
    /// Computes every cell anew from the facts and compares it with the stored one, cell by cell. Nothing is changed.
    ///
    /// Refreshes first, so that stale days are no difference, and keeps other refreshes out meanwhile.
    ///
    /// - Parameters:
    ///   - most: How many differences to list at the most.
    ///   - progress: Told how many of how many tables are done.
    public func verifyCells(
        listing most: Int = 20, now: Date,
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws -> CellVerification {
        try await refreshCells(now: now)
        return try await pool.transaction { connection in
            var result = CellVerification()
            try await lockAllCells(on: connection)
            try await connection.query("set local plan_cache_mode = force_custom_plan")
            // The answers' statements compute the cells of everything too.
            let facts = CellFact.allCases.filter { $0 != .totals }
            for (index, fact) in facts.enumerated() {
                try await verify(fact, listing: most, closedBefore: now.lastFullHour, on: connection, into: &result)
                progress(index + 1, facts.count)
            }
            return result
        }
    }
}

private func verify(
    _ fact: CellFact, listing most: Int, closedBefore: Date, on connection: isolated PostgresConnection,
    into result: inout CellVerification
) async throws {
    let days = try await connection.query(factDays, fact.rawValue).decode(CalendarDay.self)
    for range in try await dayRanges(DayRange.joining(days), on: connection) {
        try await connection.execute(script: workTables)
        try await connection.pipeline(fact.compute(range, closedBefore: closedBefore))
        for table in fact.tables {
            let rows = try await connection.query(
                "select stored, computed, day from differing_cells($1::text::name, $2, $3)", table, range.first,
                range.last
            ).decode(String?.self, String?.self, CalendarDay.self)
            // A fact that came after the refresh has left its mark.
            try await markDaysOfTouched(on: connection)
            let pending = Set(
                try await connection.query(
                    "select day from stale_day where fact = $1::text::fact or $1 = 'answers' and fact = 'totals'",
                    fact.rawValue
                ).decode(CalendarDay.self))
            let found = rows.filter { !pending.contains($0.2) }
            result.differing += found.count
            let room = max(0, most - result.differences.count)
            result.differences += found.prefix(room).map {
                CellDifference(table: table, stored: $0.0, computed: $0.1)
            }
            result.cells += try await connection.query(
                "select count_cells($1::text::name, $2, $3)", table, range.first, range.last
            ).decodeOnly(Int.self)
        }
    }
}

/// Every day that has facts or cells of a kind.
private let factDays: StaticString = """
    select (started_at at time zone time_zone)::date from interaction, organisation where $1 in ('handling', 'contacts')
    union
    select (resolved_at at time zone time_zone)::date from resolution, organisation where $1 = 'asking'
    union
    select (answered_at at time zone time_zone)::date from response, organisation where $1 = 'answers'
    union
    select (at at time zone time_zone)::date from complaint_change, organisation
    where $1 = 'complaints' and state in ('received', 'resolved')
    union
    select day from answer_cell where $1 = 'answers'
    union
    select day from answered_cell where $1 = 'answers'
    union
    select day from asking_cell where $1 = 'asking'
    union
    select day from skip_cell where $1 = 'asking'
    union
    select day from handling_cell where $1 = 'handling'
    union
    select day from duration_cell where $1 = 'handling'
    union
    select day from contact_cell where $1 = 'contacts'
    union
    select day from window_cell where $1 = 'contacts'
    union
    select day from complaint_cell where $1 = 'complaints'
    union
    select day from closing_cell where $1 = 'complaints'
    """
