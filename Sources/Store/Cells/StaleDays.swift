import Foundation
import Postgres

/// Marks every day that has facts, so that the next refresh computes all cells anew.
func markEverythingStale(on connection: isolated PostgresConnection) async throws {
    try await connection.query(
        """
        insert into stale_day (fact, day)
        select distinct unnest(array['handling', 'contacts']::fact[]), (started_at at time zone time_zone)::date
        from interaction, organisation
        union all
        select distinct 'asking'::fact, (resolved_at at time zone time_zone)::date from resolution, organisation
        union all
        select distinct 'answers'::fact, (answered_at at time zone time_zone)::date from response, organisation
        union all
        select distinct 'complaints'::fact, (at at time zone time_zone)::date
        from complaint_change, organisation where state in ('received', 'resolved')
        union all
        select 'names', current_date
        """)
}

/// Removes all cells and marks every day that has facts.
func emptyCells(on connection: isolated PostgresConnection) async throws {
    try await connection.query(
        """
        truncate answer_cell, answered_cell, asking_cell, skip_cell, handling_cell, duration_cell, contact_cell, window_cell,
            complaint_cell, closing_cell, stale_day
        """)
    try await markEverythingStale(on: connection)
}

/// Marks every day that has contacts: windows have changed.
let markContactsStale: StaticString = """
    insert into stale_day (fact, day)
    select distinct 'contacts'::fact, (started_at at time zone time_zone)::date from interaction, organisation
    """

/// Notes that something is called otherwise: pages that show it are written again.
let markNamesStale: StaticString = "insert into stale_day (fact, day) values ('names', current_date)"

/// Where the cells stand.
public struct CellState: Sendable, Equatable {
    /// Counts the refreshes that changed anything.
    public let refresh: Int64
    /// When the last of them was.
    public let refreshedAt: Date
}

extension Store {
    /// Tells where the cells stand.
    public func cellState() async throws -> CellState {
        let (number, at) = try await pool.query("select number, at from cell_refresh")
            .decodeOnly(Int64.self, Date.self)
        return CellState(refresh: number, refreshedAt: at)
    }
}
