/// Counts answers to "how likely are you to recommend us?" by group: detractors 0–6, passives 7–8, promoters 9–10.
///
/// Source: F. Reichheld 2003, "The one number you need to grow", *Harvard Business Review* 81. Counts of separate groups
/// add up with `+`.
public struct NPSCounts: Sendable, Equatable {
    /// Holds the answers 0 to 6.
    public let detractors: Int

    /// Holds the answers 7 and 8.
    public let passives: Int

    /// Holds the answers 9 and 10.
    public let promoters: Int

    /// Creates counts; their measures are nil when a count is negative or all are 0.
    public init(detractors: Int, passives: Int, promoters: Int) {
        self.detractors = detractors
        self.passives = passives
        self.promoters = promoters
    }

    /// Creates counts from the number of answers at each of the eleven scores 0 to 10; nil for any other scale.
    public init?(_ answers: AnswerCounts) {
        guard answers.scale == 0...10 else { return nil }
        self.init(
            detractors: answers.share(of: 0...6).count,
            passives: answers.share(of: 7...8).count,
            promoters: answers.share(of: 9...10).count)
    }

    /// Is the counts of no answers, the neutral element of `+`.
    public static let none = NPSCounts(detractors: 0, passives: 0, promoters: 0)

    /// Adds the counts of two separate groups.
    public static func + (left: NPSCounts, right: NPSCounts) -> NPSCounts {
        NPSCounts(
            detractors: left.detractors + right.detractors,
            passives: left.passives + right.passives,
            promoters: left.promoters + right.promoters)
    }

    /// Returns the number of answers.
    public var n: Int { detractors + passives + promoters }

    /// Returns the share of promoters minus the share of detractors, −1 to 1; nil of no answers.
    public var score: Double? {
        isDefined ? Double(promoters - detractors) / Double(n) : nil
    }

    /// Returns the score as it is shown, −100 to 100, rounded once, half away from 0; nil of no answers.
    ///
    /// Shares rounded before they are subtracted give another figure: 5 promoters and 2 detractors of 9 are 33, not 34.
    public var wholePoints: Int? {
        guard isDefined else { return nil }
        // Whole numbers all the way: a half is a half, whatever 100 · score rounds to in binary.
        let margin = promoters - detractors
        let rounded = (200 * abs(margin) + n) / (2 * n)
        return margin < 0 ? -rounded : rounded
    }

    /// Returns the variance of one answer scored −1, 0 or 1, dividing by n; nil of no answers.
    public var variance: Double? {
        guard isDefined else { return nil }
        let margin = Double(promoters - detractors)
        let n = Double(n)
        return (Double(promoters + detractors) * n - margin * margin) / (n * n)
    }

    /// Returns the standard error of the score, √(variance / n); nil of no answers.
    public var standardError: Double? {
        variance.map { ($0 / Double(n)).squareRoot() }
    }

    var isDefined: Bool { detractors >= 0 && passives >= 0 && promoters >= 0 && n > 0 }
}
