/// Carries a measure as it may be shown: its value, its interval, and the counts behind it.
public struct Estimate: Sendable, Equatable {
    /// Holds the value computed from the raw counts, unrounded.
    public let point: Double

    /// Holds the lower limit of the interval.
    public let lower: Double

    /// Holds the upper limit of the interval; the interval need not be symmetric about the point.
    public let upper: Double

    /// Holds the number of observations.
    public let n: Int

    /// Holds the count or sum above the line, where the measure is a ratio of whole numbers.
    public let numerator: Int?

    /// Holds the count below the line, where the measure is a ratio of whole numbers.
    public let denominator: Int?

    /// Creates an estimate from its parts.
    public init(
        point: Double, lower: Double, upper: Double, n: Int, numerator: Int? = nil, denominator: Int? = nil
    ) {
        self.point = point
        self.lower = lower
        self.upper = upper
        self.n = n
        self.numerator = numerator
        self.denominator = denominator
    }
}
