import Foundation

extension NPSCounts {
    /// Returns how the score has changed since an earlier, independent period; nil when either has no answers.
    ///
    /// The point is the difference of the raw scores, as they are shown; test and interval use the adjusted ones (Rocks
    /// 2016, *The American Statistician* 70), with standard error √(SE₁² + SE₂²). The interval stays within −2...2.
    /// Whether two intervals overlap is not the test.
    public func change(from earlier: NPSCounts, confidence: Confidence = .ninetyFive) -> Difference? {
        guard let score, let adjusted, let earlierScore = earlier.score, let earlierAdjusted = earlier.adjusted else {
            return nil
        }
        let error = hypot(adjusted.standardError, earlierAdjusted.standardError)
        let difference = adjusted.score - earlierAdjusted.score
        return Difference(
            point: score - earlierScore,
            lower: max(-2, difference - confidence.z * error),
            upper: min(2, difference + confidence.z * error),
            test: Difference.Test(estimate: difference, standardError: error))
    }
}
