/// Counts how invitations ended, in AAPOR's terms, and gives its response rates.
///
/// Source: American Association for Public Opinion Research, *Standard Definitions*, 10th edition (2023), response rates
/// 1 to 6. Clicks are in none of them: mail scanners click. Dispositions of separate groups add up with `+`.
public struct Dispositions: Sendable, Equatable {
    /// Holds the complete answers (I).
    public let complete: Int

    /// Holds the partial answers that got past the core question (P).
    public let partial: Int

    /// Holds the refusals: opted out or declined (R).
    public let refused: Int

    /// Holds the invitations delivered and never opened or answered (NC).
    public let noContact: Int

    /// Holds the broken ones, such as an answer that could not be finished (O).
    public let other: Int

    /// Holds the undelivered ones of unknown eligibility (UH).
    public let unknownDelivery: Int

    /// Holds the other ones of unknown eligibility (UO).
    public let unknownOther: Int

    /// Creates counts; their rates are nil when a count is negative or a rate's denominator is 0.
    public init(
        complete: Int, partial: Int, refused: Int, noContact: Int, other: Int, unknownDelivery: Int, unknownOther: Int
    ) {
        self.complete = complete
        self.partial = partial
        self.refused = refused
        self.noContact = noContact
        self.other = other
        self.unknownDelivery = unknownDelivery
        self.unknownOther = unknownOther
    }

    /// Adds the counts of two separate groups.
    public static func + (left: Dispositions, right: Dispositions) -> Dispositions {
        Dispositions(
            complete: left.complete + right.complete, partial: left.partial + right.partial,
            refused: left.refused + right.refused, noContact: left.noContact + right.noContact,
            other: left.other + right.other, unknownDelivery: left.unknownDelivery + right.unknownDelivery,
            unknownOther: left.unknownOther + right.unknownOther)
    }

    /// Returns RR1: complete answers among all.
    public var responseRate1: Share { Share(complete, of: eligible + unknown) }

    /// Returns RR2, the response rate shown: complete and partial answers among all.
    public var responseRate2: Share { Share(complete + partial, of: eligible + unknown) }

    /// Returns RR3: complete answers among the eligible and a share `eligibility` of the unknown; nil of none.
    public func responseRate3(eligibility: Double) -> Double? {
        rate(of: complete, eligibility: eligibility)
    }

    /// Returns RR4: complete and partial answers among the eligible and a share of the unknown; nil of none.
    public func responseRate4(eligibility: Double) -> Double? {
        rate(of: complete + partial, eligibility: eligibility)
    }

    /// Returns RR5: complete answers among the eligible.
    public var responseRate5: Share { Share(complete, of: eligible) }

    /// Returns RR6: complete and partial answers among the eligible.
    public var responseRate6: Share { Share(complete + partial, of: eligible) }

    /// Returns the completion rate: complete answers among all that were begun, with those broken off before the core.
    public func completionRate(brokenOff: Int) -> Share {
        Share(complete, of: complete + partial + brokenOff)
    }

    private var eligible: Int { complete + partial + refused + noContact + other }
    private var unknown: Int { unknownDelivery + unknownOther }

    private func rate(of answers: Int, eligibility: Double) -> Double? {
        let denominator = Double(eligible) + eligibility * Double(unknown)
        guard eligibility >= 0, eligibility <= 1, answers >= 0, unknown >= 0, denominator > 0, eligible >= answers
        else {
            return nil
        }
        return Double(answers) / denominator
    }
}
