import Postgres
import Statistics

/// One measure in full: a sentence, the weekly trend with limits and marks, what they say, and the table behind it.
struct TrendSection {
    let section: PageSection

    /// Creates the section.
    ///
    /// - Parameter isWide: Whether it takes the whole width of the page.
    init(_ series: MeasureSeries, surveys: [SurveyMark], rule: SufficiencyRule, isWide: Bool = false) {
        let words = series.kind.words
        let hasPoints = series.points.contains { series.kind.isShown($0.estimate, rule) }
        let hasData = series.total != nil || series.points.contains { $0.estimate != nil }
        var drawings: [any Drawing] = []
        if hasPoints {
            drawings.append(Self.chart(series, surveys: surveys, rule: rule))
        } else {
            drawings.append(
                Paragraph(
                    hasData
                        ? "No week has the \(rule.shownFrom) \(words.counted.many) a point needs." : words.whenEmpty,
                    style: "empty"))
        }
        let notes = hasPoints ? Self.notes(series, rule: rule) : []
        for note in notes { drawings.append(Paragraph(note, style: "note")) }
        drawings.append(
            Paragraph([words.definition, series.note].compactMap { $0 }.joined(separator: " "), style: "note"))
        if hasData { drawings.append(Self.table(series, rule: rule)) }
        section = PageSection(
            id: series.kind.id, words.name, lead: Self.lead(series, rule: rule), drawings, isWide: isWide)
    }

    private static func lead(_ series: MeasureSeries, rule: SufficiencyRule) -> String {
        let (kind, words) = (series.kind, series.kind.words)
        guard let total = series.total else { return "No data in this period." }
        guard kind.isShown(total, rule) else {
            return "Not enough data: \(words.count(total.n)), \(rule.shownFrom) needed."
        }
        return
            "\(kind.text(total.point)) (95\(Figures.thinSpace)% interval \(kind.interval(total)), \(words.count(total.n)))"
    }

    private static func chart(_ series: MeasureSeries, surveys: [SurveyMark], rule: SufficiencyRule) -> FigureBlock {
        let (kind, words) = (series.kind, series.kind.words)
        let stretches = series.points.map { (label: $0.start.short, point: point($0, of: kind, rule: rule)) }
        let limits = series.points.indices.map { index -> ControlLimits? in
            guard let control = series.control, index < control.limits.count, let limits = control.limits[index] else {
                return nil
            }
            return ControlLimits(lower: limits.lowerBound, centre: control.centre, upper: limits.upperBound)
        }
        let values = stretches.compactMap(\.point).flatMap { [$0.value, $0.lower, $0.upper] }
        let drawn = values + limits.compactMap { $0 }.flatMap { [$0.lower, $0.upper] }
        let title = "\(words.name) by week, with 95\(Figures.thinSpace)% interval"
        let chart = TrendChart(
            id: kind.id, title: title, description: description(series, rule: rule), heading: "Week of",
            stretches: stretches, axis: kind.axis(fitting: drawn), tickLabel: kind.tickLabel, limits: limits,
            signals: SignalWords.ringed(series), events: kind.isAsked ? events(surveys, in: series.points) : [],
            shaded: series.shaded)
        return FigureBlock(title: title, unit: words.unit, drawing: chart)
    }

    private static func point(_ measured: MeasurePoint, of kind: MeasureKind, rule: SufficiencyRule) -> TrendPoint? {
        guard let estimate = measured.estimate, kind.isShown(estimate, rule) else { return nil }
        let isFew = kind.sufficiency(of: estimate.n, rule) == .provisional
        return TrendPoint(
            tip:
                "\(kind.text(estimate.point)) (\(kind.interval(estimate))), \(kind.words.count(estimate.n)) in the week of "
                + measured.start.long + (measured.isFinished ? "" : ", not finished"),
            value: estimate.point, lower: estimate.lower, upper: estimate.upper,
            kind: measured.isFinished ? (isFew ? .provisional : .full) : .unfinished)
    }

    private static func events(_ surveys: [SurveyMark], in points: [MeasurePoint]) -> [TrendEvent] {
        surveys.compactMap { mark in
            points.lastIndex { $0.start <= mark.day && mark.day <= $0.start.adding(days: 6) }
                .map { TrendEvent(stretch: $0, label: mark.label) }
        }
    }

    private static func description(_ series: MeasureSeries, rule: SufficiencyRule) -> String {
        let kind = series.kind
        let shown = series.points.compactMap { point in
            point.estimate.flatMap {
                point.isFinished && kind.isShown($0, rule) ? (start: point.start, estimate: $0) : nil
            }
        }
        guard let lowest = shown.min(by: { $0.estimate.point < $1.estimate.point }),
            let highest = shown.max(by: { $0.estimate.point < $1.estimate.point }), let last = shown.last
        else { return "No finished week has enough data." }
        return """
            \(shown.count) of \(series.points.count) weeks have a finished value. \
            Lowest \(kind.text(lowest.estimate.point)) in the week of \(lowest.start.long), \
            highest \(kind.text(highest.estimate.point)) in the week of \(highest.start.long), \
            last \(kind.text(last.estimate.point)) (\(kind.interval(last.estimate))) in the week of \(last.start.long). \
            The table below has every week.
            """
    }

    /// Explains only what the chart has.
    private static func notes(_ series: MeasureSeries, rule: SufficiencyRule) -> [String] {
        let (kind, words) = (series.kind, series.kind.words)
        var notes = SignalWords.sentences(series)
        if let control = series.control {
            let mean = kind.text(control.centre)
            let judgement = notes.isEmpty ? " No signal: the weeks differ as chance makes them." : ""
            notes.append(
                "Dashed: \(control.method) from the \(control.baseline.count) finished weeks shown, around \(mean).\(judgement)"
            )
        } else if kind.unit != .minutes {
            notes.append(
                "No limits: these need \(MeasureSeries.leastWeeks) finished weeks with enough \(words.counted.many).")
        }
        if series.points.contains(where: { !$0.isFinished && kind.isShown($0.estimate, rule) }) {
            notes.append("Hollow point: \(words.unfinished ?? "the week is not over"), so it may still move.")
        }
        if series.points.contains(where: { kind.sufficiency(of: $0.estimate?.n ?? 0, rule) == .provisional }) {
            notes.append("Grey point: few \(words.counted.many).")
        }
        if series.points.contains(where: { !kind.isShown($0.estimate, rule) }) {
            notes.append("Gap: no \(words.counted.many), or too few to show.")
        }
        return notes
    }

    private static func table(_ series: MeasureSeries, rule: SufficiencyRule) -> FigureTable {
        let words = series.kind.words
        return FigureTable(
            label: "\(words.name): table", heading: "Week of",
            columns: ["Value", "Lower", "Upper", "n", words.numerator, words.denominator],
            rows: series.points.map { point in
                FigureTable.Row(
                    LinkedName(point.start.long), mark: point.isFinished ? nil : "unfinished",
                    texts: series.kind.cells(point.estimate, rule))
            },
            total: FigureTable.Row(LinkedName("The period"), texts: series.kind.cells(series.total, rule)),
            isFolded: true)
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
    func cells(_ estimate: Estimate?, _ rule: SufficiencyRule) -> [String] {
        guard let estimate, isShown(estimate, rule) else {
            // The parts of a withheld figure would give it away.
            let n = estimate?.n ?? 0
            return [n == 0 ? "no data" : "withheld", "", "", Figures.whole(n), "", ""]
        }
        return [
            text(estimate.point), text(estimate.lower), text(estimate.upper), Figures.whole(estimate.n),
            estimate.numerator.map(Figures.whole) ?? "", estimate.denominator.map(Figures.whole) ?? "",
        ]
    }
}
