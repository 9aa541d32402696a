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
        guard let (finished, baseline) = periods.resolved(count: shares.count),
            shares.allSatisfy({ $0.isDefined || $0 == .none })
        else { return nil }
        let observed = shares[baseline].filter(\.isDefined)
        let whole = observed.reduce(.none, +)
        guard observed.count >= 2, let centre = whole.proportion else { return nil }

        let method = method ?? (whole.total >= Self.laneyFrom * observed.count ? .laney : .pChart)
        let stretch = method == .laney ? Self.laneyStretch(observed, centre: centre) : 1
        let limits = finished.map { index -> ClosedRange<Double>? in
            guard shares[index].isDefined else { return nil }
            let reach = 3 * stretch * Self.binomialError(centre, n: shares[index].total)
            return max(0, centre - reach)...min(1, centre + reach)
        }
        self.centre = centre
        self.stretch = stretch
        self.method = method
        self.baseline = baseline
        self.limits = limits + shares.indices.dropFirst(finished.count).map { _ in nil }
        signals = chartSignals(values: shares[finished].map(\.proportion), centre: centre, limits: limits)
    }

    /// Laney's σz: the mean moving range of the standardised shares over 1.128; 0 when no share can vary.
    private static func laneyStretch(_ shares: [Share], centre: Double) -> Double {
        let scores = shares.compactMap { share -> Double? in
            let error = binomialError(centre, n: share.total)
            guard error > 0 else { return nil }
            return share.proportion.map { ($0 - centre) / error }
        }
        guard scores.count >= 2 else { return 0 }
        let ranges = zip(scores, scores.dropFirst()).map { abs($1 - $0) }
        return ranges.reduce(0, +) / Double(ranges.count) / IndividualsChart.meanRangeOfTwo
    }

    static func binomialError(_ proportion: Double, n: Int) -> Double {
        (proportion * (1 - proportion) / Double(n)).squareRoot()
    }
}
