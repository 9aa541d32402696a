extension Share {
    /// Returns how many binomial standard errors this share lies from a target; nil of none or unless 0 < target < 1.
    ///
    /// Source: D. J. Spiegelhalter 2005, "Funnel plots for comparing institutional performance", *Statistics in
    /// Medicine* 24, 1185–1202, section 3.
    public func funnelScore(target: Double) -> Double? {
        guard let proportion, target > 0, target < 1 else { return nil }
        return (proportion - target) / ShareChart.binomialError(target, n: total)
    }
}
