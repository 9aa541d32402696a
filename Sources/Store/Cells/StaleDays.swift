import Foundation
import Postgres

/// Marks every day that has facts, so that the next refresh computes all cells anew.
func markEverythingStale(on connection: isolated PostgresConnection) async throws {
    for cells: StaticString in [
        "delete from answer_cell", "delete from answered_cell", "delete from asking_cell", "delete from handling_cell",
        "delete from contact_cell",
    ] {
        try await connection.query(cells)
    }
    try await connection.query(
        """
        insert into stale_day (fact, day)
        select distinct 'handling'::fact, (started_at at time zone time_zone)::date from interaction, organisation
        union all
        select distinct 'contacts'::fact, (started_at at time zone time_zone)::date from interaction, organisation
        union all
        select distinct 'asking'::fact, (issued_at at time zone time_zone)::date from invitation, organisation
        union all
        select distinct 'answers'::fact, (answered_at at time zone time_zone)::date from response, organisation
        """)
}

/// Where the cells stand.
public struct CellState: Sendable, Equatable {
    /// Counts the refreshes that changed anything.
    public let refresh: Int64
    /// When the last of them was.
    public let refreshedAt: Date
    /// Whether a refresh has work: a day's facts have changed or a repeat window has closed.
    public let isStale: Bool
}

extension Store {
    /// Tells where the cells stand.
    public func cellState(now: Date) async throws -> CellState {
        let (number, at, isStale) = try await pool.query(
            """
            select number, at, exists (select from stale_day)
                or exists (select from contact_cell where dimension = 'all' and next_close is not null and next_close < $1)
            from cell_refresh
            """, now
        ).decodeOnly(Int64.self, Date.self, Bool.self)
        return CellState(refresh: number, refreshedAt: at, isStale: isStale)
    }

    /// Computes the cells of every stale day anew from its facts, in one transaction.
    ///
    /// Idempotent; costs what the days hold, not what history holds. One refresh runs at a time, whatever the number of
    /// processes; the next one waits for it. A fact committed meanwhile leaves a mark that this refresh has not seen, and so is never lost.
    ///
    /// - Returns: How many days were computed, each kind of fact for itself.
    @discardableResult
    public func refreshCells(now: Date) async throws -> Int {
        try await pool.transaction { connection in
            try await connection.query(cellLock)
            let stale = try await connection.query(takeStaleDays, now)
                .decode(String.self, [CalendarDay].self)
            for (name, days) in stale {
                guard let fact = CellFact(rawValue: name) else { throw UnknownFact(name: name) }
                for start in stride(from: 0, to: days.count, by: 100) {
                    let some = Array(days[start..<min(start + 100, days.count)])
                    try await connection.pipeline(fact.recompute(some, now: now))
                }
            }
            if !stale.isEmpty {
                try await connection.query("update cell_refresh set number = number + 1, at = $1", now)
            }
            return stale.reduce(0) { $0 + $1.1.count }
        }
    }
}

/// Held by whoever writes cells.
let cellLock: StaticString = "select pg_advisory_xact_lock(4720092)"

private let takeStaleDays: StaticString = """
    with taken as (
        delete from stale_day returning fact, day
    )
    select fact::text as fact, array_agg(distinct day order by day) as days
    from (
        select fact, day from taken
        union all
        select 'contacts', day from contact_cell
        where dimension = 'all' and next_close is not null and next_close < $1
    ) stale
    group by fact
    """

/// The kinds of facts that cells are derived from.
private enum CellFact: String {
    case answers, asking, handling, contacts

    /// Removes the cells of some days and computes them again.
    func recompute(_ days: [CalendarDay], now: Date) -> [PostgresStatement] {
        switch self {
        case .answers:
            [
                PostgresStatement("delete from answer_cell where day = any ($1)", days),
                PostgresStatement(answerCells, days),
                PostgresStatement("delete from answered_cell where day = any ($1)", days),
                PostgresStatement(answeredCells, days),
            ]
        case .asking:
            [
                PostgresStatement("delete from asking_cell where day = any ($1)", days),
                PostgresStatement(askingCells, days),
            ]
        case .handling:
            [
                PostgresStatement("delete from handling_cell where day = any ($1)", days),
                PostgresStatement(handlingCells, days),
            ]
        case .contacts:
            [
                PostgresStatement("delete from contact_cell where day = any ($1)", days),
                PostgresStatement(contactCells, days, now),
            ]
        }
    }
}

/// The database has a kind of fact that this program does not know.
private struct UnknownFact: Error {
    let name: String
}

extension Store {
    /// Computes every cell anew from the facts.
    func recomputeAllCells(now: Date) async throws {
        try await pool.transaction { connection in
            try await connection.query(cellLock)
            try await markEverythingStale(on: connection)
        }
        try await refreshCells(now: now)
    }
}
