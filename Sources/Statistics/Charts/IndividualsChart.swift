/// Is the chart of individual values and moving ranges (XmR), for means and sums, one value a period.
///
/// Source: D. J. Wheeler 1993, *Understanding Variation*; W. A. Shewhart 1931. The moving range estimates the spread, so a
/// shift between two phases does not widen the limits.
public struct IndividualsChart: Sendable, Equatable {
    /// Holds the mean of the baseline, the centre line.
    public let mean: Double

    /// Holds the mean moving range of the baseline.
    public let meanMovingRange: Double

    /// Holds the natural process limits, mean ± 3 · meanMovingRange / 1.128.
    public let limits: ClosedRange<Double>

    /// Holds the upper limit of the moving range, 3.267 · meanMovingRange; its lower limit is 0.
    public let upperRangeLimit: Double

    /// Holds the distance of each finished value from the one before it; the first period has none.
    public let movingRanges: [Double?]

    /// Holds the finished periods the limits come from, by index.
    public let baseline: Range<Int>

    /// Holds the signals of the values.
    public let signals: [ChartSignal]

    /// Holds the indices of the periods whose moving range lies above its limit.
    public let rangeSignals: [Int]

    /// The mean range of two normal observations in standard deviations, d₂, to the digits the literature uses.
    static let meanRangeOfTwo = 1.128

    /// Draws the chart; nil unless all values are finite and at least two of them form the baseline.
    public init?(_ values: [Double], periods: ChartPeriods) {
        guard let (finished, baseline) = periods.resolved(count: values.count), baseline.count >= 2,
            values.allSatisfy(\.isFinite)
        else { return nil }
        let ranges = finished.map { $0 == 0 ? nil : abs(values[$0] - values[$0 - 1]) }
        let mean = values[baseline].reduce(0, +) / Double(baseline.count)
        // The first range that belongs to the baseline alone is that of its second value.
        let meanRange = ranges[baseline.dropFirst()].compactMap(\.self).reduce(0, +) / Double(baseline.count - 1)
        let reach = 3 * meanRange / Self.meanRangeOfTwo
        let limits = mean - reach...mean + reach
        let upperRangeLimit = 3.267 * meanRange

        self.mean = mean
        self.limits = limits
        self.upperRangeLimit = upperRangeLimit
        self.baseline = baseline
        meanMovingRange = meanRange
        movingRanges = ranges
        signals = chartSignals(
            values: values[finished].map { $0 }, centre: mean, limits: finished.map { _ in limits })
        rangeSignals = finished.filter { index in ranges[index].map { $0 > upperRangeLimit } ?? false }
    }
}
