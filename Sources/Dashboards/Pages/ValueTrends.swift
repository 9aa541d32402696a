import Postgres
import Statistics
import Store

/// Values of a comparison week by week: small trends on one scale, and a shaded table.
struct ValueTrends {
    /// How many trends are drawn side by side.
    static let panels = 12
    /// How many weeks a shaded table has.
    static let heatWeeks = 13

    /// The values with the most interactions, each with the counts of its weeks.
    let values: [(value: ComparedValue, counts: SeriesCounts)]
    private let words: ComparedWords
    private let context: PageContext
    /// How many values the page has.
    private let all: Int

    init(
        _ values: [ComparedValue], weeks rows: [MeasureRow], most: Int, words: ComparedWords, in context: PageContext
    ) {
        var weeks: [Int32: [CalendarDay: MeasureCounts]] = [:]
        for row in rows { weeks[row.value, default: [:]][max(row.start, context.trendDays.lowerBound)] = row.counts }
        let recorded = values.filter(\.isRecorded)
        self.values = recorded.prefix(most).map { value in
            (
                value,
                SeriesCounts(total: value.counts, previous: value.previous, weeks: weeks[value.id] ?? [:])
            )
        }
        all = recorded.count
        self.words = words
        self.context = context
    }

    // MARK: Small trends

    /// A measure's trends side by side; nil when no week has enough.
    func section(_ kind: MeasureKind) -> PageSection? {
        let rule = context.rule
        let drawn = values.prefix(Self.panels).map {
            (value: $0.value, series: MeasureSeries(kind, $0.counts, in: context))
        }
        .filter { $0.series.points.contains { kind.isShown($0.estimate, rule) } }
        guard let first = drawn.first, let start = first.series.points.first, let end = first.series.points.last else {
            return nil
        }
        let points = drawn.map { one in one.series.points.map { $0.drawn(as: kind, rule) } }
        let reach = points.joined().compactMap { $0 }.flatMap { [$0.lower, $0.upper] }
        let name = kind.words.name
        let multiples = SmallMultiples(
            label: "\(name) by week, one drawing a \(words.one)", axis: kind.axis(fitting: reach),
            tickLabel: kind.tickLabel, ends: (start.start.short, end.start.short),
            panels: zip(drawn, points).map { one, points in
                SmallMultiples.Panel(
                    one.value.link, description: Self.description(one.series, rule: rule), points: points)
            })
        let most =
            drawn.count < all ? "The \(drawn.count) \(words.many) with the most interactions" : "All \(words.many)"
        let left = all - drawn.count
        let rest = left == 0 ? "" : " \(Figures.whole(left)) \(left == 1 ? "is" : "are") not drawn."
        return PageSection(
            id: "\(kind.id)-weeks", "\(name) by week",
            lead: "\(most), on one scale, with 95\(Figures.thinSpace)% intervals.\(rest)",
            [multiples, Self.table(kind, drawn, rule: rule)],
            notes: [
                "Hollow: not finished. Grey: fewer than \(rule.fullFrom) \(kind.words.counted.many). Gap: too few to show."
            ])
    }

    private static func description(_ series: MeasureSeries, rule: SufficiencyRule) -> String {
        let kind = series.kind
        let last = series.points.last { $0.isFinished && kind.isShown($0.estimate, rule) }
        guard let last, let estimate = last.estimate else { return "No finished week has enough data." }
        return
            "\(kind.text(estimate.point)) (\(kind.interval(estimate))), \(kind.words.count(estimate.n)) in the week of "
            + "\(last.start.long), the last that is finished."
    }

    private static func table(
        _ kind: MeasureKind, _ drawn: [(value: ComparedValue, series: MeasureSeries)], rule: SufficiencyRule
    ) -> FigureTable {
        let weeks = drawn.first?.series.points ?? []
        return FigureTable(
            label: "\(kind.words.name) by week: table", heading: "Week of", columns: drawn.map(\.value.name),
            rows: weeks.indices.map { index in
                FigureTable.Row(
                    LinkedName(weeks[index].start.long), mark: weeks[index].isFinished ? nil : "unfinished",
                    cells: drawn.map { one in
                        .drawing(MeasuredCell(kind, one.series.points[index].estimate, rule: rule))
                    })
            }, isFolded: true)
    }

    // MARK: Shaded table

    /// A measure by value and week, shaded by how far it lies from the period's value of all; nil when there is nothing to compare with.
    func heat(_ kind: MeasureKind, comparedWith total: MeasureCounts) -> PageSection? {
        let rule = context.rule
        guard let reference = total.estimate(kind, days: 1), kind.isShown(reference, rule) else { return nil }
        let series = values.map { (value: $0.value, series: MeasureSeries(kind, $0.counts, in: context)) }
        guard let weeks = series.first?.series.points.suffix(Self.heatWeeks), !weeks.isEmpty else { return nil }
        let width = 0.05
        let left = all - series.count
        let name = kind.words.name
        let table = HeatTable(
            label: "\(name) by \(words.one) and week", heading: words.heading, columns: weeks.map(\.start.short),
            rows: series.map { one in
                HeatTable.Row(
                    header: one.value.link,
                    cells: one.series.points.suffix(Self.heatWeeks).map { point in
                        guard let estimate = point.estimate else { return .empty }
                        let count = kind.words.count(estimate.n)
                        switch kind.sufficiency(of: estimate.n, rule) {
                        case .withheld: return .withheld(count: count)
                        case .provisional: return .few(kind.text(estimate.point), count: count)
                        case .full:
                            let step = HeatStep(
                                estimate.point - reference.point, width: width, higherIsBetter: kind.better == .higher)
                            return .value(kind.text(estimate.point), count: count, step: step)
                        }
                    })
            },
            comparison:
                "Compared with \(kind.text(reference.point)), the period’s \(name) of all, in steps of 5 percentage points."
        )
        return PageSection(
            id: "\(kind.id)-heat", "\(name) by \(words.one) and week",
            lead:
                "The last \(weeks.count) weeks\(left > 0 ? ", \(series.count) \(words.many) with the most interactions" : "").",
            [table],
            notes: [
                "Not shaded: fewer than \(rule.fullFrom) \(kind.words.counted.many). One cell alone often differs by chance; look for rows and "
                    + "columns."
            ])
    }
}
