/// Estimates how much of the spread between groups' shares is more than chance, by analysis of variance.
///
/// Source: the analysis-of-variance estimator of M. S. Ridout, C. G. B. Demétrio & D. Firth 1999, "Estimating intraclass
/// correlation for binary data", *Biometrics* 55, 137–148.
public struct BetweenGroupVariation: Sendable, Equatable {
    /// Holds the share of all groups together.
    public let pooled: Double

    /// Holds the mean square between groups.
    public let meanSquareBetween: Double

    /// Holds the mean square within groups.
    public let meanSquareWithin: Double

    /// Holds the average group size the estimator uses, n₀ = (N − Σn²/N) / (k − 1).
    public let effectiveSize: Double

    /// Holds the intra-group correlation ρ; 0 or less means that chance explains the spread.
    public let correlation: Double

    /// Measures the variation; nil of fewer than two groups with observations, of one answer each, or of no spread at all.
    public init?(_ shares: [Share]) {
        let groups = shares.filter(\.isDefined)
        let whole = groups.reduce(.none, +)
        guard groups.count >= 2, whole.total > groups.count, let pooled = whole.proportion else { return nil }
        let (k, total) = (Double(groups.count), Double(whole.total))
        var (between, within, squares) = (0.0, 0.0, 0.0)
        for group in groups {
            let n = Double(group.total)
            let proportion = Double(group.count) / n
            between += n * (proportion - pooled) * (proportion - pooled)
            within += n * proportion * (1 - proportion)
            squares += n * n
        }
        let meanSquareBetween = between / (k - 1)
        let meanSquareWithin = within / (total - k)
        let effectiveSize = (total - squares / total) / (k - 1)
        let scale = meanSquareBetween + (effectiveSize - 1) * meanSquareWithin
        guard scale > 0 else { return nil }
        self.pooled = pooled
        self.meanSquareBetween = meanSquareBetween
        self.meanSquareWithin = meanSquareWithin
        self.effectiveSize = effectiveSize
        correlation = (meanSquareBetween - meanSquareWithin) / scale
    }

    /// Returns the prior that groups' true shares come from; nil when ρ <= 0 (pool fully) or ρ >= 1 (do not pool).
    public var prior: BetaDistribution? {
        guard correlation > 0, correlation < 1 else { return nil }
        let strength = (1 - correlation) / correlation
        return BetaDistribution(alpha: pooled * strength, beta: (1 - pooled) * strength)
    }
}
