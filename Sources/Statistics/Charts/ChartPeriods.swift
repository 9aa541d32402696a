/// Says which of a chart's periods take part, and which of those its limits come from.
public struct ChartPeriods: Sendable, Equatable {
    /// Holds the periods the limits come from, by index; nil means every finished period.
    public let baseline: Range<Int>?

    /// Holds whether the last period is still running; it then takes part in neither limits nor signals.
    public let lastIsUnfinished: Bool

    /// Creates a choice of periods.
    public init(baseline: Range<Int>? = nil, lastIsUnfinished: Bool) {
        self.baseline = baseline
        self.lastIsUnfinished = lastIsUnfinished
    }

    /// The finished and the baseline periods out of `count`; nil when the baseline is not within the finished ones.
    func resolved(count: Int) -> (finished: Range<Int>, baseline: Range<Int>)? {
        let finished = 0..<max(0, lastIsUnfinished ? count - 1 : count)
        let baseline = baseline ?? finished
        guard baseline.clamped(to: finished) == baseline else { return nil }
        return (finished, baseline)
    }
}
