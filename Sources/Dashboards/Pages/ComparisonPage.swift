import Postgres
import Statistics
import Store

/// Teams, topics, portfolios or channels side by side: what differs for real, what changed, every figure, and the weeks.
struct ComparisonPage {
    let page: DashboardPage

    /// The counts a comparison is made from.
    struct Counts {
        /// The scope's own counts of the period.
        let total: MeasureCounts
        /// The values' counts of the period and of the one before.
        let rows: [MeasureRow]
        let previous: [MeasureRow]
        /// The weeks of the values with the most interactions.
        let weeks: [MeasureRow]
        let names: [Int32: String]
    }

    /// Reads the figures of the context's scope and period.
    static func read(
        _ compared: ComparedDimension, _ context: PageContext, from figures: FigureSnapshot
    ) async throws -> DashboardPage {
        func rows(
            _ dimension: MeasureDimension, _ days: ClosedRange<CalendarDay>, _ cut: PeriodCut = .whole,
            of values: [Int32]? = nil
        ) async throws -> [MeasureRow] {
            try await figures.measureCounts(
                FigureQuery(context.scope, by: dimension, days, cut: cut, values: values, parts: .plain))
        }
        let now = try await rows(compared.dimension, context.period.days)
        let largest = values(now, []) { "\($0)" }.filter(\.isRecorded).prefix(compared.weekly).map(\.id)
        let counts = Counts(
            total: try await rows(.all, context.period.days).first?.counts ?? MeasureCounts(), rows: now,
            previous: try await rows(compared.dimension, context.period.previous),
            weeks: largest.isEmpty ? [] : try await rows(compared.dimension, context.trendDays, .week, of: largest),
            names: try await figures.names(of: compared.dimension))
        return ComparisonPage(counts, by: compared, in: context).page
    }

    /// Creates the page from counts.
    init(_ counts: Counts, by compared: ComparedDimension, in context: PageContext) {
        let (words, rule) = (compared.words, context.rule)
        let values = Self.values(counts.rows, counts.previous) { compared.name($0, in: counts.names) }
        let isComparison = values.count(where: \.isRecorded) > 1
        let shares = [MeasureKind.csat, .fcrObserved].map { ShareComparison($0, values, words: words, rule: rule) }
        let changes = ComparedChanges(values, words: words, in: context)
        let trends = ValueTrends(values, weeks: counts.weeks, most: compared.weekly, words: words, in: context)
        let columns = MeasureColumns(kinds: MeasureKind.headline(instruments: counts.total.instruments), rule: rule)
        var summary: [String]
        if values.isEmpty {
            summary = [
                "There is no data by \(words.one) in this period yet. Figures appear after interactions are imported and customers answer."
            ]
        } else if isComparison {
            let verdicts = [shares[0].verdict, .nps(values, rule: rule), shares[1].verdict]
            summary = ComparisonVerdict.sentences(verdicts, words: words, rule: rule) + changes.sentences
        } else if values.contains(where: \.isRecorded) {
            summary = ["There is one \(words.one) in this period, so nothing to compare."] + changes.sentences
        } else {
            summary = ["No \(words.one) is recorded for what happened in this period. Import interactions with one."]
        }
        page = DashboardPage(
            page: compared.page, title: words.title, summary: summary,
            sections: values.isEmpty
                ? []
                : [
                    Self.table(values, counts.total, columns, compared, in: context),
                    changes.section,
                    isComparison ? Self.plot(shares[0]) : nil,
                    isComparison ? Self.plot(shares[1]) : nil,
                    trends.section(.csat),
                    compared == .topics ? trends.heat(.csat, comparedWith: counts.total) : nil,
                    trends.section(.aht),
                ].compactMap { $0 },
            figures: Self.figures(counts, columns.kinds, by: compared, in: context)
                + shares.flatMap { $0.figures(context.period.days, by: compared.dimension) })
    }

    /// The values seen in the period, most interactions first and what was not recorded last.
    static func values(
        _ rows: [MeasureRow], _ previous: [MeasureRow], name: (Int32) -> String
    ) -> [ComparedValue] {
        let before = Dictionary(previous.map { ($0.value, $0.counts) }) { first, _ in first }
        return rows.map { row in
            ComparedValue(
                id: row.value, name: name(row.value), address: nil, counts: row.counts,
                previous: before[row.value] ?? MeasureCounts())
        }.filter(\.isSeen).sorted { left, right in
            if left.isRecorded != right.isRecorded { return left.isRecorded }
            let (a, b) = (left.counts.legs.handled, right.counts.legs.handled)
            return a == b ? (left.name, left.id) < (right.name, right.id) : a > b
        }
    }

    // MARK: Sections

    private static func table(
        _ values: [ComparedValue], _ total: MeasureCounts, _ columns: MeasureColumns, _ compared: ComparedDimension,
        in context: PageContext
    ) -> PageSection {
        func row(_ name: LinkedName, _ counts: MeasureCounts) -> FigureTable.Row {
            FigureTable.Row(name, cells: [.text(Figures.whole(counts.legs.handled))] + columns.cells(counts))
        }
        let words = compared.words
        let table = FigureTable(
            label: "\(words.title) side by side: table",
            caption: "Most interactions first.", heading: words.heading, columns: ["Interactions"] + columns.names,
            rows: values.map { row($0.link, $0.counts) }, total: row(LinkedName("All"), total))
        let answers = AnswersLink(compared.page, in: context)
        return PageSection(
            id: "side-by-side", "\(words.title) side by side", lead: compared.caution,
            [table] + [answers].compactMap { $0 }, notes: columns.notes)
    }

    private static func plot(_ share: ShareComparison) -> PageSection? {
        guard let plot = share.plot else { return nil }
        let name = share.kind.words.name
        return PageSection(
            id: "\(share.kind.id)-plot", share.isRanked ? "\(name), compared" : "\(name), not told apart",
            lead: share.sentence, [plot],
            notes: share.isRanked
                ? [
                    "Ranks are ranges: every rank in them fits the data, for all rows together with 95\(Figures.thinSpace)% confidence."
                ]
                : ["Sorted by interactions, since the values give no order."], isWide: false)
    }

    // MARK: Figures

    private static func figures(
        _ counts: Counts, _ kinds: [MeasureKind], by compared: ComparedDimension, in context: PageContext
    ) -> [Figure] {
        func report(
            _ dimension: MeasureDimension, _ days: ClosedRange<CalendarDay>, _ cut: PeriodCut, _ rows: [MeasureRow]
        ) -> FigureReport {
            FigureReport(
                query: FigureQuery(context.scope, by: dimension, days, cut: cut), rows: rows, names: counts.names)
        }
        let (now, before) = (context.period.days, context.period.previous)
        let total = MeasureRow(start: now.lowerBound, counts: counts.total)
        return report(compared.dimension, now, .whole, counts.rows).figures(kinds, rule: context.rule)
            + report(.all, now, .whole, [total]).figures(kinds, rule: context.rule)
            + report(compared.dimension, before, .whole, counts.previous).figures(
                ComparedChanges.kinds, rule: context.rule)
            + report(compared.dimension, context.trendDays, .week, counts.weeks).figures(
                [.csat, .aht], rule: context.rule)
    }
}
