import Statistics
import Store

/// An agent's figures beside the middle half of their team's: nobody is named, and a place is given only where agents can be told apart.
struct TeamBand {
    /// Fewer agents than this have no band: their figures could be guessed.
    static let leastAgents = 5

    private let agent: Int32
    private let own: MeasureCounts
    /// The agents who are in the team now, the agent among them.
    private let team: [MeasureRow]
    private let rule: SufficiencyRule

    init(of agent: Int32, _ own: MeasureCounts, team: [MeasureRow], rule: SufficiencyRule) {
        self.agent = agent
        self.own = own
        self.team = team
        self.rule = rule
    }

    /// What is known of the team in one measure.
    private enum Spread {
        /// Fewer agents than are needed have enough data.
        case tooFew(Int)
        /// The differences are no larger than chance makes them; the value of all together where it is known.
        case alike(Double?, agents: Int)
        /// The middle half of the estimates, and the agent's own ranks.
        case apart(ClosedRange<Double>, ranks: ClosedRange<Int>?, agents: Int)
    }

    /// The section of some measures.
    func section(_ kinds: [MeasureKind]) -> PageSection {
        let table = FigureTable(
            label: "You and your team: table", heading: "Measure",
            columns: ["You", "Middle half of the team", "Agents", "Your place"], rows: kinds.map(row))
        return PageSection(
            id: "team", "You and your team", lead: "Everybody who is in your team now, without names.", [table],
            notes: [
                "Each agent’s value is first drawn towards the team’s, the more the fewer their data; the middle half of these "
                    + "estimates is the band. It is given from \(Self.leastAgents) agents with enough data.",
                "“Not told apart”: the agents differ no more than chance makes them, so nobody is ahead of anybody. A place is given "
                    + "only where they can be told apart, as the range of places that fit the data.",
                "What contacts are about moves every figure; colleagues may have other topics.",
            ])
    }

    private func row(_ kind: MeasureKind) -> FigureTable.Row {
        let mine = MeasureColumns(kinds: [kind], rule: rule).cells(own)
        let texts: [String] =
            switch spread(kind) {
            case .tooFew(let agents): ["too few agents with enough data", Figures.whole(agents), "–"]
            case .alike(let value, let agents):
                [value.map { "not told apart, all \(kind.text($0))" } ?? "not told apart", Figures.whole(agents), "–"]
            case .apart(let band, let ranks, let agents):
                [
                    "\(kind.text(band.lowerBound)) to \(kind.text(band.upperBound))", Figures.whole(agents),
                    ranks.map { place($0, of: agents) } ?? "–",
                ]
            }
        return FigureTable.Row(LinkedName(kind.columnName), cells: mine + texts.map(FigureTable.Cell.text))
    }

    private func place(_ ranks: ClosedRange<Int>, of agents: Int) -> String {
        let text = ranks.count == 1 ? "\(ranks.lowerBound)" : "\(ranks.lowerBound)–\(ranks.upperBound)"
        return "\(text) of \(Figures.whole(agents))"
    }

    private func spread(_ kind: MeasureKind) -> Spread {
        let shown = team.map { (agent: $0.value, sample: $0.counts.sample(kind, days: 1)) }.filter {
            kind.sufficiency(of: $0.sample.n, rule) != .withheld && $0.sample.estimate != nil
        }
        guard shown.count >= Self.leastAgents else { return .tooFew(shown.count) }
        let shares = shown.compactMap { if case .share(let share) = $0.sample { share } else { nil } }
        if shares.count == shown.count {
            guard let comparison = GroupComparison(shares) else { return .tooFew(shown.count) }
            guard let places = comparison.places, let band = middleHalf(places.map(\.shrunk.point)) else {
                return .alike(comparison.pooled.point, agents: shown.count)
            }
            let index = shown.firstIndex { $0.agent == agent }
            let isRanked = kind.better != .neither
            return .apart(band, ranks: isRanked ? index.map { places[$0].ranks } : nil, agents: shown.count)
        }
        // Means and scores: told apart by their standard errors, and drawn to their mean with the average of these.
        let estimates = shown.compactMap(\.sample.estimate)
        let errors = estimates.map { ($0.upper - $0.lower) / 2 / Confidence.ninetyFive.z }.map { $0 * $0 }
        let values = estimates.map(\.point)
        guard let test = Heterogeneity(values: values, squaredErrors: errors), test.pValue < 0.05,
            let shrunk = JamesStein(values, variance: errors.reduce(0, +) / Double(errors.count)),
            shrunk.factor > 0, let band = middleHalf(shrunk.shrunk)
        else { return .alike(nil, agents: shown.count) }
        return .apart(band, ranks: nil, agents: shown.count)
    }

    private func middleHalf(_ values: [Double]) -> ClosedRange<Double>? {
        let order = OrderStatistics(values)
        guard let lower = order.quantile(0.25), let upper = order.quantile(0.75) else { return nil }
        return lower...upper
    }
}
