extension NPSCounts {
    /// Returns the raw score with a score interval, within −1...1, as the alternative to the adjusted Wald; nil of no answers.
    ///
    /// Source: T. Tango 1998, "Equivalence test and confidence interval for the difference in proportions for the
    /// paired-sample design", *Statistics in Medicine* 17, 891–908, equations 5–9, with detractors and promoters as the
    /// discordant pairs.
    public func scoreEstimate(confidence: Confidence = .ninetyFive) -> Estimate? {
        guard let score else { return nil }
        // The statistic falls as the trial value rises, so it crosses +z at the lower limit and −z at the upper.
        let limit = { (target: Double) in
            bisect(from: -1, to: 1) { scoreStatistic($0) < target }
        }
        return Estimate(
            point: score,
            lower: detractors == n ? -1 : min(score, limit(confidence.z)),
            upper: promoters == n ? 1 : max(score, limit(-confidence.z)),
            n: n, numerator: promoters - detractors, denominator: n)
    }

    /// Tango's statistic: the standardised distance of the score from a trial value, falling in the trial value.
    private func scoreStatistic(_ trial: Double) -> Double {
        let (n, b, c) = (Double(n), Double(detractors), Double(promoters))
        let linear = -b - c + (2 * n - c + b) * trial
        let constant = -b * trial * (1 - trial)
        let discriminant = max(0, linear * linear - 8 * n * constant).squareRoot()
        // The share of detractors that is most likely if the true score is the trial value.
        let detractorShare = (discriminant - linear) / (4 * n)
        let distance = c - b - n * trial
        let variance = n * (2 * detractorShare + trial * (1 - trial))
        guard variance > 0 else { return distance == 0 ? 0 : distance * .infinity }
        return distance / variance.squareRoot()
    }
}

/// Halves an interval until its ends are neighbours; returns the first value for which the predicate holds.
private func bisect(from start: Double, to end: Double, _ holds: (Double) -> Bool) -> Double {
    var (lower, upper) = (start, end)
    while true {
        let middle = (lower + upper) / 2
        guard middle > lower, middle < upper else { return middle }
        if holds(middle) { upper = middle } else { lower = middle }
    }
}
