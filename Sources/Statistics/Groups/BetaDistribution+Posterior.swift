extension BetaDistribution {
    /// Returns the posterior of a group's true share, taking this distribution as its prior; nil of an impossible share.
    public func posterior(after share: Share) -> BetaDistribution? {
        guard share.isDefined || share == .none else { return nil }
        return BetaDistribution(alpha: alpha + Double(share.count), beta: beta + Double(share.total - share.count))
    }

    /// Returns a group's shrunken share, (x + a) / (n + a + b), with its central posterior interval.
    ///
    /// Source: B. Efron & C. Morris 1975, *JASA* 70 (shrinkage); D. Robinson 2017, *Introduction to Empirical Bayes*,
    /// chapters 3 and 4 (beta-binomial intervals). A group without answers gets the prior itself. Nil of an
    /// impossible share. The estimate's counts are the group's raw ones.
    public func shrunkEstimate(of share: Share, confidence: Confidence = .ninetyFive) -> Estimate? {
        guard let posterior = posterior(after: share),
            let lower = posterior.quantile(confidence.tail), let upper = posterior.quantile(1 - confidence.tail)
        else { return nil }
        // The mean of a very skewed posterior can lie beyond its central interval, which is then widened to hold it.
        return Estimate(
            point: posterior.mean, lower: min(lower, posterior.mean), upper: max(upper, posterior.mean),
            n: share.total, numerator: share.count, denominator: share.total)
    }
}
