/// Counts whole seconds in buckets narrow enough for percentiles, and adds up with `+`.
///
/// Seconds below 64 have a bucket each; from there every doubling is cut into 32 equal buckets, so a bucket's middle is
/// within 1/64 (1.6 %) of each value in it, and so is every percentile. Only whole-number arithmetic is used, so that SQL
/// can compute the same bucket: with e = max(0, ⌊log₂ seconds⌋ − 5), it is 32 · e + (seconds >> e).
///
/// Source: the linear-logarithmic buckets of G. Tene's HdrHistogram (2012).
public struct DurationHistogram: Sendable, Equatable {
    /// Holds the number of observations in each bucket that has any.
    public private(set) var buckets: [Int: Int]

    /// Is the largest relative error of a percentile against the same percentile of the raw seconds.
    public static let relativeError = 1.0 / 64

    /// Creates a histogram from counts by bucket; nil when a bucket or a count is negative or a bucket is too high.
    public init?(buckets: [Int: Int]) {
        guard buckets.allSatisfy({ $0.key >= 0 && $0.key <= Self.bucket(of: .max) && $0.value >= 0 }) else {
            return nil
        }
        self.buckets = buckets.filter { $0.value > 0 }
    }

    /// Creates a histogram of whole seconds; negative ones count as 0.
    public init(seconds: some Sequence<Int>) {
        buckets = seconds.reduce(into: [:]) { $0[Self.bucket(of: $1), default: 0] += 1 }
    }

    /// Adds the counts of two separate groups.
    public static func + (left: DurationHistogram, right: DurationHistogram) -> DurationHistogram {
        var sum = left
        sum.buckets.merge(right.buckets, uniquingKeysWith: +)
        return sum
    }

    /// Returns the number of observations.
    public var n: Int { buckets.values.reduce(0, +) }

    /// Returns the bucket that counts the given seconds; negative ones go to the first.
    public static func bucket(of seconds: Int) -> Int {
        guard seconds >= 64 else { return max(0, seconds) }
        let exponent = (Int.bitWidth - 1 - seconds.leadingZeroBitCount) - 5
        return 32 * exponent + (seconds >> exponent)
    }

    /// Returns the middle of a bucket, in seconds.
    public static func middle(ofBucket bucket: Int) -> Double {
        guard bucket >= 64 else { return Double(bucket) }
        let exponent = bucket / 32 - 1
        let lowest = Double((bucket - 32 * exponent) << exponent)
        return lowest + Double((1 << exponent) - 1) / 2
    }

    /// Returns the seconds below which a share p lies, Hyndman–Fan type 7; nil of none or unless 0 <= p <= 1.
    public func quantile(_ p: Double) -> Double? {
        let ordered = orderedBuckets
        return interpolatedQuantile(p, count: n) { Self.value(atRank: $0, in: ordered) }
    }

    var orderedBuckets: [(key: Int, value: Int)] { buckets.sorted { $0.key < $1.key } }

    /// The seconds of the observation that `rank` others come before.
    static func value(atRank rank: Int, in ordered: [(key: Int, value: Int)]) -> Double {
        var before = 0
        let holding = ordered.first { bucket in
            before += bucket.value
            return before > rank
        }
        return holding.map { middle(ofBucket: $0.key) } ?? 0
    }
}
