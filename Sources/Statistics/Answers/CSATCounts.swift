/// Counts answers to "how satisfied are you?" on 1 to 5, five the best.
///
/// The top-two-box share is CSAT; the mean is another measure, and each is labelled as what it is.
public struct CSATCounts: Sendable, Equatable {
    /// Holds the answers at each point of the scale.
    public let answers: AnswerCounts

    /// Creates counts from the number of answers at 1, 2, 3, 4 and 5; nil unless there are five, each 0 or more.
    public init?(_ counts: [Int]) {
        guard let answers = AnswerCounts(scale: 1...5, counts: counts) else { return nil }
        self.answers = answers
    }

    /// Returns the share of answers 4 and 5, the CSAT score.
    public var topTwo: Share { answers.share(of: 4...5) }

    /// Returns the share of answers 5.
    public var topBox: Share { answers.share(of: 5...5) }

    /// Returns the share of answers 1 and 2.
    public var bottomTwo: Share { answers.share(of: 1...2) }

    /// Returns the moments of the answers, for the mean with its t interval and the standard deviation.
    public var moments: Moments { answers.moments }
}
