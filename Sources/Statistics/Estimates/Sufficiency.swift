/// Says how much of a measure may be shown, given how many answers stand behind it.
public enum Sufficiency: Sendable, Equatable {
    /// Too few answers: the measure is withheld, for privacy as well.
    case withheld

    /// Few answers: counts and interval are shown, without colour or verdict.
    case provisional

    /// Enough answers: the measure is shown in full.
    case full
}

/// Holds the numbers of answers from which a measure is shown at all, and shown in full.
public struct SufficiencyRule: Sendable, Equatable {
    /// Holds the least n that is not withheld.
    public let shownFrom: Int

    /// Holds the least n that is shown in full.
    public let fullFrom: Int

    /// Is the rule used unless configured: withheld below 5, in full from 30.
    public static let standard = SufficiencyRule(validShownFrom: 5, fullFrom: 30)

    /// Creates a rule; nil unless 1 <= shownFrom <= fullFrom, so that nothing is ever shown of no answers.
    public init?(shownFrom: Int, fullFrom: Int) {
        guard shownFrom >= 1, fullFrom >= shownFrom else { return nil }
        self.init(validShownFrom: shownFrom, fullFrom: fullFrom)
    }

    private init(validShownFrom: Int, fullFrom: Int) {
        shownFrom = validShownFrom
        self.fullFrom = fullFrom
    }

    /// Returns what may be shown of a measure with n answers.
    public func sufficiency(of n: Int) -> Sufficiency {
        if n < shownFrom { return .withheld }
        return n < fullFrom ? .provisional : .full
    }
}
