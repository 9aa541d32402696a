/// Is the control chart of a mean over periods of varying size: NPS and net easy, the means of CSAT and CES, AHT.
public struct MeanChart: Sendable, Equatable {
    /// Says how wide the limits are.
    public enum Method: Sendable, Equatable {
        /// Limits of the x̄ chart, centre ± 3 · s / √nᵢ (Shewhart 1931): right for small periods, too narrow for large ones.
        case plain

        /// The same, stretched by the variation between periods (Laney 2002, *Quality Engineering* 14, 531–537, for shares).
        case laney
    }

    /// Holds the mean of the whole baseline, the centre line.
    public let centre: Double

    /// Holds the limits of each period, within the measure's bounds; nil where it has no observations or is unfinished.
    public let limits: [ClosedRange<Double>?]

    /// Holds the factor the plain limits were stretched by: Laney's σz, and 1 for plain limits.
    public let stretch: Double

    /// Holds how the limits were drawn.
    public let method: Method

    /// Holds the finished periods the limits come from, by index.
    public let baseline: Range<Int>

    /// Holds the signals of the finished periods.
    public let signals: [ChartSignal]

    /// Draws the chart of a net score, −1 to 1; nil of impossible counts or fewer than two periods of the baseline with any.
    ///
    /// A net score is the mean of −1, 0 and 1; s² is its variance in the whole baseline. Without a method, Laney's is used
    /// when the baseline's periods have 100 answers or more on average.
    public init?(_ scores: [NPSCounts], periods: ChartPeriods, method: Method? = nil) {
        guard scores.allSatisfy({ $0.isDefined || $0 == .none }),
            let baseline = periods.resolved(count: scores.count)?.baseline
        else { return nil }
        let whole = scores[baseline].reduce(.none, +)
        self.init(
            scores.map { counts in counts.score.map { SizedMean(mean: $0, n: counts.n) } },
            centre: whole.score, variance: whole.variance, bounds: -1...1, periods: periods, method: method)
    }

    /// Draws the chart of a mean; nil of impossible moments, fewer than two periods of the baseline with any, or a mean
    /// outside the bounds.
    ///
    /// The limits stay within the bounds: the ends of a scale, or 0 and infinity for seconds. s² is the variance of all
    /// observations of the baseline. Without a method, Laney's is used when its periods have 100 or more on average.
    public init?(
        _ moments: [Moments], within bounds: ClosedRange<Double>, periods: ChartPeriods, method: Method? = nil
    ) {
        guard moments.allSatisfy({ $0.mean != nil || $0 == .none }),
            let baseline = periods.resolved(count: moments.count)?.baseline
        else { return nil }
        let whole = moments[baseline].reduce(.none, +)
        self.init(
            moments.map { period in period.mean.map { SizedMean(mean: $0, n: period.n) } },
            centre: whole.mean, variance: whole.variance, bounds: bounds, periods: periods, method: method)
    }

    private init?(
        _ means: [SizedMean?], centre: Double?, variance: Double?, bounds: ClosedRange<Double>,
        periods: ChartPeriods, method: Method?
    ) {
        guard let centre, let variance,
            let drawn = SizedLimits(
                means, centre: centre, variance: variance, bounds: bounds, periods: periods,
                stretched: method.map { $0 == .laney })
        else { return nil }
        self.centre = centre
        self.method = drawn.isStretched ? .laney : .plain
        limits = drawn.limits
        stretch = drawn.stretch
        baseline = drawn.baseline
        signals = drawn.signals
    }
}
