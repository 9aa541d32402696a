import Postgres
import Statistics
import Store

/// How answers and handle times are spread, and first contact resolution by every window: what stands behind the headline figures.
struct DetailSections {
    let sections: [PageSection]

    init(_ counts: SeriesCounts, instruments: [CESInstrument], in context: PageContext) {
        let total = counts.total
        let answers =
            [
                Distributions.nps(total, rule: context.rule), Distributions.csat(total, rule: context.rule),
            ] + instruments.map { Distributions.ces($0, total, rule: context.rule) }
        sections =
            [Self.answersLink(in: context)].compactMap(\.self) + answers.compactMap(\.self)
            + [Self.handling(total, in: context), Self.windows(total, in: context)]
            .compactMap { $0 }
    }

    /// The way to the answers themselves.
    private static func answersLink(in context: PageContext) -> PageSection? {
        AnswersLink(.overview, in: context).map { PageSection(id: "answers", "The answers, one by one", [$0]) }
    }

    /// What handle time is made of, as far as it is kept by a dimension; nil where too few were handled.
    static func handling(
        _ counts: MeasureCounts, by dimension: MeasureDimension = .all, in context: PageContext
    ) -> PageSection? {
        guard context.rule.sufficiency(of: counts.legs.handled) != .withheld else { return nil }
        let parts: [(String, HandleStatistic)] = [("Talk", .talk), ("Hold", .hold), ("After-contact work", .wrap)]
        let bar = PartsBar(
            id: "parts",
            parts: parts.compactMap { name, statistic in
                let kind = MeasureKind.handleTime(.leg, statistic)
                return counts.estimate(kind, days: 1).map {
                    PartsBar.Part(name: name, value: $0.point, text: kind.text($0.point))
                }
            })
        let table = FigureTable(
            label: "Handle time: table", heading: "Handle time",
            columns: ["Value", "Lower", "Upper", "n", "Seconds or short", "Handled"],
            rows: MeasureKind.handling.filter { $0.isKept(by: dimension, within: context.scope) }.map { kind in
                FigureTable.Row(
                    LinkedName(kind.words.name), texts: kind.cells(counts.sample(kind, days: 1), context.rule))
            })
        return PageSection(
            id: "handling", "What handle time is made of",
            lead: "Averages per interaction, zeros included; the parts add up to AHT.", [bar, table],
            notes: [
                "Median and 90th percentile come from a histogram; they are within 1.6\(Figures.thinSpace)% of the exact ones."
            ])
    }

    private static func windows(_ counts: MeasureCounts, in context: PageContext) -> PageSection? {
        guard !counts.windows.isEmpty else { return nil }
        let kinds: [(RepeatRule, String)] = [
            (.first, "First contacts, same topic"), (.every, "Every contact, same topic"),
            (.anyTopic, "First contacts, any topic"),
        ]
        func row(_ name: String, _ kind: MeasureKind, pending: Int) -> FigureTable.Row {
            FigureTable.Row(
                LinkedName(name),
                texts: kind.cells(counts.sample(kind, days: 1), context.rule) + [Figures.whole(pending)])
        }
        let own = [
            row("Stated by customers", .fcrStated, pending: 0),
            row("Observed, the configured window", .fcrObserved, pending: counts.contacts.pending),
            row("Combined: observed and not recorded as unresolved", .fcrCombined, pending: counts.contacts.pending),
        ]
        let rows = kinds.flatMap { rule, name in
            zip(WindowCounts.days, counts.windows).map { days, window in
                row(
                    "\(name), \(days) \(days == 1 ? "day" : "days")", .fcrWindow(rule, days: days),
                    pending: rule == .anyTopic ? window.anyTopicPending : window.pending)
            }
        }
        return PageSection(
            id: "windows", "First contact resolution, side by side",
            lead: "The longer one waits for a repeat, the fewer contacts count as resolved; compare only the same row.",
            [
                FigureTable(
                    label: "First contact resolution by window: table", heading: "Measured as",
                    columns: ["Value", "Lower", "Upper", "n", "Resolved", "Contacts", "Pending"], rows: own + rows)
            ],
            notes: [counts.note(on: .fcrObserved)].compactMap { $0 }
                + ["Pending contacts, whose window has not passed, are in neither term."])
    }
}

/// How often each point of a scale was given.
enum Distributions {
    static func nps(_ counts: MeasureCounts, rule: SufficiencyRule) -> PageSection? {
        section(
            "nps-answers", "How likely customers are to recommend", counts.scores["nps"], rule,
            [
                ("Detractors, 0 to 6", .bad, 0...6), ("Passives, 7 and 8", .neutral, 7...8),
                ("Promoters, 9 and 10", .good, 9...10),
            ], counts, readings: [])
    }

    static func csat(_ counts: MeasureCounts, rule: SufficiencyRule) -> PageSection? {
        section(
            "csat-answers", "How satisfied customers are", counts.scores["csat"], rule,
            [("Not satisfied, 1 to 3", .bad, 1...3), ("Satisfied, 4 and 5", .good, 4...5)], counts,
            readings: [.csat, .csatTopBox, .csatMean])
    }

    static func ces(_ instrument: CESInstrument, _ counts: MeasureCounts, rule: SufficiencyRule) -> PageSection? {
        let (points, middle) = (instrument.points, (instrument.points + 1) / 2)
        let isEffort = instrument.direction == .lowerIsBetter
        return section(
            "\(MeasureKind.ces(instrument).id)-answers",
            isEffort ? "How much effort it took" : "How easy it was", counts.scores[instrument.cellName], rule,
            [
                (isEffort ? "Easy" : "Hard", isEffort ? .good : .bad, 1...middle - 1),
                ("Neither", .neutral, middle...middle),
                (isEffort ? "Hard" : "Easy", isEffort ? .bad : .good, middle + 1...points),
            ], counts, readings: [.ces(instrument), .netEasy(instrument)])
    }

    private static func section(
        _ id: String, _ heading: String, _ scores: [Int]?, _ rule: SufficiencyRule,
        _ groups: [(name: String, tone: DistributionBars.Tone, points: ClosedRange<Int>)], _ counts: MeasureCounts,
        readings: [MeasureKind]
    ) -> PageSection? {
        guard let scores else { return nil }
        let n = scores.reduce(0, +)
        guard rule.sufficiency(of: n) != .withheld else { return nil }
        let bars = DistributionBars(
            label: "\(heading): table", heading: "Answer", countHeading: "Answers",
            groups: groups.map { group in
                DistributionBars.Group(
                    name: group.name, tone: group.tone,
                    bars: group.points.map { DistributionBars.Bar(label: "\($0)", count: scores[$0]) })
            })
        let table = FigureTable(
            label: "\(heading), measured in each way: table", heading: "Measured as",
            columns: ["Value", "Lower", "Upper", "n"],
            rows: readings.map { kind in
                FigureTable.Row(
                    LinkedName(kind.words.name), mark: kind.words.caption,
                    texts: Array(kind.cells(counts.sample(kind, days: 1), rule).prefix(4)))
            })
        return PageSection(
            id: id, heading, lead: "Every point of the scale, \(Figures.whole(n)) answers.",
            [bars] + (readings.isEmpty ? [] : [table]), isWide: false)
    }

    /// How often each point of a scale was given, for the file beside the page; none where the answers are withheld.
    static func counts(_ counts: MeasureCounts, _ days: ClosedRange<CalendarDay>, rule: SufficiencyRule) -> [PageCount]
    {
        let scales =
            [(MeasureKind.nps, "nps", 0...10), (.csat, "csat", 1...5)]
            + counts.instruments.map { (MeasureKind.ces($0), $0.cellName, 1...$0.points) }
        return scales.flatMap { kind, name, points -> [PageCount] in
            guard let scores = counts.scores[name], rule.sufficiency(of: scores.reduce(0, +)) != .withheld else {
                return []
            }
            return points.map {
                PageCount("\(kind.id)-answers", by: "score", "\($0)", days: days, count: scores[$0])
            }
        }
    }
}
