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
        select distinct unnest(array['totals', 'answers']::fact[]), (answered_at at time zone time_zone)::date
        from response, organisation
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
            complaint_cell, closing_cell, stale_day, stale_contact
        """)
    try await markEverythingStale(on: connection)
}

/// Marks the days that touched interactions decide about, in a statement that sees every interaction committed with them.
func markDaysOfTouched(on connection: isolated PostgresConnection) async throws {
    guard try await connection.query("select exists (select from stale_contact)").decodeOnly(Bool.self) else { return }
    try await connection.query(markNeighbours)
}

let markNeighbours: StaticString = """
    with taken as (
        delete from stale_contact returning customer_id, contact, started_at, ended_at
    ), leg as (
        -- The legs of a transfer are one contact, of the first one's day.
        select contact, leg.customer_id, leg.started_at, leg.ended_at
        from (select distinct contact from taken where contact is not null) transferred join interaction leg using (contact)
        union all
        select contact, customer_id, started_at, ended_at from taken where contact is not null
    ), extent as materialized (
        select distinct customer_id, min(started_at) over same as started_at, max(ended_at) over same as ended_at
        from leg
        window same as (partition by contact)
        union
        select customer_id, started_at, ended_at from taken where contact is null
    ), transferred as (
        -- How far a transfer reaches is known only from all its legs, of which some may be another customer's.
        select theirs.customer_id, array_agg(leg.started_at) as starts,
            min(leg.started_at) as started_at, max(leg.ended_at) as ended_at
        from (
            select distinct customer_id, near.contact
            from (select distinct customer_id from extent) asked join interaction near using (customer_id)
            where near.direction = 'inbound' and not near.planned and near.contact is not null
        ) theirs
        join interaction leg using (contact)
        group by theirs.customer_id, contact
    ), near as (
        -- A contact decides about its customer's other contacts up to the longest window before and after it,
        select near.started_at
        from extent join interaction near using (customer_id)
        where near.direction = 'inbound' and not near.planned and near.contact is null
            and near.started_at >= extent.started_at - interval '31 days'
            and near.started_at <= extent.ended_at + interval '30 days'
        union all
        -- about long ones that began before that and ended within the window,
        select near.started_at
        from extent join interaction near using (customer_id)
        where near.direction = 'inbound' and not near.planned and near.contact is null
            and near.ended_at - near.started_at > interval '24 hours'
            and near.started_at < extent.started_at and near.ended_at >= extent.started_at - interval '30 days'
        union all
        -- and about transfers.
        select unnest(starts)
        from extent join transferred using (customer_id)
        where transferred.started_at <= extent.ended_at + interval '30 days'
            and transferred.ended_at >= extent.started_at - interval '30 days'
    )
    insert into stale_day (fact, day)
    select distinct fact, (at at time zone time_zone)::date
    from organisation, (
        select unnest(array['handling', 'contacts']::fact[]) as fact, started_at as at from taken
        union
        select unnest(array['handling', 'contacts']::fact[]), started_at from leg
        union
        select 'contacts', started_at from near
    ) touched
    """

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
