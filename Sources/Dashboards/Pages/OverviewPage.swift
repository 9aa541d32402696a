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
            sections: series.map { TrendSection($0, rule: context.rule).section }
                + DetailSections(counts, instruments: instruments, in: context).sections,
            figures: Self.figures(counts, series, instruments: instruments, in: context),
            counts: Distributions.counts(counts.total, context.period.days, rule: context.rule)
                + Self.pending(counts.total, context.period.days))
    }

    /// How many contacts are too young for each way of telling whether they were resolved.
    private static func pending(_ total: MeasureCounts, _ days: ClosedRange<CalendarDay>) -> [PageCount] {
        let windows = zip(WindowCounts.days, total.windows).flatMap { length, window in
            [
                (MeasureKind.fcrWindow(.first, days: length), window.pending),
                (MeasureKind.fcrWindow(.anyTopic, days: length), window.anyTopicPending),
            ]
        }
        return ([(.fcrObserved, total.contacts.pending)] + windows).map { kind, count in
            PageCount("\(kind.id)-pending", days: days, count: count)
        }
    }

    /// Every measure of the period and of the one before, and the tiles' measures by week.
    private static func figures(
        _ counts: SeriesCounts, _ series: [MeasureSeries], instruments: [CESInstrument], in context: PageContext
    ) -> [Figure] {
        let tiles = Set(series.map(\.kind))
        let others = MeasureKind.all(instruments: instruments).filter { !tiles.contains($0) }
        func figures(_ days: ClosedRange<CalendarDay>, _ counts: MeasureCounts) -> [Figure] {
            FigureReport(
                query: FigureQuery(context.scope, days), rows: [MeasureRow(start: days.lowerBound, counts: counts)],
                names: [:]
            ).figures(others, rule: context.rule)
        }
        return series.flatMap { $0.figures(in: context) } + figures(context.period.days, counts.total)
            + figures(context.period.previous, counts.previous)
    }
}

/// What a page says first: what changed, what stands out, and what is missing.
enum OverviewSummary {
    static func sentences(_ series: [MeasureSeries], in context: PageContext) -> [String] {
        guard series.contains(where: { $0.n > 0 }) else {
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
            let n = one.n
            guard one.kind.sufficiency(of: n, rule) == .withheld else { return nil }
            return n == 0
                ? "\(one.kind.words.name) (no data)"
                : "\(one.kind.words.name) (\(one.kind.words.count(n)), \(rule.shownFrom) needed)"
        }
        if !missing.isEmpty { sentences.append("Too little to show: \(missing.joined(separator: ", ")).") }
        let few = series.filter { $0.kind.sufficiency(of: $0.n, rule) == .provisional }.map(
            \.kind.words.name)
        if !few.isEmpty { sentences.append("Few answers, so read with care: \(few.joined(separator: ", ")).") }
        return sentences
    }
}
