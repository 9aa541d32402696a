import Foundation

/// The two tails of a distribution at one point; each is accurate when it is small, so neither is 1 minus the other.
struct Tails: Equatable {
    let lower: Double
    let upper: Double

    var swapped: Tails { Tails(lower: upper, upper: lower) }
}

/// Kernels of the gamma and beta integrals without the cancellation of log gamma differences.
///
/// Source: C. Loader, "Fast and accurate computation of binomial probabilities" (2000), sections 2 and 3, with real
/// instead of whole arguments. Relative error stays near 1e-14 for arguments up to millions, where exp(log gamma) loses
/// six digits.
enum SaddlePoint {
    /// Returns x^shape · e^(−x) / Γ(shape), for shape > 0 and x > 0.
    static func gammaKernel(shape: Double, x: Double) -> Double {
        shape * exp(-stirlingError(shape) - deviance(shape, x)) / (2 * .pi * shape).squareRoot()
    }

    /// Returns x^a · y^b / B(a, b), for a, b > 0 and x + y = 1, both positive.
    static func betaKernel(_ a: Double, _ b: Double, x: Double, y: Double) -> Double {
        let n = a + b
        let exponent =
            stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y)
        // The factors are divided in this order so that a very large n does not overflow.
        return exp(exponent) * ((a / n) * b / (2 * .pi)).squareRoot()
    }

    /// Returns ln Γ(x + 1) − ((x + ½) ln x − x + ½ ln 2π), the error of Stirling's formula, for x > 0.
    static func stirlingError(_ x: Double) -> Double {
        guard x < 10 else { return stirlingSeries(x) }
        // Γ(x + 1) = Γ(x + 11) / ((x + 1) … (x + 10)); the series is good from 10 on.
        let shifted = x + 10
        let product = (1...10).reduce(1) { $0 * (x + Double($1)) }
        return stirlingSeries(shifted) + (shifted + 0.5) * log(shifted) - 10 - log(product) - (x + 0.5) * log(x)
    }

    /// Bernoulli series of the error of Stirling's formula, eight terms: below 1e-17 for x >= 10.
    private static func stirlingSeries(_ x: Double) -> Double {
        stirlingCoefficients.reversed().reduce(0) { $0 / (x * x) + $1 } / x
    }

    private static let stirlingCoefficients: [Double] = [
        1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360_360, 1 / 156, -3617 / 122_400,
    ]

    /// Returns x ln(x / mean) + mean − x without cancellation when the two are near (Loader's bd0).
    private static func deviance(_ x: Double, _ mean: Double) -> Double {
        guard abs(x - mean) < 0.1 * (x + mean) else { return x * log(x / mean) + mean - x }
        let ratio = (x - mean) / (x + mean)
        var sum = (x - mean) * ratio
        var power = 2 * x * ratio
        for index in 1...1000 {
            power *= ratio * ratio
            let next = sum + power / Double(2 * index + 1)
            if next == sum { break }
            sum = next
        }
        return sum
    }
}
