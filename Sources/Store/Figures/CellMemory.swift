import Postgres

/// Sums of cells that are read together.
struct CellReading: Hashable {
    let cut: CellCut
    var days: ClosedRange<CalendarDay>
    /// The first days of the stretches, in their order.
    var starts: [CalendarDay]
    let hasHistograms: Bool
}

/// Remembers what a snapshot has read. Periods overlap, and pages share weeks: so the days between all beginnings and ends of
/// periods are summed once, and each period from these.
actor CellMemory {
    private var days: ClosedRange<CalendarDay>?
    private var starts: Set<CalendarDay> = []
    private var known: [CellReading: [MeasureRow]] = [:]
    private var count = 0

    /// More rows than this are not kept: some 100 MB.
    private static let most = 50_000

    /// Takes the periods that are going to be asked for.
    func announce(_ periods: [ClosedRange<CalendarDay>]) {
        starts = Set(periods.flatMap { [$0.lowerBound, $0.upperBound.adding(days: 1)] })
        guard let first = starts.min(), let end = starts.max() else { return days = nil }
        days = first...end.adding(days: -1)
    }

    /// All announced days and the stretches they are cut into; nil when the period is not one of those.
    func stretches(of period: ClosedRange<CalendarDay>) -> (ClosedRange<CalendarDay>, [CalendarDay])? {
        guard let days, starts.contains(period.lowerBound), starts.contains(period.upperBound.adding(days: 1)) else {
            return nil
        }
        return (days, starts.filter { $0 <= days.upperBound }.sorted())
    }

    func rows(of reading: CellReading) -> [MeasureRow]? { known[reading] }

    func remember(_ rows: [MeasureRow], of reading: CellReading) {
        if count + rows.count > Self.most { (known, count) = ([:], 0) }
        known[reading] = rows
        count += rows.count
    }
}

extension [MeasureRow] {
    /// The sums of the stretches within a period, by value.
    func sums(of period: ClosedRange<CalendarDay>) -> [MeasureRow] {
        var sums: [MeasureRow.Place: MeasureCounts] = [:]
        for row in self where period.contains(row.start) { sums[row.place, default: MeasureCounts()].add(row.counts) }
        return sums.sorted { $0.key < $1.key }.map { place, counts in
            MeasureRow(start: period.lowerBound, within: place.within, value: place.value, counts: counts)
        }
    }
}

extension MeasureRow {
    fileprivate struct Place: Hashable, Comparable {
        let within: Int32
        let value: Int32

        static func < (left: Place, right: Place) -> Bool {
            (left.within, left.value) < (right.within, right.value)
        }
    }

    fileprivate var place: Place { Place(within: within, value: value) }
}
