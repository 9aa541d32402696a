import Foundation
import Postgres

/// Which facts a refresh sees to.
public enum RefreshScope: Sendable {
    /// What answers change on the overviews of everything: it is to be seen within seconds.
    case totals
    /// Answers by team, agent and so on, and decisions.
    case answers
    /// Interactions, contacts and complaints.
    case work
    /// Everything.
    case all

    fileprivate var facts: [CellFact] {
        switch self {
        case .totals: [.totals]
        case .answers: [.answers, .asking]
        case .work: [.handling, .contacts, .complaints]
        case .all: CellFact.allCases
        }
    }
}

extension Store {
    /// Computes the cells of every stale day anew from its facts and replaces those that differ, one kind of fact at a time.
    ///
    /// Idempotent; costs what the days hold, not what history holds. One refresh of a kind runs at a time, whatever the number of
    /// processes; the next one waits for it. A fact committed meanwhile leaves a mark that this refresh has not seen, and so is
    /// never lost. Repeat windows are judged as of the last full hour.
    ///
    /// - Parameter progress: Told how many of how many days are done.
    /// - Returns: How many days were computed, each kind of fact for itself.
    @discardableResult
    public func refreshCells(
        _ scope: RefreshScope = .all, now: Date,
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws -> Int {
        var done = 0
        if scope == .work || scope == .all { try await pool.transaction { try await markDaysOfTouched(on: $0) } }
        for fact in scope.facts {
            done += try await pool.transaction { connection in
                try await refresh(fact, now: now, closedBefore: now.lastFullHour, on: connection, progress: progress)
            }
        }
        if scope == .answers || scope == .all { try await refreshNames(now: now) }
        return done
    }

    /// Computes every cell anew from the facts.
    ///
    /// - Returns: How many days were computed, each kind of fact for itself.
    @discardableResult
    public func rebuildCells(
        now: Date, progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws -> Int {
        try await pool.transaction { connection in
            try await lockAllCells(on: connection)
            try await emptyCells(on: connection)
        }
        return try await refreshCells(now: now, progress: progress)
    }

    /// Turns a change of names into a change of all figures.
    private func refreshNames(now: Date) async throws {
        try await pool.query(
            """
            with taken as (
                delete from stale_day where fact = 'names' returning day
            ), counted as (
                update cell_refresh set number = number + 1, at = $1 where exists (select from taken) returning number
            )
            insert into figure_change (number) select number from counted
            """, now)
    }
}

private func refresh(
    _ fact: CellFact, now: Date, closedBefore: Date, on connection: isolated PostgresConnection,
    progress: @Sendable (_ done: Int, _ total: Int) -> Void
) async throws -> Int {
    // Without work no transaction is held up by the lock.
    guard try await connection.query(hasStaleDays, fact.rawValue, closedBefore).decodeOnly(Bool.self) else { return 0 }
    try await connection.query(cellLock, fact.rawValue)
    let stale = try await connection.query(takeStaleDays, fact.rawValue, closedBefore).decode(CalendarDay.self)
    guard !stale.isEmpty else { return 0 }
    try await connection.query("set local plan_cache_mode = force_custom_plan")
    try await connection.execute(script: workTables)
    let ranges = DayRange.joining(stale)
    let total = ranges.reduce(0) { $0 + $1.days }
    let isWide = total > widestNoted
    var done = 0
    for days in try await dayRanges(ranges, on: connection) {
        if done > 0 { try await connection.execute(script: workTables) }
        try await connection.pipeline(fact.compute(days, closedBefore: closedBefore))
        for table in fact.tables {
            try await connection.query(
                "select replace_cells($1::text::name, $2, $3, $4)", table, days.first, days.last, fact.wholes)
        }
        if !isWide {
            try await connection.query("insert into noted_cell select distinct cut, value, day from changed_cell")
        }
        done += Int(days.last.dayNumber - days.first.dayNumber) + 1
        progress(done, total)
    }
    let number = try await connection.query(
        "update cell_refresh set number = number + 1, at = $1 returning number", now
    )
    .decodeOnly(Int64.self)
    try await connection.query(isWide ? noteAllChanged : noteChanges, number)
    return stale.count
}

/// Changes of more days than this are noted as a change of everything.
private let widestNoted = 40

/// Held by whoever writes the cells of a kind of fact ($1).
private let cellLock: StaticString = "select pg_advisory_xact_lock(4720092, hashtext($1))"

/// Keeps every refresh out until the transaction ends.
func lockAllCells(on connection: isolated PostgresConnection) async throws {
    for fact in CellFact.allCases { try await connection.query(cellLock, fact.rawValue) }
}

extension Date {
    /// The moment up to which repeat windows are judged: seldom enough that windows closing all day make little work.
    var lastFullHour: Date { Date(timeIntervalSince1970: (timeIntervalSince1970 / 3600).rounded(.down) * 3600) }
}

private let hasStaleDays: StaticString = """
    select exists (select from stale_day where fact = $1::text::fact)
        or ($1 = 'contacts'
            and exists (select from contact_cell where cut = 'all' and next_close is not null and next_close < $2))
    """

private let takeStaleDays: StaticString = """
    with taken as (
        delete from stale_day where fact = $1::text::fact returning day
    )
    select distinct day
    from (
        select day from taken
        union all
        select day from contact_cell
        where $1 = 'contacts' and cut = 'all' and next_close is not null and next_close < $2
    ) stale
    """

private let noteChanges: StaticString = """
    insert into figure_change (number, cut, value, day) select distinct $1::bigint, cut, value, day from noted_cell
    """

private let noteAllChanged: StaticString = "insert into figure_change (number) values ($1)"

extension ClosedRange<CalendarDay> {
    /// How many days the range has.
    public var days: Int { Int(upperBound.dayNumber - lowerBound.dayNumber) + 1 }
}
