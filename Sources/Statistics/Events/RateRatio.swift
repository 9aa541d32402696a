/// Compares the rates of events in two independent times: how many times the earlier rate the later one is.
public struct RateRatio: Sendable, Equatable {
    /// Holds the later rate divided by the earlier one; nil when the earlier time had no events.
    public let point: Double?

    /// Holds the lower limit of the ratio; 0 when the later time had no events.
    public let lower: Double

    /// Holds the upper limit of the ratio; infinite when the earlier time had no events.
    public let upper: Double

    /// Holds the probability, twice that of the smaller tail, of counts so far apart when the rate has not changed.
    public let pValue: Double

    /// Tells whether the interval leaves out 1; when it does not, say "no detectable change".
    public var isDetectable: Bool { lower > 1 || upper < 1 }
}

extension EventCount {
    /// Returns how the rate has changed since an earlier, independent time; nil when either was over no time.
    ///
    /// Source: J. Przyborowski & H. Wilenski 1940, *Biometrika* 31, 313–323: of all events together, the later ones are
    /// binomial. Test and interval (C. J. Clopper & E. S. Pearson 1934, *Biometrika* 26) are both exact and agree: p is below
    /// 5 % just when the 95 % interval leaves out 1. No events in either time give p = 1 and every ratio as possible.
    public func change(from earlier: EventCount, confidence: Confidence = .ninetyFive) -> RateRatio? {
        guard isDefined, earlier.isDefined,
            let later = Binomial(
                trials: count + earlier.count, probability: exposure / (exposure + earlier.exposure))
        else { return nil }
        let scale = earlier.exposure / exposure
        let smallerTail = min(later.probability(ofAtMost: count), later.probability(ofAtLeast: count))
        return RateRatio(
            point: earlier.count > 0 ? Double(count) / Double(earlier.count) * scale : nil,
            lower: lowestOdds(count, against: earlier.count, tail: confidence.tail) * scale,
            upper: scale / lowestOdds(earlier.count, against: count, tail: confidence.tail),
            pValue: min(1, 2 * smallerTail))
    }
}

/// The lower Clopper–Pearson limit of the odds of one kind of event against the other; 0 of none of that kind.
private func lowestOdds(_ events: Int, against others: Int, tail: Double) -> Double {
    guard let share = BetaDistribution(alpha: Double(events), beta: Double(others + 1))?.quantile(tail) else {
        return 0
    }
    return share / (1 - share)
}
