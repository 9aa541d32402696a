import Statistics

/// One measure in full: a sentence, the trend, and the table behind it.
struct TrendSection {
    let id: String
    let name: String
    let definition: String
    let summary: String
    let trend: Trend?
    let whenEmpty: String?
    let table: DataTable?

    /// A drawn chart and the words around it.
    struct Trend {
        let chartTitle: String
        let unit: String
        let chart: String
        let notes: [String]
    }

    init(_ series: MeasureSeries, axis: ValueAxis, rule: SufficiencyRule) {
        let words = series.kind.words
        id = series.kind.id
        name = words.name
        definition = [words.definition, series.note].compactMap { $0 }.joined(separator: " ")
        summary = Self.summary(series, rule: rule)
        let hasPoints = series.points.contains { rule.sufficiency(of: $0.estimate?.n ?? 0) != .withheld }
        let hasData = series.total != nil || series.points.contains { $0.estimate != nil }
        trend = hasPoints ? Self.trend(series, axis: axis, rule: rule) : nil
        whenEmpty =
            hasPoints
            ? nil
            : hasData
                ? "No \(series.cut.noun) has the \(rule.shownFrom) \(words.counted.many) a point needs."
                : words.whenEmpty
        table = hasData ? DataTable(series, rule: rule) : nil
    }

    private static func summary(_ series: MeasureSeries, rule: SufficiencyRule) -> String {
        let (kind, words) = (series.kind, series.kind.words)
        guard let total = series.total else { return "No data in this period." }
        guard rule.sufficiency(of: total.n) != .withheld else {
            return "Not enough data: \(words.count(total.n)), \(rule.shownFrom) needed."
        }
        return
            "\(kind.text(total.point)) (95\(Figures.thinSpace)% interval \(kind.interval(total)), \(words.count(total.n)))"
    }

    private static func trend(_ series: MeasureSeries, axis: ValueAxis, rule: SufficiencyRule) -> Trend {
        let (kind, words) = (series.kind, series.kind.words)
        let stretches = series.points.map { measured in
            (label: series.cut.label(measured.start), point: point(measured, of: series, rule: rule))
        }
        let title = "\(words.name) by \(series.cut.noun), with 95\(Figures.thinSpace)% interval"
        let chart = TrendChart(
            id: kind.id, title: title, description: description(series, rule: rule), heading: series.cut.heading,
            stretches: stretches, axis: axis,
            tickLabel: kind.tickLabel)
        return Trend(
            chartTitle: title, unit: words.unit, chart: chart.svg, notes: notes(series, points: stretches.map(\.point)))
    }

    private static func point(
        _ measured: MeasurePoint, of series: MeasureSeries, rule: SufficiencyRule
    ) -> TrendPoint? {
        let kind = series.kind
        guard let estimate = measured.estimate else { return nil }
        let pointKind: TrendPoint.Kind
        switch rule.sufficiency(of: estimate.n) {
        case .withheld: return nil
        case .provisional: pointKind = measured.isFinished ? .provisional : .unfinished
        case .full: pointKind = measured.isFinished ? .full : .unfinished
        }
        return TrendPoint(
            tip: "\(kind.text(estimate.point)) (\(kind.interval(estimate))), \(kind.words.count(estimate.n)) in "
                + series.cut.phrase(measured.start) + (measured.isFinished ? "" : ", not finished"),
            value: estimate.point, lower: estimate.lower, upper: estimate.upper, kind: pointKind)
    }

    private static func description(_ series: MeasureSeries, rule: SufficiencyRule) -> String {
        let kind = series.kind
        let shown = series.points.compactMap { point in
            point.estimate.flatMap {
                point.isFinished && rule.sufficiency(of: $0.n) != .withheld ? (start: point.start, estimate: $0) : nil
            }
        }
        guard let lowest = shown.min(by: { $0.estimate.point < $1.estimate.point }),
            let highest = shown.max(by: { $0.estimate.point < $1.estimate.point }), let last = shown.last
        else { return "No finished \(series.cut.noun) has enough data." }
        return """
            \(shown.count) of \(series.points.count) \(series.cut.noun)s have a finished value. \
            Lowest \(kind.text(lowest.estimate.point)) in \(series.cut.phrase(lowest.start)), \
            highest \(kind.text(highest.estimate.point)) in \(series.cut.phrase(highest.start)), \
            last \(kind.text(last.estimate.point)) (\(kind.interval(last.estimate))) in \(series.cut.phrase(last.start)). \
            The table below has every \(series.cut.noun).
            """
    }

    /// Explains only the marks that the chart has.
    private static func notes(_ series: MeasureSeries, points: [TrendPoint?]) -> [String] {
        var notes: [String] = []
        if points.contains(where: { $0?.kind == .unfinished }) {
            let reason = series.kind.words.unfinished ?? "the \(series.cut.noun) is not over"
            notes.append("Hollow point: \(reason), so it may still move.")
        }
        if points.contains(where: { $0?.kind == .provisional }) {
            notes.append("Grey point: few \(series.kind.words.counted.many).")
        }
        if points.contains(where: { $0 == nil }) {
            notes.append("Gap: no \(series.kind.words.counted.many), or too few to show.")
        }
        return notes
    }
}
