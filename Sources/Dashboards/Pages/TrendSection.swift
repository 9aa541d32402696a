import Postgres
import Statistics

/// One measure in full: a sentence, the weekly trend with limits and marks, what they say, and the table behind it.
struct TrendSection {
    let section: PageSection

    /// Creates the section.
    ///
    /// - Parameter isWide: Whether it takes the whole width of the page.
    init(_ series: MeasureSeries, rule: SufficiencyRule, isWide: Bool = false) {
        let (kind, words, drawing) = (series.kind, series.kind.words, series.trend.drawing)
        let hasData = series.n > 0 || series.points.contains { $0.n > 0 }
        var drawings: [any Drawing] = []
        if let chart = drawing.chart {
            drawings.append(
                FigureBlock(title: drawing.title, unit: words.unit, drawing: chart.shading(series.shaded)))
        } else {
            drawings.append(
                Paragraph(
                    hasData
                        ? "No week has the \(rule.shownFrom) \(words.counted.many) a point needs." : words.whenEmpty,
                    style: "empty"))
        }
        for note in drawing.notes { drawings.append(Paragraph(note, style: "note")) }
        drawings.append(
            Paragraph([words.definition, series.note].compactMap { $0 }.joined(separator: " "), style: "note"))
        if hasData {
            drawings.append(
                FigureTable(
                    label: "\(words.name): table", heading: "Week of",
                    columns: ["Value", "Lower", "Upper", "n", words.numerator, words.denominator],
                    drawnRows: drawing.rows,
                    total: FigureTable.Row(
                        LinkedName("The period"), texts: kind.cells(series.total, n: series.n, rule)),
                    isFolded: true))
        }
        section = PageSection(
            id: kind.id, words.name, lead: Self.lead(series, rule: rule), drawings, isWide: isWide)
    }

    private static func lead(_ series: MeasureSeries, rule: SufficiencyRule) -> String {
        let (kind, words) = (series.kind, series.kind.words)
        guard series.n > 0 else { return "No data in this period." }
        guard let total = series.total, kind.isShown(total, rule) else {
            return "Not enough data: \(words.count(series.n)), \(rule.shownFrom) needed."
        }
        return
            "\(kind.text(total.point)) (95\(Figures.thinSpace)% interval \(kind.interval(total)), \(words.count(total.n)))"
    }
}

extension MeasureKind {
    /// Whether a figure has enough behind it to be shown.
    func isShown(_ estimate: Estimate?, _ rule: SufficiencyRule) -> Bool {
        estimate.map { sufficiency(of: $0.n, rule) != .withheld } ?? false
    }

    /// Whether customers were asked for it, so that what was asked matters.
    var isAsked: Bool {
        switch self {
        case .nps, .csat, .csatTopBox, .csatMean, .ces, .netEasy, .fcrStated, .responseRate, .completion: true
        default: false
        }
    }

    /// A figure as a table shows it: value, lower, upper, n, numerator, denominator.
    func cells(_ sample: Sample, _ rule: SufficiencyRule) -> [String] { cells(sample.estimate, n: sample.n, rule) }

    /// A figure as a table shows it; some need more observations for an interval than there are (`n`).
    func cells(_ estimate: Estimate?, n: Int? = nil, _ rule: SufficiencyRule) -> [String] {
        guard let estimate, isShown(estimate, rule) else {
            // The parts of a withheld figure would give it away.
            let n = n ?? estimate?.n ?? 0
            let isFew = sufficiency(of: n, rule) == .withheld
            return [n == 0 ? "no data" : isFew ? "withheld" : "too few", "", "", Figures.whole(n), "", ""]
        }
        return [
            text(estimate.point), text(estimate.lower), text(estimate.upper), Figures.whole(estimate.n),
            estimate.numerator.map(Figures.whole) ?? "", estimate.denominator.map(Figures.whole) ?? "",
        ]
    }
}
