import Postgres

/// Remembers the latest series of a snapshot: pages of periods that end on the same day show the same weeks.
actor SeriesMemory {
    private var days: ClosedRange<CalendarDay>?
    private var known: [FigureQuery: [MeasureRow]] = [:]

    /// The rows of a series that was read before.
    func rows(of query: FigureQuery) -> [MeasureRow]? { known[query] }

    /// Keeps a series' rows until one of other days is read; what is not cut, or is of some values only, is not kept.
    func remember(_ rows: [MeasureRow], of query: FigureQuery) {
        guard query.cut != .whole, query.values == nil else { return }
        if days != query.days { known = [:] }
        days = query.days
        known[query] = rows
    }
}
