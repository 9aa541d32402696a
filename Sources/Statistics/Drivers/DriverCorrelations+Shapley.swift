extension DriverCorrelations {
    /// Is the most drivers Shapley shares are computed for: the work doubles with each one.
    public static let mostShapleyDrivers = 12

    /// Returns each driver's Shapley share of R², which add up to R², in the order of the drivers; nil of more than 12.
    ///
    /// Source: L. S. Shapley 1953; R. H. Lindeman, P. F. Merenda & R. Z. Gold 1980 (LMG); D. V. Budescu 1993,
    /// *Psychological Bulletin* 114 (general dominance). It is the rise of R² when the driver is added, averaged over all
    /// orders of adding the drivers.
    public var shapleyShares: [Double]? {
        let count = drivers.size
        guard count <= Self.mostShapleyDrivers else { return nil }
        // A set of drivers is a bit pattern; each set's R² is computed once.
        let explained = (0..<1 << count).map { set in
            rSquared(of: (0..<count).filter { set >> $0 & 1 == 1 })
        }
        let weights = (0..<count).map { size in 1 / (Double(count) * binomialCoefficient(count - 1, size)) }
        return (0..<count).map { driver in
            let bit = 1 << driver
            return explained.indices.reduce(0) { sum, set in
                guard set & bit == 0 else { return sum }
                return sum + weights[set.nonzeroBitCount] * (explained[set | bit] - explained[set])
            }
        }
    }
}

private func binomialCoefficient(_ n: Int, _ k: Int) -> Double {
    (0..<k).reduce(1) { $0 * Double(n - $1) / Double($1 + 1) }
}
