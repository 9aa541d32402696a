/// Counts answers at each point of a scale of whole numbers, such as 1 to 5.
public struct AnswerCounts: Sendable, Equatable {
    /// Holds the lowest and highest point of the scale.
    public let scale: ClosedRange<Int>

    /// Holds the number of answers at each point, lowest first.
    public let counts: [Int]

    /// Creates counts; nil unless there is one count, 0 or more, for each point of the scale.
    public init?(scale: ClosedRange<Int>, counts: [Int]) {
        guard counts.count == scale.count, counts.allSatisfy({ $0 >= 0 }) else { return nil }
        self.scale = scale
        self.counts = counts
    }

    /// Returns the number of answers.
    public var n: Int { counts.reduce(0, +) }

    /// Returns the count, sum and sum of squares of the answers.
    public var moments: Moments {
        zip(scale, counts).reduce(.none) { sum, point in
            sum + Moments(n: point.1, sum: point.0 * point.1, sumOfSquares: point.0 * point.0 * point.1)
        }
    }

    /// Returns the share of answers at the given points; points outside the scale hold none.
    public func share(of points: ClosedRange<Int>) -> Share {
        Share(zip(scale, counts).reduce(0) { points.contains($1.0) ? $0 + $1.1 : $0 }, of: n)
    }

    /// Returns the counts of both groups; nil when they answered on different scales, which are never pooled.
    public func merged(with other: AnswerCounts) -> AnswerCounts? {
        guard scale == other.scale else { return nil }
        return AnswerCounts(scale: scale, counts: zip(counts, other.counts).map(+))
    }
}
