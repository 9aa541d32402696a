/// Computes exact tail probabilities of the number of successes in independent trials.
///
/// Source: Abramowitz & Stegun 1964, 26.5.24, through the incomplete beta integral.
public struct Binomial: Sendable, Equatable {
    /// Holds the number of trials, 0 or more.
    public let trials: Int

    /// Holds the probability of success in each trial, 0 to 1.
    public let probability: Double

    /// Creates the distribution; nil unless trials >= 0 and 0 <= probability <= 1.
    public init?(trials: Int, probability: Double) {
        guard trials >= 0, probability >= 0, probability <= 1 else { return nil }
        self.trials = trials
        self.probability = probability
    }

    /// Returns the probability of `count` successes or fewer; with no trials, 1 for every count from 0 on.
    public func probability(ofAtMost count: Int) -> Double {
        if count < 0 { return 0 }
        if count >= trials { return 1 }
        return incompleteBeta(Double(trials - count), Double(count + 1), x: 1 - probability, y: probability).lower
    }

    /// Returns the probability of `count` successes or more.
    public func probability(ofAtLeast count: Int) -> Double {
        if count <= 0 { return 1 }
        if count > trials { return 0 }
        return incompleteBeta(Double(count), Double(trials - count + 1), x: probability, y: 1 - probability).lower
    }
}
