import Statistics

/// What stands behind a measure: the counts that its value, its interval, its change and its control limits all come from.
enum Sample {
    case net(NPSCounts)
    case share(Share)
    case mean(Moments)
    /// The value below which a share of durations lies.
    case quantile(DurationHistogram, Double)
    case events(EventCount)

    /// The value with its interval; nil where there is nothing to measure.
    var estimate: Estimate? {
        switch self {
        case .net(let counts): counts.estimate()
        case .share(let share): share.estimate()
        case .mean(let moments): moments.estimate()
        case .quantile(let histogram, let p): histogram.estimate(of: p)
        case .events(let events): events.estimate()
        }
    }

    /// How the value has changed since an earlier period; nil where either has none, or there is no test.
    func change(from earlier: Sample) -> Change? {
        switch (self, earlier) {
        case (.net(let now), .net(let before)): now.change(from: before).map(Change.init)
        case (.share(let now), .share(let before)): now.difference(from: before).map(Change.init)
        case (.mean(let now), .mean(let before)): now.change(from: before).map(Change.init)
        case (.events(let now), .events(let before)): now.change(from: before).map { Change($0, now, before) }
        default: nil
        }
    }
}

/// How a value has changed between two periods.
struct Change {
    /// The difference of the two values as they are shown.
    let difference: Double
    /// Whether the interval of the change leaves out "no change".
    let isDetectable: Bool
    /// The probability of so large a change when nothing has changed; nil where only the interval is defined.
    let pValue: Double?

    init(_ difference: Difference) {
        self.difference = difference.point
        isDetectable = difference.isDetectable
        pValue = difference.test?.pValue
    }

    init(_ ratio: RateRatio, _ now: EventCount, _ before: EventCount) {
        difference = Double(now.count) - Double(before.count) * now.exposure / before.exposure
        isDetectable = ratio.isDetectable
        pValue = ratio.pValue
    }
}

/// The centre, limits and signals of a measure over consecutive stretches.
struct ControlChart {
    let centre: Double
    /// Limits of each stretch; nil where it has none.
    let limits: [ClosedRange<Double>?]
    let signals: [ChartSignal]
    /// The chart's name for readers, such as "Laney p′".
    let method: String
    /// The stretches that the limits come from.
    let baseline: Range<Int>

    /// Draws limits from the stretches' samples; nil where there are too few, or none are defined for the measure.
    init?(_ samples: [Sample?], bounds: ClosedRange<Double>, periods: ChartPeriods) {
        switch samples.lazy.compactMap(\.self).first {
        case .share:
            let shares = samples.map { if case .share(let share) = $0 { share } else { Share.none } }
            guard let chart = ShareChart(shares, periods: periods) else { return nil }
            self.init(
                centre: chart.centre, limits: chart.limits, signals: chart.signals,
                method: chart.method == .laney ? "Laney p′ limits" : "p-chart limits", baseline: chart.baseline)
        case .net:
            let counts = samples.map { if case .net(let counts) = $0 { counts } else { NPSCounts.none } }
            guard let chart = MeanChart(counts, periods: periods) else { return nil }
            self.init(chart)
        case .mean:
            let moments = samples.map { if case .mean(let moments) = $0 { moments } else { Moments.none } }
            guard let chart = MeanChart(moments, within: bounds, periods: periods) else { return nil }
            self.init(chart)
        case .events:
            // A week without events is a zero, not a gap.
            let values = samples.map { if case .events(let events) = $0 { Double(events.count) } else { 0.0 } }
            guard let chart = IndividualsChart(values, periods: periods) else { return nil }
            self.init(
                centre: chart.mean,
                limits: values.indices.map { index in
                    periods.lastIsUnfinished && index == values.count - 1
                        ? nil : max(0, chart.limits.lowerBound)...chart.limits.upperBound
                }, signals: chart.signals, method: "XmR limits", baseline: chart.baseline)
        case .quantile, nil:
            return nil
        }
    }

    private init(_ chart: MeanChart) {
        self.init(
            centre: chart.centre, limits: chart.limits, signals: chart.signals,
            method: chart.method == .laney ? "x̄ limits, stretched as Laney’s" : "x̄ limits", baseline: chart.baseline)
    }

    private init(
        centre: Double, limits: [ClosedRange<Double>?], signals: [ChartSignal], method: String, baseline: Range<Int>
    ) {
        self.centre = centre
        self.limits = limits
        self.signals = signals
        self.method = method
        self.baseline = baseline
    }
}
