import Postgres

/// Which figures have changed since a refresh.
public struct FigureChanges: Sendable {
    /// Whether anything may have changed, such as a name, or more days than are noted one by one.
    public var isEverything = false
    /// The first and last changed day of each single team, portfolio and agent, and of everything.
    public var days: [FigureScope: ClosedRange<CalendarDay>] = [:]

    /// The first and last changed day of a scope.
    public func days(of scope: FigureScope) -> ClosedRange<CalendarDay>? {
        scope.singles.compactMap { days[$0] }.hull
    }

    /// The first and last changed day of anything.
    public var allDays: ClosedRange<CalendarDay>? {
        days.values.hull
    }

    /// Creates changes of nothing.
    public init() {}
}

extension Collection<ClosedRange<CalendarDay>> {
    /// From the first to the last day of all; nil when there are none.
    fileprivate var hull: ClosedRange<CalendarDay>? {
        guard let first = map(\.lowerBound).min(), let last = map(\.upperBound).max() else { return nil }
        return first...last
    }
}

extension FigureSnapshot {
    /// Reads what has changed after a refresh; everything if that is too long ago to know.
    public func changes(after number: Int64) async throws -> FigureChanges {
        try await memory.changes(after: number) { try await readChanges(after: number) }
    }

    private func readChanges(after number: Int64) async throws -> FigureChanges {
        var changes = FigureChanges()
        let (oldest, newest) = try await connection.query(
            "select (select min(number) from figure_change), (select number from cell_refresh)"
        ).decodeOnly(Int64?.self, Int64.self)
        guard number < newest else {
            changes.isEverything = number > newest
            return changes
        }
        guard let oldest, oldest <= number + 1 else {
            changes.isEverything = true
            return changes
        }
        let rows = try await connection.query(
            """
            select cut::text, value, min(day), max(day) from figure_change
            where number > $1
            group by cut, value
            """, number
        ).decode(String?.self, Int32?.self, CalendarDay?.self, CalendarDay?.self)
        for (cut, value, first, last) in rows {
            guard let cut, let value, let first, let last else {
                changes.isEverything = true
                continue
            }
            let scope: FigureScope =
                switch cut {
                case "team": .team(value)
                case "portfolio": .portfolio(value)
                case "agent": .agent(value)
                default: .everything
                }
            changes.days[scope] = first...last
        }
        return changes
    }
}

extension Store {
    /// Forgets notes of changes that every site has long taken up.
    public func forgetFigureChanges(keeping refreshes: Int = 100_000) async throws {
        try await pool.query(
            "delete from figure_change where number < (select number from cell_refresh) - $1", Int64(refreshes))
    }
}
