/// Counts answers about effort, bound to the instrument that asked for them.
public struct CESCounts: Sendable, Equatable {
    /// Holds how effort was asked for.
    public let instrument: CESInstrument

    /// Holds the answers at each point of the scale.
    public let answers: AnswerCounts

    /// Says that answers to two instruments were to be pooled.
    public struct MixedInstruments: Error, Equatable, CustomStringConvertible {
        /// Returns a sentence that is safe to show.
        public var description: String { "Effort scores of different instruments cannot be combined." }
    }

    /// Creates counts from the number of answers at each point, 1 first; nil unless they fit the instrument.
    public init?(_ instrument: CESInstrument, counts: [Int]) {
        guard let answers = AnswerCounts(scale: 1...instrument.points, counts: counts) else { return nil }
        self.instrument = instrument
        self.answers = answers
    }

    /// Returns the counts of both groups; throws when their instruments differ, since those are never averaged.
    public func merged(with other: CESCounts) throws(MixedInstruments) -> CESCounts {
        guard instrument == other.instrument,
            let counts = CESCounts(instrument, counts: zip(answers.counts, other.answers.counts).map(+))
        else { throw MixedInstruments() }
        return counts
    }

    /// Returns the share who found it easy: low effort 1–2 of five, or agreement 5–7 of seven.
    public var easy: Share {
        answers.share(of: instrument.direction == .lowerIsBetter ? instrument.lowPoints : instrument.highPoints)
    }

    /// Returns the share who found it hard: high effort 4–5 of five, or disagreement 1–3 of seven.
    public var hard: Share {
        answers.share(of: instrument.direction == .lowerIsBetter ? instrument.highPoints : instrument.lowPoints)
    }

    /// Returns hard, neutral and easy as the detractors, passives and promoters of a net score, for its chart.
    public var netEasyCounts: NPSCounts {
        let (easy, hard) = (easy.count, hard.count)
        return NPSCounts(detractors: hard, passives: answers.n - easy - hard, promoters: easy)
    }

    /// Returns the share of easy minus the share of hard, −1 to 1, with its interval; nil of no answers.
    ///
    /// Easy, neutral and hard are to it what promoter, passive and detractor are to NPS, so the interval is the adjusted
    /// Wald of Rocks 2016.
    public func netEasy(confidence: Confidence = .ninetyFive) -> Estimate? {
        netEasyCounts.estimate(confidence: confidence)
    }

    /// Returns how net easy has changed since an earlier, independent period; nil when either has no answers.
    ///
    /// Interval and test are those of `NPSCounts.change`. Throws when the instruments differ, since no change of opinion
    /// can then be told from the change of question.
    public func change(
        from earlier: CESCounts, confidence: Confidence = .ninetyFive
    ) throws(MixedInstruments) -> Difference? {
        guard instrument == earlier.instrument else { throw MixedInstruments() }
        return netEasyCounts.change(from: earlier.netEasyCounts, confidence: confidence)
    }

    /// Returns the moments of the answers as they were given, for the mean with its t interval.
    public var moments: Moments { answers.moments }
}
