import Foundation

/// Computes probabilities and quantiles of the chi-square distribution.
///
/// Source: Abramowitz & Stegun 1964, 26.4, through the incomplete gamma integral; quantiles start from Wilson & Hilferty
/// 1931 and are refined by Newton steps.
public struct ChiSquare: Sendable, Equatable {
    /// Holds the degrees of freedom, above 0.
    public let degreesOfFreedom: Double

    /// Creates the distribution; nil unless the degrees of freedom are finite and above 0.
    public init?(degreesOfFreedom: Double) {
        guard degreesOfFreedom > 0, degreesOfFreedom.isFinite else { return nil }
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// Returns the probability of a value at or below x.
    public func cumulative(_ x: Double) -> Double {
        tails(x).lower
    }

    /// Returns the probability of a value above x: the p-value of a chi-square test.
    public func upperTail(_ x: Double) -> Double {
        tails(x).upper
    }

    /// Returns the value that a share p of the distribution lies below; nil unless 0 < p < 1.
    public func quantile(_ p: Double) -> Double? {
        guard p > 0, p < 1, let z = StandardNormal.quantile(p) else { return nil }
        var bound = degreesOfFreedom + 1
        while tails(bound).lower < p, bound < 1e300 { bound *= 2 }
        let spread = 2 / (9 * degreesOfFreedom)
        let start = degreesOfFreedom * pow(max(1 - spread + z * spread.squareRoot(), 1e-3), 3)
        return safeguardedNewton(in: 0...bound, from: start) { x in
            let area = tails(x)
            let density = SaddlePoint.gammaKernel(shape: degreesOfFreedom / 2, x: x / 2) / x
            // The smaller tail is matched, since the larger has no digits left to match.
            return p <= 0.5
                ? (log(area.lower / p), density / area.lower)
                : (log((1 - p) / area.upper), density / area.upper)
        }
    }

    private func tails(_ x: Double) -> Tails {
        incompleteGamma(shape: degreesOfFreedom / 2, x: x / 2)
    }
}
