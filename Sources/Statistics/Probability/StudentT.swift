import Foundation

/// Computes probabilities and quantiles of Student's t distribution.
///
/// Source: Abramowitz & Stegun 1964, 26.7.1, through the incomplete beta integral; quantiles invert it by Newton steps.
public struct StudentT: Sendable, Equatable {
    /// Holds the degrees of freedom, above 0.
    public let degreesOfFreedom: Double

    /// Creates the distribution; nil unless the degrees of freedom are finite and above 0.
    public init?(degreesOfFreedom: Double) {
        guard degreesOfFreedom > 0, degreesOfFreedom.isFinite else { return nil }
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// Returns the probability of a value at or below t.
    public func cumulative(_ t: Double) -> Double {
        t < 0 ? upperTail(-t) : 1 - upperTail(t)
    }

    /// Returns the probability of a value above t.
    public func upperTail(_ t: Double) -> Double {
        guard t >= 0 else { return 1 - upperTail(-t) }
        let (x, y) = betaArguments(t)
        return incompleteBeta(degreesOfFreedom / 2, 0.5, x: x, y: y).lower / 2
    }

    /// Returns the value that a share p of the distribution lies below; nil unless 0 < p < 1.
    public func quantile(_ p: Double) -> Double? {
        p > 0.5 ? upperQuantile(1 - p) : upperQuantile(p).map { -$0 }
    }

    /// Returns the value that a share `tail` of the distribution lies above; nil unless 0 < tail < 1.
    public func upperQuantile(_ tail: Double) -> Double? {
        guard tail > 0, tail < 1 else { return nil }
        guard tail != 0.5 else { return 0 }
        guard tail < 0.5 else { return upperQuantile(1 - tail).map { -$0 } }
        let start = nearlyUpperQuantile(tail)
        var bound = max(1, 2 * start)
        while upperTail(bound) > tail, bound < 1e300 { bound *= 4 }
        return safeguardedNewton(in: 0...bound, from: start) { t in
            let (x, y) = betaArguments(t)
            let area = incompleteBeta(degreesOfFreedom / 2, 0.5, x: x, y: y).lower / 2
            let density = SaddlePoint.betaKernel(degreesOfFreedom / 2, 0.5, x: x, y: y) / t
            // The logarithm makes the far tail nearly straight, so that Newton steps stay long there.
            return (log(tail / area), density / area)
        }
    }

    /// The first terms of the expansion about the normal quantile (Abramowitz & Stegun 1964, 26.7.5), where it is close.
    private func nearlyUpperQuantile(_ tail: Double) -> Double {
        let z = StandardNormal.upperQuantile(tail) ?? 0
        guard degreesOfFreedom > z * z else { return z }
        let cube = z * z * z
        let first = (cube + z) / 4
        let second = (5 * cube * z * z + 16 * cube + 3 * z) / 96
        return z + first / degreesOfFreedom + second / (degreesOfFreedom * degreesOfFreedom)
    }

    private func betaArguments(_ t: Double) -> (x: Double, y: Double) {
        // Written as quotients of t²/ν so that neither overflows nor loses the small one of the two.
        let square = t / degreesOfFreedom * t
        return square == .infinity ? (0, 1) : (1 / (1 + square), square / (1 + square))
    }
}
