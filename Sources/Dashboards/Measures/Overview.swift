import Foundation
import Postgres
import Statistics
import Store

/// The figures of the first page: every measure over a period and stretch by stretch.
public struct Overview: Sendable {
    /// The period, both ends included.
    public let period: ClosedRange<CalendarDay>
    /// The measures in their order.
    public let series: [MeasureSeries]

    /// Reads the figures from the cells.
    ///
    /// - Parameter today: The organisation's day, which is not over yet.
    public static func read(
        _ period: ClosedRange<CalendarDay>, today: CalendarDay, from figures: FigureSnapshot
    ) async throws -> Overview {
        let expiry = try await figures.longestExpiry()
        let cut = TrendCut(fitting: period)
        let total = try await figures.measureCounts(period, cut: .whole, by: .all).first?.counts ?? MeasureCounts()
        let rows = try await figures.measureCounts(period, cut: cut.periodCut, by: .all)
        let counts = Dictionary(uniqueKeysWithValues: rows.map { ($0.start, $0.counts) })
        let starts = cut.starts(in: period)
        let series = MeasureKind.all(instruments: total.instruments).map { kind in
            MeasureSeries(
                kind: kind, cut: cut, total: total.estimate(kind),
                points: starts.map { start in
                    MeasurePoint(
                        start: start, estimate: (counts[start] ?? MeasureCounts()).estimate(kind),
                        isFinished: cut.next(after: start).adding(days: kind.daysUntilFinal(expiry: expiry)) <= today)
                }, note: total.note(on: kind))
        }
        return Overview(period: period, series: series)
    }
}

/// How a trend is cut: into weeks, or into months where weeks would be too many to see.
public enum TrendCut: Sendable {
    case week, month

    /// The cut that keeps a trend readable: weeks for up to two years.
    init(fitting period: ClosedRange<CalendarDay>) {
        let days = period.upperBound.dayNumber - period.lowerBound.dayNumber
        self = days <= 2 * 366 ? .week : .month
    }

    var periodCut: PeriodCut { self == .week ? .week : .month }

    /// The first days of all stretches that the period touches.
    func starts(in period: ClosedRange<CalendarDay>) -> [CalendarDay] {
        var starts = [start(of: period.lowerBound)]
        while let last = starts.last, next(after: last) <= period.upperBound { starts.append(next(after: last)) }
        return starts
    }

    func next(after start: CalendarDay) -> CalendarDay {
        self == .week ? start.adding(days: 7) : self.start(of: start.adding(days: 31))
    }

    /// The first day of the stretch that a day belongs to.
    func start(of day: CalendarDay) -> CalendarDay {
        switch self {
        // Day 0, 2000-01-01, was a Saturday; weeks start on Monday.
        case .week: day.adding(days: -Int(((day.dayNumber + 5) % 7 + 7) % 7))
        case .month: day.adding(days: 1 - day.day)
        }
    }
}

extension MeasureKind {
    /// How many days after a stretch its figures may still change: an open invitation, a repeat window.
    fileprivate func daysUntilFinal(expiry: Int) -> Int {
        switch self {
        case .nps, .csat, .ces, .fcrStated, .aht: 0
        case .fcrObserved(let days): days
        case .responseRate: expiry
        }
    }
}
