/// Holds the count, sum and sum of squares of whole-number observations: answers, or seconds.
///
/// Moments of separate groups add up with `+` without rounding, so a period's mean is exact from its days' moments.
public struct Moments: Sendable, Equatable {
    /// Holds the number of observations.
    public let n: Int

    /// Holds the sum of the observations.
    public let sum: Int

    /// Holds the sum of the squared observations.
    public let sumOfSquares: Int

    /// Creates moments; their measures are nil when n is 0 or no observations could have them.
    public init(n: Int, sum: Int, sumOfSquares: Int) {
        self.n = n
        self.sum = sum
        self.sumOfSquares = sumOfSquares
    }

    /// Creates the moments of a list of observations.
    public init(_ observations: some Sequence<Int>) {
        self = observations.reduce(.none) { $0 + Moments(n: 1, sum: $1, sumOfSquares: $1 * $1) }
    }

    /// Is the moments of no observations, the neutral element of `+`.
    public static let none = Moments(n: 0, sum: 0, sumOfSquares: 0)

    /// Adds the moments of two separate groups.
    public static func + (left: Moments, right: Moments) -> Moments {
        Moments(n: left.n + right.n, sum: left.sum + right.sum, sumOfSquares: left.sumOfSquares + right.sumOfSquares)
    }

    /// Returns the mean; nil of no observations.
    public var mean: Double? {
        isDefined ? Double(sum) / Double(n) : nil
    }

    /// Returns the sample variance, dividing by n − 1; nil of fewer than two observations.
    public var variance: Double? {
        guard isDefined, n > 1 else { return nil }
        // n · Σx² − (Σx)² is exact in 128 bits; in floating point it cancels when the spread is small.
        return Double(scaledSpread) / Double(n) / Double(n - 1)
    }

    /// Returns the sample standard deviation; nil of fewer than two observations.
    public var standardDeviation: Double? { variance?.squareRoot() }

    /// Returns the mean with Student's t interval on n − 1 degrees of freedom; nil of fewer than two observations.
    ///
    /// Source: Student 1908, *Biometrika* 6. When all observations agree the interval has no width.
    public func estimate(confidence: Confidence = .ninetyFive) -> Estimate? {
        guard let mean, let variance, let t = confidence.t(degreesOfFreedom: n - 1) else { return nil }
        let halfWidth = t * (variance / Double(n)).squareRoot()
        return Estimate(
            point: mean, lower: mean - halfWidth, upper: mean + halfWidth, n: n, numerator: sum, denominator: n)
    }

    private var scaledSpread: Int128 { Int128(n) * Int128(sumOfSquares) - Int128(sum) * Int128(sum) }
    private var isDefined: Bool { n > 0 && scaledSpread >= 0 }
}
