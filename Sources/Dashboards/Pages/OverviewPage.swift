import Postgres
import Statistics
import Store

/// The first page: what changed and what needs a look, then tiles, trends, and how answers and handle times are spread.
struct OverviewPage {
    let page: DashboardPage

    /// Reads the figures of the context's scope and period.
    static func read(_ context: PageContext, from figures: FigureSnapshot) async throws -> OverviewPage {
        OverviewPage(try await SeriesCounts.read(context, from: figures), in: context)
    }

    /// Creates the page from counts.
    init(_ counts: SeriesCounts, in context: PageContext) {
        let instruments = counts.total.instruments
        let series = MeasureKind.headline(instruments: instruments).map { MeasureSeries($0, counts, in: context) }
        page = DashboardPage(
            page: .overview, title: "Overview", summary: OverviewSummary.sentences(series, in: context),
            tiles: series.map { MeasureTile($0, comparison: context.period.previousName, rule: context.rule) },
            sections: series.map { TrendSection($0, surveys: context.surveys, rule: context.rule).section }
                + DetailSections(counts, instruments: instruments, in: context).sections,
            figures: Self.figures(counts, instruments: instruments, in: context))
    }

    /// Every measure of the period and of the one before, and the tiles' measures by week.
    static func figures(
        _ counts: SeriesCounts, instruments: [CESInstrument], in context: PageContext
    ) -> [Figure] {
        func report(_ days: ClosedRange<CalendarDay>, _ cut: PeriodCut, _ rows: [(CalendarDay, MeasureCounts)])
            -> FigureReport
        {
            FigureReport(
                query: FigureQuery(context.scope, days, cut: cut),
                rows: rows.map { MeasureRow(start: $0.0, within: 0, value: 0, counts: $0.1) }, names: [:])
        }
        let (now, before) = (context.period.days, context.period.previous)
        return report(now, .whole, [(now.lowerBound, counts.total)]).figures(
            MeasureKind.all(instruments: instruments), rule: context.rule)
            + report(before, .whole, [(before.lowerBound, counts.previous)])

            .figures(MeasureKind.all(instruments: instruments), rule: context.rule)
            + report(context.trendDays, .week, counts.weeks.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
            .figures(MeasureKind.headline(instruments: instruments), rule: context.rule)
    }
}

/// What a page says first: what changed, what stands out, and what is missing.
enum OverviewSummary {
    static func sentences(_ series: [MeasureSeries], in context: PageContext) -> [String] {
        guard series.contains(where: { $0.total != nil }) else {
            return [
                "There is no data in this period yet. Figures appear after interactions are imported and customers answer."
            ]
        }
        let rule = context.rule
        var sentences = series.compactMap { ChangeWords.sentence($0, rule: rule) }
        if sentences.isEmpty {
            sentences.append("No detectable change from \(context.period.previousName) in any measure.")
        }
        let signalled = series.filter { !($0.control?.signals.isEmpty ?? true) }.map(\.kind.words.name)
        if !signalled.isEmpty {
            sentences.append("Beyond what chance makes of the weekly trend: \(signalled.joined(separator: ", ")).")
        }
        let missing = series.compactMap { one -> String? in
            let n = one.total?.n ?? 0
            guard one.kind.sufficiency(of: n, rule) == .withheld else { return nil }
            return n == 0
                ? "\(one.kind.words.name) (no data)"
                : "\(one.kind.words.name) (\(one.kind.words.count(n)), \(rule.shownFrom) needed)"
        }
        if !missing.isEmpty { sentences.append("Too little to show: \(missing.joined(separator: ", ")).") }
        let few = series.filter { $0.kind.sufficiency(of: $0.total?.n ?? 0, rule) == .provisional }.map(
            \.kind.words.name)
        if !few.isEmpty { sentences.append("Few answers, so read with care: \(few.joined(separator: ", ")).") }
        return sentences
    }
}
