import Statistics

extension MeasureKind {
    /// Writes a value in parts.
    func parts(_ value: Double) -> [Figures.Part] {
        switch self {
        case .nps: [Figures.Part(number: Figures.signedHundred(value), unit: "")]
        case .csat, .fcrStated, .fcrObserved, .responseRate: Figures.percent(value)
        case .ces: [Figures.Part(number: Figures.oneDecimal(value), unit: "")]
        case .aht: Figures.duration(value)
        }
    }

    /// Writes a value with its unit, rounded for people.
    public func text(_ value: Double) -> String { Figures.text(parts(value)) }

    /// Writes an interval, such as "+24 to +39".
    func interval(_ estimate: Estimate) -> String { "\(text(estimate.lower)) to \(text(estimate.upper))" }

    /// Writes a value in short, beside an axis or a whisker.
    func tickLabel(_ value: Double) -> String {
        switch self {
        case .aht: Figures.clock(value)
        case .nps, .csat, .ces, .fcrStated, .fcrObserved, .responseRate: text(value)
        }
    }

    /// The values that can occur; nil where there is no upper end.
    var bounds: ClosedRange<Double>? {
        switch self {
        case .nps: -1...1
        case .csat, .fcrStated, .fcrObserved, .responseRate: 0...1
        case .ces(let instrument): 1...Double(instrument.points)
        case .aht: nil
        }
    }

    /// Measures of one family share the scale of their charts, so that they can be compared by eye.
    var scaleFamily: String {
        switch self {
        case .fcrStated, .fcrObserved: "fcr"
        case .nps, .csat, .ces, .aht, .responseRate: id
        }
    }

    /// Fits an axis to values, never so close that a small movement fills the chart.
    func axis(fitting values: [Double]) -> ValueAxis {
        switch self {
        case .nps: ValueAxis(fitting: values, steps: [0.1, 0.2, 0.5], leastSpan: 0.4, bounds: -1...1)
        case .csat, .fcrStated, .fcrObserved, .responseRate:
            ValueAxis(fitting: values, steps: [0.05, 0.1, 0.2, 0.25], leastSpan: 0.2, bounds: 0...1)
        case .ces(let instrument):
            ValueAxis(fitting: values, steps: [0.2, 0.5, 1, 2], leastSpan: 1, bounds: 1...Double(instrument.points))
        case .aht:
            ValueAxis(
                fitting: values, steps: [15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400], leastSpan: 60,
                bounds: 0...Double.greatestFiniteMagnitude)
        }
    }

    /// The scale of the tile's whisker: everything that can occur, or from 0 to well above the interval.
    func wholeScale(for estimate: Estimate) -> ClosedRange<Double> {
        bounds ?? 0...axis(fitting: [0, estimate.upper * 1.5]).upper
    }
}
