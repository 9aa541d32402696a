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
    private let values: [(value: ComparedValue, weeks: [CalendarDay: MeasureCounts])]
    private let words: ComparedWords
    private let context: PageContext
    /// How many values the page has.
    private let all: Int

    /// One value's weeks of a measure.
    private struct Course {
        let value: ComparedValue
        let weeks: [MeasurePoint]
    }

    init(
        _ values: [ComparedValue], weeks rows: [MeasureRow], most: Int, words: ComparedWords, in context: PageContext
    ) {
        var weeks: [Int32: [CalendarDay: MeasureCounts]] = [:]
        for row in rows { weeks[row.value, default: [:]][max(row.start, context.trendDays.lowerBound)] = row.counts }
        let recorded = values.filter(\.isRecorded)
        self.values = recorded.prefix(most).map { ($0, weeks[$0.id] ?? [:]) }
        all = recorded.count
        self.words = words
        self.context = context
    }

    private func courses(_ kind: MeasureKind, most: Int, last: Int? = nil) -> [Course] {
        let starts = PeriodCut.week.starts(in: context.trendDays)
        return values.prefix(most).map { value, weeks in
            Course(
                value: value,
                weeks: starts.suffix(last ?? starts.count).map { start in
                    let sample = (weeks[start] ?? MeasureCounts()).sample(kind, days: 7)
                    return MeasurePoint(
                        start: start, estimate: sample.estimate, n: sample.n,
                        isFinished: kind.isFinished(weekOf: start, in: context))
                })
        }
    }

    // MARK: Small trends

    /// A measure's trends side by side; nil when no week has enough.
    func section(_ kind: MeasureKind) -> PageSection? {
        let rule = context.rule
        let courses = courses(kind, most: Self.panels).filter { course in
            course.weeks.contains { kind.isShown($0.estimate, rule) }
        }
        guard let weeks = courses.first?.weeks, let first = weeks.first, let last = weeks.last else { return nil }
        let points = courses.map { $0.weeks.map { $0.drawn(as: kind, rule) } }
        let (name, counted) = (kind.words.name, kind.words.counted.many)
        let multiples = SmallMultiples(
            label: "\(name) by week, one drawing a \(words.one)",
            axis: kind.axis(fitting: points.joined().compactMap { $0 }.flatMap { [$0.lower, $0.upper] }),
            tickLabel: kind.tickLabel, ends: (first.start.short, last.start.short),
            panels: zip(courses, points).map { course, points in
                SmallMultiples.Panel(course.value.link, description: description(kind, course.weeks), points: points)
            })
        let left = all - courses.count
        let shown =
            left == 0 ? "All \(words.many)" : "The \(courses.count) \(words.many) with the most interactions"
        let rest = left == 0 ? "" : " \(Figures.whole(left)) \(left == 1 ? "is" : "are") not drawn."
        return PageSection(
            id: "\(kind.id)-weeks", "\(name) by week",
            lead: "\(shown), on one scale, with 95\(Figures.thinSpace)% intervals.\(rest)",
            [multiples, table(kind, courses)],
            notes: ["Hollow: not finished. Grey: fewer than \(rule.fullFrom) \(counted). Gap: too few to show."])
    }

    private func description(_ kind: MeasureKind, _ weeks: [MeasurePoint]) -> String {
        let last = weeks.last { $0.isFinished && kind.isShown($0.estimate, context.rule) }
        guard let last, let estimate = last.estimate else { return "No finished week has enough data." }
        return
            "\(kind.text(estimate.point)) (\(kind.interval(estimate))), \(kind.words.count(estimate.n)) in the week of "
            + "\(last.start.long), the last that is finished."
    }

    private func table(_ kind: MeasureKind, _ courses: [Course]) -> FigureTable {
        let weeks = courses.first?.weeks ?? []
        return FigureTable(
            label: "\(kind.words.name) by week: table", heading: "Week of", columns: courses.map(\.value.name),
            rows: weeks.indices.map { index in
                FigureTable.Row(
                    LinkedName(weeks[index].start.long), mark: weeks[index].isFinished ? nil : "unfinished",
                    cells: courses.map {
                        .drawing(
                            MeasuredCell(
                                kind, $0.weeks[index].estimate, n: $0.weeks[index].n, rule: context.rule))
                    })
            }, isFolded: true)
    }

    // MARK: Shaded table

    /// A measure by value and week, shaded by how far it lies from the period's value of all; nil without such a value.
    func heat(_ kind: MeasureKind, comparedWith total: MeasureCounts) -> PageSection? {
        guard let reference = total.estimate(kind, days: 1), kind.isShown(reference, context.rule) else { return nil }
        let courses = courses(kind, most: values.count, last: Self.heatWeeks)
        guard let weeks = courses.first?.weeks else { return nil }
        let (name, counted) = (kind.words.name, kind.words.counted.many)
        let table = HeatTable(
            label: "\(name) by \(words.one) and week: table", heading: words.heading, columns: weeks.map(\.start.short),
            rows: courses.map { course in
                HeatTable.Row(
                    header: course.value.link, cells: course.weeks.map { cell(kind, $0.estimate, reference.point) })
            },
            comparison:
                "Compared with \(kind.text(reference.point)), the period’s \(name) of all, in steps of 5 percentage points."
        )
        let most = courses.count < all ? ", the \(courses.count) \(words.many) with the most interactions" : ""
        return PageSection(
            id: "\(kind.id)-heat", "\(name) by \(words.one) and week", lead: "The last \(weeks.count) weeks\(most).",
            [table],
            notes: [
                "Not shaded: fewer than \(context.rule.fullFrom) \(counted). One cell alone often differs by chance; look for whole "
                    + "rows and columns."
            ])
    }

    private func cell(_ kind: MeasureKind, _ estimate: Estimate?, _ reference: Double) -> HeatTable.Cell {
        guard let estimate else { return .empty }
        let count = kind.words.count(estimate.n)
        switch kind.sufficiency(of: estimate.n, context.rule) {
        case .withheld: return .withheld(count: count)
        case .provisional: return .few(kind.text(estimate.point), count: count)
        case .full:
            let step = HeatStep(estimate.point - reference, width: 0.05, higherIsBetter: kind.better == .higher)
            return .value(kind.text(estimate.point), count: count, step: step)
        }
    }
}
