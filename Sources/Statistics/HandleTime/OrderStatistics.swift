/// Holds observations in order, for percentiles and trimmed means.
public struct OrderStatistics: Sendable, Equatable {
    /// Holds the observations, smallest first.
    public let sorted: [Double]

    /// Sorts the observations, leaving out any that is not a number.
    public init(_ observations: some Sequence<Double>) {
        sorted = observations.filter { !$0.isNaN }.sorted()
    }

    /// Returns the value below which a share p lies; nil of no observations or unless 0 <= p <= 1.
    ///
    /// Source: R. J. Hyndman & Y. Fan 1996, *The American Statistician* 50, definition 7; SQL's `percentile_cont`.
    public func quantile(_ p: Double) -> Double? {
        interpolatedQuantile(p, count: sorted.count) { sorted[$0] }
    }

    /// Returns the middle value; nil of no observations.
    public var median: Double? { quantile(0.5) }

    /// Returns the mean after leaving out ⌊share · n⌋ observations at each end; nil of none or unless 0 <= share < ½.
    ///
    /// Source: J. W. Tukey 1962, *Annals of Mathematical Statistics* 33.
    public func trimmedMean(_ share: Double) -> Double? {
        guard share >= 0, share < 0.5, !sorted.isEmpty else { return nil }
        let cut = Int(share * Double(sorted.count))
        let kept = sorted.dropFirst(cut).dropLast(cut)
        return kept.reduce(0, +) / Double(kept.count)
    }
}

/// Interpolates between the two order statistics next to position (count − 1) · p (Hyndman & Fan 1996, definition 7).
func interpolatedQuantile(_ p: Double, count: Int, _ value: (Int) -> Double) -> Double? {
    guard count > 0, p >= 0, p <= 1 else { return nil }
    let position = Double(count - 1) * p
    let index = min(Int(position), count - 1)
    let below = value(index)
    let fraction = position - Double(index)
    guard fraction > 0, index + 1 < count else { return below }
    return below + fraction * (value(index + 1) - below)
}
