import Foundation

/// Computes probabilities and quantiles of the beta distribution, the posterior of a share.
///
/// Source: Johnson, Kotz & Balakrishnan 1995, chapter 25, through the incomplete beta integral.
public struct BetaDistribution: Sendable, Equatable {
    /// Holds the first shape, above 0: the weight of successes.
    public let alpha: Double

    /// Holds the second shape, above 0: the weight of failures.
    public let beta: Double

    /// Creates the distribution; nil unless both shapes are finite and above 0.
    public init?(alpha: Double, beta: Double) {
        guard alpha > 0, beta > 0, alpha.isFinite, beta.isFinite else { return nil }
        self.alpha = alpha
        self.beta = beta
    }

    /// Returns alpha / (alpha + beta).
    public var mean: Double { alpha / (alpha + beta) }

    /// Returns the probability of a share at or below x.
    public func cumulative(_ x: Double) -> Double {
        incompleteBeta(alpha, beta, x: x, y: 1 - x).lower
    }

    /// Returns the share that a part p of the distribution lies below; nil unless 0 < p < 1.
    public func quantile(_ p: Double) -> Double? {
        guard p > 0, p < 1, let z = StandardNormal.quantile(p) else { return nil }
        return safeguardedNewton(in: 0...1, from: nearQuantile(z)) { x in
            let area = incompleteBeta(alpha, beta, x: x, y: 1 - x)
            let density = SaddlePoint.betaKernel(alpha, beta, x: x, y: 1 - x) / (x * (1 - x))
            // The smaller tail is matched, since the larger has no digits left to match.
            return p <= 0.5
                ? (log(area.lower / p), density / area.lower)
                : (log((1 - p) / area.upper), density / area.upper)
        }
    }

    /// A value near the quantile of normal score z, from which few Newton steps are left to take.
    ///
    /// Source: Abramowitz & Stegun 1964, 26.5.22 (Cochran's form); it needs both shapes above 1, and otherwise the mean
    /// has to do.
    private func nearQuantile(_ z: Double) -> Double {
        let (first, second) = (1 / (2 * alpha - 1), 1 / (2 * beta - 1))
        let size = 2 / (first + second)
        let skew = (z * z - 3) / 6
        guard alpha > 1, beta > 1, size + skew > 0 else { return mean }
        let tilt = (second - first) * (skew + 5 / 6 - 2 / (3 * size))
        // The formula is of the upper tail, where the quantile falls as z rises.
        return alpha / (alpha + beta * exp(2 * (-z * (size + skew).squareRoot() / size - tilt)))
    }
}
