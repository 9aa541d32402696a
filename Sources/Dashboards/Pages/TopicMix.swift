import Statistics
import Store

/// Compares agents with what the same topics have on average: handle time, and satisfaction.
struct TopicMix {
    /// The scope's counts by topic.
    private let topics: [Int32: MeasureCounts]
    /// The counts of each agent's topics.
    private let agents: [Int32: [(topic: Int32, counts: MeasureCounts)]]

    /// Creates the comparison.
    ///
    /// - Parameter agents: Rows of agents' topics; "within" is the agent.
    init(topics: [MeasureRow], agents: [MeasureRow]) {
        self.topics = Dictionary(topics.map { ($0.value, $0.counts) }) { first, _ in first }
        self.agents = Dictionary(grouping: agents, by: \.within).mapValues { rows in
            rows.map { (topic: $0.value, counts: $0.counts) }
        }
    }

    /// How far an agent's mean or share is from that of the same topics, with its interval; nil where that is not known.
    ///
    /// Agents' topics are not kept by team or portfolio: those of an agent who also worked elsewhere say nothing about here.
    func difference(_ kind: MeasureKind, of agent: ComparedValue) -> Estimate? {
        let strata = agents[agent.id] ?? []
        let comparison =
            switch agent.counts.sample(kind, days: 1) {
            case .mean(let own): standardised(kind, strata, own)
            case .share(let own): standardised(kind, strata, own)
            default: IndirectStandardisation?.none
            }
        return comparison.map {
            Estimate(
                point: $0.difference.point, lower: $0.difference.lower, upper: $0.difference.upper, n: $0.observed.n)
        }
    }

    private func standardised(
        _ kind: MeasureKind, _ strata: [(topic: Int32, counts: MeasureCounts)], _ own: Moments
    ) -> IndirectStandardisation? {
        let means = strata.compactMap { stratum -> (observed: Moments, reference: Double)? in
            guard case .mean(let observed) = stratum.counts.sample(kind, days: 1),
                case .mean(let all) = topics[stratum.topic]?.sample(kind, days: 1), let reference = all.mean
            else { return nil }
            return (observed, reference)
        }
        return means.reduce(.none, { $0 + $1.observed }) == own ? IndirectStandardisation(means) : nil
    }

    private func standardised(
        _ kind: MeasureKind, _ strata: [(topic: Int32, counts: MeasureCounts)], _ own: Share
    ) -> IndirectStandardisation? {
        let shares = strata.compactMap { stratum -> (observed: Share, reference: Double)? in
            guard case .share(let observed) = stratum.counts.sample(kind, days: 1),
                case .share(let all) = topics[stratum.topic]?.sample(kind, days: 1), let reference = all.proportion
            else { return nil }
            return (observed, reference)
        }
        return shares.reduce(.none, { $0 + $1.observed }) == own ? IndirectStandardisation(shares) : nil
    }
}
