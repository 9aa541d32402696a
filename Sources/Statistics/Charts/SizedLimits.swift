/// Carries the mean of a period's observations, or their share, and how many they are.
struct SizedMean {
    let mean: Double
    let n: Int
}

/// Finds what the charts of shares and of means have in common: limits that narrow as a period's n grows.
struct SizedLimits {
    let limits: [ClosedRange<Double>?]
    let stretch: Double
    let isStretched: Bool
    let baseline: Range<Int>
    let signals: [ChartSignal]

    /// Draws centre ± 3 · √(variance / nᵢ) within the bounds; a period without observations is nil.
    ///
    /// `stretched` says whether the limits follow the variation between periods (Laney); nil leaves it to their size. Nil
    /// unless two periods of the baseline have observations and the centre lies within the bounds.
    init?(
        _ means: [SizedMean?], centre: Double, variance: Double, bounds: ClosedRange<Double>, periods: ChartPeriods,
        stretched: Bool?
    ) {
        guard let (finished, baseline) = periods.resolved(count: means.count), bounds.contains(centre) else {
            return nil
        }
        let observed = means[baseline].compactMap(\.self)
        guard observed.count >= 2 else { return nil }
        let isLarge = observed.reduce(0) { $0 + $1.n } >= ShareChart.laneyFrom * observed.count
        let isStretched = stretched ?? isLarge
        let stretch = isStretched ? Self.laneyStretch(observed, centre: centre, variance: variance) : 1
        let limits = means[finished].map { period in
            period.map { period in
                let reach = 3 * stretch * (variance / Double(period.n)).squareRoot()
                return max(bounds.lowerBound, centre - reach)...min(bounds.upperBound, centre + reach)
            }
        }
        self.stretch = stretch
        self.isStretched = isStretched
        self.baseline = baseline
        self.limits = limits + means.dropFirst(finished.count).map { _ in nil }
        signals = chartSignals(values: means[finished].map { $0?.mean }, centre: centre, limits: limits)
    }

    /// Laney's σz: the mean moving range of the standardised means over 1.128; 0 when no mean can vary.
    private static func laneyStretch(_ means: [SizedMean], centre: Double, variance: Double) -> Double {
        guard variance > 0 else { return 0 }
        let scores = means.map { ($0.mean - centre) / (variance / Double($0.n)).squareRoot() }
        let ranges = zip(scores, scores.dropFirst()).reduce(0) { $0 + abs($1.1 - $1.0) }
        return ranges / Double(scores.count - 1) / IndividualsChart.meanRangeOfTwo
    }
}
