import Postgres
import Statistics
import Store

/// The scores as they would be if every topic's customers had answered as often as others': post-stratified by topic.
struct TopicWeighting {
    private let topics: [MeasureCounts]

    /// One topic's size, and what was answered about it.
    private struct Stratum {
        var population: Int
        var answers: Moments

        static func + (left: Stratum, right: Stratum) -> Stratum {
            Stratum(population: left.population + right.population, answers: left.answers + right.answers)
        }
    }

    init(_ topics: [MeasureCounts]) {
        self.topics = topics
    }

    private static let kinds: [MeasureKind] = [.csat, .nps]

    /// Weights a measure's answers; nil where nobody answered, or fewer than two did in all.
    func weighted(_ kind: MeasureKind) -> PostStratification? {
        let strata = joined(kind).compactMap {
            PostStratification.Stratum(population: $0.population, answers: $0.answers)
        }
        return PostStratification(strata)
    }

    /// Strata in which two or more answered: the others are joined to one, and that, if it still has too few, to the smallest.
    private func joined(_ kind: MeasureKind) -> [Stratum] {
        let all = topics.map { counts in
            let answers = Self.moments(kind, counts)
            // Answers go by their own day and invitations by that of the resolution, so a period may have more of the former.
            return Stratum(population: max(counts.asking.invited, answers.n), answers: answers)
        }
        .filter { $0.population > 0 }
        var large = all.filter { $0.answers.n >= 2 }.sorted { $0.population < $1.population }
        let small = all.filter { $0.answers.n < 2 }
        guard let first = small.first else { return large }
        let rest = small.dropFirst().reduce(first, +)
        if rest.answers.n >= 2 || large.isEmpty { return large + [rest] }
        large[0] = large[0] + rest
        return large
    }

    /// Answers as numbers whose mean is the measure: 1 and 0, or 1, 0 and −1.
    private static func moments(_ kind: MeasureKind, _ counts: MeasureCounts) -> Moments {
        switch kind {
        case .nps:
            let nps = counts.npsCounts
            return Moments(
                n: nps.n, sum: nps.promoters - nps.detractors, sumOfSquares: nps.promoters + nps.detractors)
        default:
            let share = counts.csatCounts?.topTwo ?? .none
            return Moments(n: share.total, sum: share.count, sumOfSquares: share.count)
        }
    }

    private func raw(_ kind: MeasureKind) -> Estimate? {
        switch kind {
        case .nps: topics.map(\.npsCounts).reduce(.none, +).estimate()
        default: topics.map { $0.csatCounts?.topTwo ?? .none }.reduce(.none, +).estimate()
        }
    }

    /// The section; nil without answers.
    func section(_ rule: SufficiencyRule) -> PageSection? {
        let rows = Self.kinds.compactMap { kind -> FigureTable.Row? in
            guard let raw = raw(kind), let weighted = weighted(kind) else { return nil }
            guard kind.isShown(raw, rule) else {
                return FigureTable.Row(
                    LinkedName(kind.words.name), texts: ["withheld", "", Figures.whole(raw.n), "", "", ""])
            }
            return FigureTable.Row(
                LinkedName(kind.words.name),
                texts: [
                    kind.text(raw.point), kind.interval(raw), Figures.whole(raw.n), kind.text(weighted.weighted.point),
                    kind.interval(weighted.weighted.within(kind)), Figures.whole(weighted.effectiveN),
                ])
        }
        guard !rows.isEmpty else { return nil }
        return PageSection(
            id: "weighted", "Scores weighted by topic",
            lead: "What the scores would be if the customers of every topic had answered equally often.",
            [
                FigureTable(
                    label: "Scores weighted by topic: table", heading: "Measure",
                    columns: ["As answered", "Interval", "n", "Weighted", "Interval", "Effective n"], rows: rows)
            ],
            notes: [
                "Post-stratification: each topic counts by its invitations, not by its answers; topics in which fewer than two "
                    + "answered are taken together. The effective n is the number of equally weighted answers that would be as precise. "
                    + "It mends what topics explain, not what else differs between those who answer and those who do not."
            ])
    }

    /// The section's figures for the file beside the page.
    func counts(_ days: ClosedRange<CalendarDay>, _ rule: SufficiencyRule) -> [PageCount] {
        Self.kinds.flatMap { kind -> [PageCount] in
            guard let weighted = weighted(kind) else { return [] }
            let isShown = rule.sufficiency(of: weighted.weighted.n) != .withheld
            return [
                PageCount(
                    "\(kind.id)-weighted-by-topic", days: days, estimate: weighted.weighted.within(kind), rule: rule)
            ]
                + (isShown
                    ? [
                        PageCount(
                            "\(kind.id)-effective-n", days: days, value: weighted.effectiveN, n: weighted.weighted.n)
                    ] : [])
        }
    }
}

extension Estimate {
    /// The same with limits inside the measure's bounds.
    fileprivate func within(_ kind: MeasureKind) -> Estimate {
        guard let bounds = kind.bounds else { return self }
        return Estimate(
            point: point, lower: max(lower, bounds.lowerBound), upper: min(upper, bounds.upperBound), n: n)
    }
}
