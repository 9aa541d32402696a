import Postgres
import Statistics

/// The drawn weeks of a measure: chart, words and table rows, which all pages that show these weeks share.
struct TrendDrawing {
    let title: String
    /// nil where no week has enough to be shown.
    let chart: DrawnTrendChart?
    let notes: [String]
    /// The weeks as rows of a table.
    let rows: [UInt8]

    init(
        _ kind: MeasureKind, _ points: [MeasurePoint], _ control: ControlChart?, surveys: [SurveyMark],
        rule: SufficiencyRule
    ) {
        title = "\(kind.words.name) by week, with 95\(Figures.thinSpace)% interval"
        let weeks = Weeks(kind: kind, points: points, control: control, rule: rule)
        let hasPoints = points.contains { kind.isShown($0.estimate, rule) }
        chart = hasPoints ? weeks.chart(title: title, surveys: surveys).drawn() : nil
        notes = hasPoints ? weeks.notes + weeks.marks(surveys) : []
        rows = FigureTable.drawn(
            points.map { point in
                FigureTable.Row(
                    LinkedName(point.start.long), mark: point.isFinished ? nil : "unfinished",
                    texts: kind.cells(point.estimate, n: point.n, rule))
            })
    }
}

/// Draws and tells the weeks of one measure.
private struct Weeks {
    let kind: MeasureKind
    let points: [MeasurePoint]
    let control: ControlChart?
    let rule: SufficiencyRule

    func chart(title: String, surveys: [SurveyMark]) -> TrendChart {
        let stretches = points.map { (label: $0.start.short, point: $0.drawn(as: kind, rule)) }
        let limits = points.indices.map { index -> ControlLimits? in
            guard let control = control, index < control.limits.count, let limits = control.limits[index] else {
                return nil
            }
            return ControlLimits(lower: limits.lowerBound, centre: control.centre, upper: limits.upperBound)
        }
        let values = stretches.compactMap(\.point).flatMap { [$0.value, $0.lower, $0.upper] }
        let drawn = values + limits.compactMap { $0 }.flatMap { [$0.lower, $0.upper] }
        return TrendChart(
            id: kind.id, title: title, description: description, heading: "Week of",
            stretches: stretches, axis: kind.axis(fitting: drawn), tickLabel: kind.tickLabel, limits: limits,
            signals: SignalWords.ringed(control), events: kind.isAsked ? events(surveys) : [])
    }

    private func events(_ surveys: [SurveyMark]) -> [TrendEvent] {
        surveys.compactMap { mark in
            points.lastIndex { $0.start <= mark.day && mark.day <= $0.start.adding(days: 6) }
                .map { TrendEvent(stretch: $0, label: mark.label) }
        }
    }

    /// Tells which weeks have a mark, for those who do not see it.
    func marks(_ surveys: [SurveyMark]) -> [String] {
        guard kind.isAsked else { return [] }
        return events(surveys).map { event in
            "Dotted: \(event.label) was published in the week of \(points[event.stretch].start.long); what is asked may differ on "
                + "either side."
        }
    }

    private var description: String {
        let shown = points.compactMap { point in
            point.estimate.flatMap {
                point.isFinished && kind.isShown($0, rule) ? (start: point.start, estimate: $0) : nil
            }
        }
        guard let lowest = shown.min(by: { $0.estimate.point < $1.estimate.point }),
            let highest = shown.max(by: { $0.estimate.point < $1.estimate.point }), let last = shown.last
        else { return "No finished week has enough data." }
        return """
            \(shown.count) of \(points.count) weeks have a finished value. \
            Lowest \(kind.text(lowest.estimate.point)) in the week of \(lowest.start.long), \
            highest \(kind.text(highest.estimate.point)) in the week of \(highest.start.long), \
            last \(kind.text(last.estimate.point)) (\(kind.interval(last.estimate))) in the week of \(last.start.long). \
            The table below has every week.
            """
    }

    /// Explains only what the chart has.
    var notes: [String] {
        let words = kind.words
        var notes = SignalWords.sentences(kind, points, control)
        if let control = control {
            let mean = kind.text(control.centre)
            let judgement = notes.isEmpty ? " No signal: the weeks differ as chance makes them." : ""
            notes.append(
                "Dashed: \(control.method) from the \(control.baseline.count) finished weeks shown, around \(mean).\(judgement)"
            )
        } else if kind.unit != .minutes {
            notes.append(
                "No limits: these need \(MeasureTrend.leastWeeks) finished weeks with enough \(words.counted.many).")
        }
        if points.contains(where: { !$0.isFinished && kind.isShown($0.estimate, rule) }) {
            notes.append("Hollow point: \(words.unfinished ?? "the week is not over"), so it may still move.")
        }
        if points.contains(where: { kind.sufficiency(of: $0.estimate?.n ?? 0, rule) == .provisional }) {
            notes.append("Grey point: few \(words.counted.many).")
        }
        if points.contains(where: { !kind.isShown($0.estimate, rule) }) {
            notes.append("Gap: no \(words.counted.many), or too few to show.")
        }
        return notes
    }
}

extension MeasurePoint {
    /// The week as a trend draws it; nil where there is too little to show.
    func drawn(as kind: MeasureKind, _ rule: SufficiencyRule) -> TrendPoint? {
        guard let estimate, kind.isShown(estimate, rule) else { return nil }
        let isFew = kind.sufficiency(of: estimate.n, rule) == .provisional
        return TrendPoint(
            tip:
                "\(kind.text(estimate.point)) (\(kind.interval(estimate))), \(kind.words.count(estimate.n)) in the week of "
                + start.long + (isFinished ? "" : ", not finished"),
            value: estimate.point, lower: estimate.lower, upper: estimate.upper,
            kind: isFinished ? (isFew ? .provisional : .full) : .unfinished)
    }
}
