/// Compares a group, such as an agent, with what the same mix of cases has on average: "12 s longer than the same topics take".
///
/// Source: N. E. Breslow & N. E. Day 1987, *Statistical Methods in Cancer Research* II, chapter 2 (page 65): indirect
/// standardisation. The references are taken as known, so the intervals hold the chance in the group's own cases only; each
/// should come from many more cases than the group's. Two groups with different mixes are each compared with their
/// own expectation, not with each other.
public struct IndirectStandardisation: Sendable, Equatable {
    /// Holds the group's own mean or share, with its interval.
    public let observed: Estimate

    /// Holds what the group would have if each of its cases were as its stratum's are on average: Σ nᵢ · referenceᵢ / Σ nᵢ.
    public let expected: Double

    /// Holds the observed value less the expected one.
    public let difference: Difference

    /// Returns the observed value divided by the expected one, with its interval; nil unless the expected is above 0.
    public var ratio: Estimate? {
        guard expected > 0 else { return nil }
        return Estimate(
            point: observed.point / expected, lower: 1 + difference.lower / expected,
            upper: 1 + difference.upper / expected, n: observed.n)
    }

    /// Compares a mean, given the group's observations in each stratum and the stratum's reference mean.
    ///
    /// Interval and test are Student's on each case's distance from its stratum's reference, so that the spread between
    /// strata does not widen them. Nil of fewer than two observations, of a reference that is not finite, or when all
    /// distances agree, since nothing then tells how sure the difference is. Strata without observations take no part.
    public init?(_ strata: [(observed: Moments, reference: Double)], confidence: Confidence = .ninetyFive) {
        let strata = strata.filter { $0.observed != .none }
        let whole = strata.reduce(.none) { $0 + $1.observed }
        let n = Double(whole.n)
        guard let observed = whole.estimate(confidence: confidence),
            let expected = weightedMean(strata.map { ($0.observed.n, $0.reference) })
        else { return nil }
        let point = observed.point - expected
        var squares = 0.0
        for stratum in strata {
            guard let mean = stratum.observed.mean else { return nil }
            let offset = mean - stratum.reference - point
            // Within the stratum and of its mean apart, since the sum of squares of all distances would cancel.
            squares += (stratum.observed.variance ?? 0) * Double(stratum.observed.n - 1)
            squares += offset * offset * Double(stratum.observed.n)
        }
        guard
            let difference = Difference(
                point, standardError: (squares / (n - 1) / n).squareRoot(), degreesOfFreedom: n - 1,
                confidence: confidence)
        else { return nil }
        self.observed = observed
        self.expected = expected
        self.difference = difference
    }

    /// Compares a share, given the group's counts in each stratum and the stratum's reference share.
    ///
    /// The interval is Wilson's of the observed share, shifted by the expected one, and the test is the score test it
    /// inverts; both are on the wide side when strata differ much. Nil of no observations, or of a reference outside 0...1.
    /// Strata without observations take no part.
    public init?(_ strata: [(observed: Share, reference: Double)], confidence: Confidence = .ninetyFive) {
        let strata = strata.filter { $0.observed != .none }
        let whole = strata.reduce(.none) { $0 + $1.observed }
        guard strata.allSatisfy({ $0.observed.isDefined && (0...1).contains($0.reference) }),
            let observed = whole.estimate(confidence: confidence),
            let expected = weightedMean(strata.map { ($0.observed.total, $0.reference) })
        else { return nil }
        let point = observed.point - expected
        self.observed = observed
        self.expected = expected
        difference = Difference(
            point: point, lower: observed.lower - expected, upper: observed.upper - expected,
            test: Difference.Test(
                estimate: point, standardError: (expected * (1 - expected) / Double(whole.total)).squareRoot()))
    }
}

/// Weights references by the number of cases; nil of no cases or of a reference that is not finite.
private func weightedMean(_ references: [(n: Int, value: Double)]) -> Double? {
    let n = references.reduce(0) { $0 + $1.n }
    guard n > 0, references.allSatisfy({ $0.n > 0 && $0.value.isFinite }) else { return nil }
    return references.reduce(0) { $0 + Double($1.n) / Double(n) * $1.value }
}
