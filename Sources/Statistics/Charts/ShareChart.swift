/// Is the control chart of a share over periods of varying size: the p-chart, or Laney's p′.
public struct ShareChart: Sendable, Equatable {
    /// Says how wide the limits are.
    public enum Method: Sendable, Equatable {
        /// Binomial limits (Shewhart 1931): right for small periods, and far too narrow for large ones.
        case pChart

        /// Binomial limits stretched by the variation between periods (Laney 2002, *Quality Engineering* 14, 531–537).
        case laney
    }

    /// Holds the share of the whole baseline, the centre line.
    public let centre: Double

    /// Holds the limits of each period, within 0...1; nil where the period has no observations or is unfinished.
    public let limits: [ClosedRange<Double>?]

    /// Holds the factor the binomial limits were stretched by: Laney's σz, and 1 for the p-chart.
    public let stretch: Double

    /// Holds how the limits were drawn.
    public let method: Method

    /// Holds the finished periods the limits come from, by index.
    public let baseline: Range<Int>

    /// Holds the signals of the finished periods.
    public let signals: [ChartSignal]

    /// Is the mean size of a period from which Laney's method is the default.
    public static let laneyFrom = 100

    /// Draws the chart; nil when a share is impossible or fewer than two periods of the baseline have observations.
    ///
    /// Without a method, Laney's is used when the baseline's periods have 100 observations or more on average.
    public init?(_ shares: [Share], periods: ChartPeriods, method: Method? = nil) {
        guard shares.allSatisfy({ $0.isDefined || $0 == .none }),
            let baseline = periods.resolved(count: shares.count)?.baseline,
            let centre = shares[baseline].reduce(.none, +).proportion,
            let drawn = SizedLimits(
                shares.map { share in share.proportion.map { SizedMean(mean: $0, n: share.total) } },
                centre: centre, variance: centre * (1 - centre), bounds: 0...1, periods: periods,
                stretched: method.map { $0 == .laney })
        else { return nil }
        self.centre = centre
        self.method = drawn.isStretched ? .laney : .pChart
        limits = drawn.limits
        stretch = drawn.stretch
        self.baseline = drawn.baseline
        signals = drawn.signals
    }

    static func binomialError(_ proportion: Double, n: Int) -> Double {
        (proportion * (1 - proportion) / Double(n)).squareRoot()
    }
}
