/// Tests whether groups, such as agents, differ by more than chance.
public struct Heterogeneity: Sendable, Equatable {
    /// Holds the chi-square statistic.
    public let chiSquare: Double

    /// Holds the degrees of freedom: the number of groups with observations, less one.
    public let degreesOfFreedom: Int

    /// Holds the probability of so large a statistic when the groups do not differ.
    public let pValue: Double

    /// Tests shares: Σ nᵢ(pᵢ − P)² / (P(1 − P)); nil of fewer than two groups with observations.
    ///
    /// Source: K. Pearson 1900, the 2 × k table. Groups without observations take no part. When everybody or nobody has
    /// the property the statistic is 0.
    public init?(_ shares: [Share]) {
        let groups = shares.filter(\.isDefined)
        guard groups.count >= 2, let pooled = groups.reduce(.none, +).proportion else { return nil }
        let spread = groups.reduce(0.0) { sum, group in
            let distance = (group.proportion ?? pooled) - pooled
            return sum + Double(group.total) * distance * distance
        }
        let variance = pooled * (1 - pooled)
        self.init(chiSquare: variance > 0 ? spread / variance : 0, groups: groups.count)
    }

    /// Tests means or scores with known squared standard errors, by Cochran's Q; nil unless there are two or more.
    ///
    /// Source: W. G. Cochran 1954, *Biometrics* 10. Every squared standard error must be finite and above 0.
    public init?(values: [Double], squaredErrors: [Double]) {
        guard values.count >= 2, values.count == squaredErrors.count, values.allSatisfy(\.isFinite),
            squaredErrors.allSatisfy({ $0 > 0 && $0.isFinite })
        else { return nil }
        let weights = squaredErrors.map { 1 / $0 }
        let mean = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
        let statistic = zip(values, weights).reduce(0) { $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean) }
        self.init(chiSquare: statistic, groups: values.count)
    }

    private init?(chiSquare: Double, groups: Int) {
        guard let distribution = ChiSquare(degreesOfFreedom: Double(groups - 1)) else { return nil }
        self.chiSquare = chiSquare
        degreesOfFreedom = groups - 1
        pValue = distribution.upperTail(chiSquare)
    }
}
