/// Compares the shares of groups, such as agents, and ranks them only where the data can tell them apart.
public struct GroupComparison: Sendable, Equatable {
    /// Carries one group's place in the comparison.
    public struct Place: Sendable, Equatable {
        /// Holds the shrunken share with its interval, and the group's raw counts.
        public let shrunk: Estimate

        /// Holds the ranks the group may have, 1 the highest; all groups' ranges are right together at the confidence used.
        public let ranks: ClosedRange<Int>
    }

    /// Holds the share of all groups together, with its interval.
    public let pooled: Estimate

    /// Holds the test of whether the groups differ.
    public let heterogeneity: Heterogeneity

    /// Holds each group's place, in the order given; nil when the groups cannot be told apart.
    public let places: [Place]?

    /// Compares groups; nil of an impossible share or of fewer than two groups with observations.
    ///
    /// Groups are placed when the heterogeneity test rejects at `significance` and the ANOVA moments leave spread beyond
    /// chance (ρ > 0). A group without answers is placed at the prior, with a wide range.
    public init?(_ shares: [Share], significance: Double = 0.05, confidence: Confidence = .ninetyFive) {
        guard shares.allSatisfy({ $0.isDefined || $0 == .none }), let heterogeneity = Heterogeneity(shares),
            let pooled = shares.reduce(.none, +).estimate(confidence: confidence)
        else { return nil }
        self.pooled = pooled
        self.heterogeneity = heterogeneity
        guard heterogeneity.pValue < significance, let prior = BetweenGroupVariation(shares)?.prior else {
            places = nil
            return
        }
        let joint = confidence.joint(over: shares.count)
        let ranks = rankRanges(of: shares.compactMap { prior.shrunkEstimate(of: $0, confidence: joint) })
        places = zip(shares, ranks).compactMap { share, ranks in
            prior.shrunkEstimate(of: share, confidence: confidence).map { Place(shrunk: $0, ranks: ranks) }
        }
    }
}
