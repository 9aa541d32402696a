/// Shrinks several values with one known variance towards their mean.
///
/// Source: B. Efron & C. Morris 1975, "Data analysis using Stein's estimator and its generalizations", *JASA* 70,
/// 311–319, equation 1.4, in the positive-part form.
public struct JamesStein: Sendable, Equatable {
    /// Holds the plain mean of the values, which they are drawn to.
    public let mean: Double

    /// Holds the factor each distance from the mean is multiplied by, 0 to 1.
    public let factor: Double

    /// Holds the shrunken values, in the order given.
    public let shrunk: [Double]

    /// Shrinks the values; nil of fewer than four values (fewer are not improved), or unless the variance is above 0.
    public init?(_ values: [Double], variance: Double) {
        guard values.count >= 4, values.allSatisfy(\.isFinite), variance > 0, variance.isFinite else { return nil }
        let mean = values.reduce(0, +) / Double(values.count)
        let spread = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let factor = spread > 0 ? max(0, 1 - Double(values.count - 3) * variance / spread) : 0
        self.mean = mean
        self.factor = factor
        shrunk = values.map { mean + factor * ($0 - mean) }
    }
}
