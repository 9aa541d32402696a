import Postgres
import Store

extension PageContext {
    /// The days of the period that have come, at least one.
    var elapsed: ClosedRange<CalendarDay> {
        period.days.lowerBound...max(period.days.lowerBound, min(period.days.upperBound, today))
    }

    /// Whether the period reaches to today; the pages of others are not made anew as time passes.
    var isPresent: Bool { period.days.upperBound >= today }

    /// How many days of the period have come.
    var elapsedDays: Int { elapsed.days }

    /// The period's figures by a dimension; nil where the scope's are not kept by it.
    func report(
        by dimension: MeasureDimension, _ parts: CountParts, from figures: FigureSnapshot
    ) async throws -> FigureReport? {
        guard scope.isKept(by: dimension) else { return nil }
        return try await FigureReport.read(FigureQuery(scope, by: dimension, period.days, parts: parts), from: figures)
    }

    /// Some measures of the period and of the one before, and some by week, for a page's file.
    func figures(_ counts: SeriesCounts, period kinds: [MeasureKind], weeks weekly: [MeasureKind]) -> [Figure] {
        func report(_ days: ClosedRange<CalendarDay>, _ cut: PeriodCut, _ rows: [(CalendarDay, MeasureCounts)])
            -> FigureReport
        {
            FigureReport(
                query: FigureQuery(scope, days, cut: cut), rows: rows.map { MeasureRow(start: $0.0, counts: $0.1) },
                names: [:])
        }
        let (now, before) = (period.days, period.previous)
        let weeks = counts.weeks.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        return report(now, .whole, [(now.lowerBound, counts.total)]).figures(kinds, rule: rule)
            + report(before, .whole, [(before.lowerBound, counts.previous)]).figures(kinds, rule: rule)
            + report(trendDays, .week, weeks).figures(weekly, rule: rule)
    }
}
