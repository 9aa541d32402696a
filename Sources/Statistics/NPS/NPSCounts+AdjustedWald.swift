/// The score and its standard error after three made-up answers have been added.
struct AdjustedNPS: Equatable {
    let score: Double
    let standardError: Double
}

extension NPSCounts {
    /// Returns the raw score with the adjusted Wald interval, within −1...1; nil of no answers.
    ///
    /// Source: B. Rocks 2016, "Interval estimation for the Net Promoter Score", *The American Statistician* 70, 365–372.
    /// The interval is centred on the adjusted score, so it need not be symmetric about the raw one shown. It keeps its
    /// width when all answers agree, where the plain Wald interval shrinks to nothing.
    public func estimate(confidence: Confidence = .ninetyFive) -> Estimate? {
        guard let score, let adjusted else { return nil }
        let halfWidth = confidence.z * adjusted.standardError
        return Estimate(
            point: score,
            lower: max(-1, adjusted.score - halfWidth),
            upper: min(1, adjusted.score + halfWidth),
            n: n, numerator: promoters - detractors, denominator: n)
    }

    /// The score with ¾ detractor, 1½ passives and ¾ promoter added (Rocks 2016, n + 3); nil of no answers.
    var adjusted: AdjustedNPS? {
        guard isDefined else { return nil }
        let total = Double(n) + 3
        let (low, high) = ((Double(detractors) + 0.75) / total, (Double(promoters) + 0.75) / total)
        let score = high - low
        let variance = max(0, high + low - score * score)
        return AdjustedNPS(score: score, standardError: (variance / total).squareRoot())
    }
}
