extension Share {
    /// Returns this share minus another, independent one; nil when either has no observations.
    ///
    /// Source of the interval: R. G. Newcombe 1998, *Statistics in Medicine* 17, 873–890, method 10: the hybrid of the two
    /// Wilson intervals, within −1...1. Source of the test: J. L. Fleiss, B. Levin & M. C. Paik 2003, *Statistical Methods
    /// for Rates and Proportions*, chapter 3: z with the pooled share, no continuity correction (Pearson's chi-square is
    /// its square); nil where everybody or nobody of both has the property. Near 5 % the two may disagree, since they are
    /// different methods; what is detectable goes by the interval.
    public func difference(from other: Share, confidence: Confidence = .ninetyFive) -> Difference? {
        guard let this = estimate(confidence: confidence), let that = other.estimate(confidence: confidence) else {
            return nil
        }
        let point = this.point - that.point
        let below = hypotenuse(this.point - this.lower, that.upper - that.point)
        let above = hypotenuse(this.upper - this.point, that.point - that.lower)
        return Difference(
            point: point, lower: max(-1, point - below), upper: min(1, point + above),
            test: pooledError(with: other).flatMap { Difference.Test(estimate: point, standardError: $0) })
    }

    /// The standard error of the difference of two shares that are the same one.
    private func pooledError(with other: Share) -> Double? {
        (self + other).proportion.map { pooled in
            (pooled * (1 - pooled) * (1 / Double(total) + 1 / Double(other.total))).squareRoot()
        }
    }
}

private func hypotenuse(_ a: Double, _ b: Double) -> Double {
    (a * a + b * b).squareRoot()
}
