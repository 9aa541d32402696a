extension Moments {
    /// Returns how the mean has changed since an earlier, independent period, with Welch's t interval and test.
    ///
    /// Source: B. L. Welch 1947, *Biometrika* 34, 28–35; degrees of freedom by F. E. Satterthwaite 1946, *Biometrics
    /// Bulletin* 2, 110–114. The periods may differ in spread and size. Nil of fewer than two observations in either
    /// period, or when all observations of each agree, since nothing then tells how sure the change is.
    public func change(from earlier: Moments, confidence: Confidence = .ninetyFive) -> Difference? {
        guard let mean, let variance, let earlierMean = earlier.mean, let earlierVariance = earlier.variance else {
            return nil
        }
        let (square, earlierSquare) = (variance / Double(n), earlierVariance / Double(earlier.n))
        let total = square + earlierSquare
        // As parts of the total, so that neither square is squared to nothing or beyond bounds.
        let (part, earlierPart) = (square / total, earlierSquare / total)
        let degrees = 1 / (part * part / Double(n - 1) + earlierPart * earlierPart / Double(earlier.n - 1))
        return Difference(
            mean - earlierMean, standardError: total.squareRoot(), degreesOfFreedom: degrees, confidence: confidence)
    }
}

extension Difference {
    /// Carries a difference with Student's t interval and test; nil unless the standard error is above 0.
    init?(_ point: Double, standardError: Double, degreesOfFreedom: Double, confidence: Confidence) {
        guard let distribution = StudentT(degreesOfFreedom: degreesOfFreedom),
            let t = distribution.upperQuantile(confidence.tail),
            let test = Test(estimate: point, standardError: standardError, distribution: distribution)
        else { return nil }
        self.init(point: point, lower: point - t * standardError, upper: point + t * standardError, test: test)
    }
}
