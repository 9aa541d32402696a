import Foundation

extension DurationHistogram {
    /// Returns the quantile at p with an interval between two of the observations, whatever their distribution.
    ///
    /// Source: W. J. Conover 1999, *Practical Nonparametric Statistics*, 3rd edition, section 3.2: the observations of rank
    /// ⌈np ± z · √(np(1 − p))⌉, within 1...n. Ranks are whole, so a 95 % interval holds in 92 to 98 of 100 samples. The point
    /// is `quantile(p)`; it and the limits carry the histogram's error.
    ///
    /// Nil unless 0 < p < 1, and of so few observations that even the smallest or the largest of them is no limit at this
    /// confidence: at 95 %, fewer than 6 for the median and fewer than 36 for p = 0.9.
    public func estimate(of p: Double, confidence: Confidence = .ninetyFive) -> Estimate? {
        let (n, ordered) = (n, orderedBuckets)
        guard p > 0, p < 1, pow(max(p, 1 - p), Double(n)) <= confidence.tail,
            let point = interpolatedQuantile(p, count: n, { Self.value(atRank: $0, in: ordered) })
        else { return nil }
        let below = Double(n) * p
        let reach = confidence.z * (below * (1 - p)).squareRoot()
        let limit = { (rank: Double) in
            Self.value(atRank: min(max(Int(rank.rounded(.up)), 1), n) - 1, in: ordered)
        }
        return Estimate(
            point: point, lower: min(point, limit(below - reach)), upper: max(point, limit(below + reach)), n: n)
    }
}
