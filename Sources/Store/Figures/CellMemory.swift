import Postgres

/// Sums of cells that are read together.
struct CellReading: Hashable {
    let cut: CellCut
    let days: ClosedRange<CalendarDay>
    /// The first days of the stretches, in their order.
    let starts: [CalendarDay]
    let parts: CountParts
}

/// Remembers what a snapshot has read. Periods overlap, and pages share weeks: so the days between all beginnings and ends of
/// periods are summed once, and each period from these. Weeks are cut where periods begin and end too, and serve both.
actor CellMemory {
    private var periods = SharedStretches([])
    private var weeks = SharedStretches([])
    private var known: [CellReading: Task<[MeasureRow], any Error>] = [:]
    /// What is known, oldest first, with its number of rows.
    private var kept: [(reading: CellReading, rows: Int)] = []
    private var count = 0
    private var changes: [Int64: FigureChanges] = [:]

    /// More rows than this are not kept besides the newest: some 100 MB. The periods of a thousand agents have about as many.
    private static let most = 50_000

    /// Takes what is going to be asked for: periods, and days cut into weeks.
    func announce(_ periods: [ClosedRange<CalendarDay>], trends: [ClosedRange<CalendarDay>]) {
        self.periods = SharedStretches(periods)
        weeks = SharedStretches(periods + trends.flatMap(\.weeks))
    }

    /// What to read of a cut so that the query's stretches, and others that were announced, are sums of its rows; nil when they
    /// were not announced.
    func reading(_ query: FigureQuery, of cut: CellCut) -> CellReading? {
        switch query.cut {
        case .whole:
            let weekly = weeks.reading(query, of: cut)
            return weekly.flatMap { known[$0] == nil ? nil : $0 } ?? periods.reading(query, of: cut)
        case .week: return weeks.reading(query, of: cut)
        case .day, .month, .quarter: return nil
        }
    }

    /// The rows of a reading, which is done once: who asks for it meanwhile waits for the same.
    func rows(
        of reading: CellReading, read: @escaping @Sendable () async throws -> [MeasureRow]
    ) async throws -> [MeasureRow] {
        if let known = known[reading] { return try await known.value }
        let task = Task { try await read() }
        known[reading] = task
        do {
            let rows = try await withTaskCancellationHandler {
                try await task.value
            } onCancel: {
                task.cancel()
            }
            keep(reading, rows: rows.count)
            return rows
        } catch {
            known[reading] = nil
            throw error
        }
    }

    /// What has changed since a refresh, which many parts of a site have in common.
    func changes(
        after number: Int64, read: @Sendable () async throws -> FigureChanges
    ) async throws -> FigureChanges {
        if let known = changes[number] { return known }
        let read = try await read()
        changes[number] = read
        return read
    }

    /// Makes room by forgetting the oldest.
    private func keep(_ reading: CellReading, rows: Int) {
        kept.append((reading, rows))
        count += rows
        while count > Self.most, kept.count > 1 {
            let oldest = kept.removeFirst()
            known[oldest.reading] = nil
            count -= oldest.rows
        }
    }
}

extension ClosedRange<CalendarDay> {
    /// The days week by week; the first and the last week may be cut short.
    fileprivate var weeks: [ClosedRange<CalendarDay>] {
        PeriodCut.week.starts(in: self).map { ($0...$0.adding(days: 6)).clamped(to: self) }
    }
}

/// The days between all beginnings and ends of some ranges.
private struct SharedStretches {
    private let days: ClosedRange<CalendarDay>?
    private let starts: [CalendarDay]
    private let bounds: Set<CalendarDay>

    init(_ ranges: [ClosedRange<CalendarDay>]) {
        bounds = Set(ranges.flatMap { [$0.lowerBound, $0.upperBound.adding(days: 1)] })
        let sorted = bounds.sorted()
        starts = sorted.dropLast()
        days = if let first = sorted.first, let end = sorted.last { first...end.adding(days: -1) } else { nil }
    }

    func reading(_ query: FigureQuery, of cut: CellCut) -> CellReading? {
        let wanted = query.cut.starts(in: query.days).dropFirst() + [query.days.upperBound.adding(days: 1)]
        guard let days, bounds.contains(query.days.lowerBound), wanted.allSatisfy(bounds.contains) else { return nil }
        return CellReading(cut: cut, days: days, starts: starts, parts: query.parts)
    }
}

extension [MeasureRow] {
    /// The sums of a query's stretches, each of which is made of some of the rows'.
    func sums(of query: FigureQuery) -> [MeasureRow] {
        let starts = query.cut.starts(in: query.days)
        var sums: [CellPlace: MeasureCounts] = [:]
        for row in self where query.days.contains(row.start) {
            let place = CellPlace(
                start: starts.last { $0 <= row.start } ?? row.start, within: row.within, value: row.value)
            sums[place, default: MeasureCounts()].add(row.counts)
        }
        return sums.rows
    }
}
