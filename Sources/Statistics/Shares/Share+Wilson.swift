extension Share {
    /// Returns the proportion with Wilson's score interval, within 0...1; nil of no observations.
    ///
    /// Source: E. B. Wilson 1927, *JASA* 22; Brown, Cai & DasGupta 2001, *Statistical Science* 16, equation 4. No
    /// continuity correction.
    public func estimate(confidence: Confidence = .ninetyFive) -> Estimate? {
        guard let proportion else { return nil }
        let (x, n) = (Double(count), Double(total))
        let z = confidence.z
        let centre = (x + z * z / 2) / (n + z * z)
        let halfWidth = z / (n + z * z) * (x * (n - x) / n + z * z / 4).squareRoot()
        // At 0 and at n the limit is the point itself; rounding must not move it off.
        return Estimate(
            point: proportion,
            lower: count == 0 ? 0 : max(0, centre - halfWidth),
            upper: count == total ? 1 : min(1, centre + halfWidth),
            n: total, numerator: count, denominator: total)
    }
}
