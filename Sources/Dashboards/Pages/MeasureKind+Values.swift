import Statistics

extension MeasureKind {
    /// Writes a value in parts.
    func parts(_ value: Double) -> [Figures.Part] {
        switch unit {
        case .net: [Figures.Part(number: Figures.signedHundred(value), unit: "")]
        case .share: Figures.percent(value)
        case .score: [Figures.Part(number: Figures.oneDecimal(value), unit: "")]
        case .seconds: Figures.duration(value)
        case .minutes: Figures.span(minutes: value)
        case .count: [Figures.Part(number: Figures.whole(value), unit: "")]
        }
    }

    /// Writes a value with its unit, rounded for people.
    public func text(_ value: Double) -> String { Figures.text(parts(value)) }

    /// Writes an interval, such as "+24 to +39".
    func interval(_ estimate: Estimate) -> String { "\(text(estimate.lower)) to \(text(estimate.upper))" }

    /// Writes a value in short, beside an axis or a whisker.
    func tickLabel(_ value: Double) -> String {
        switch unit {
        case .seconds: Figures.clock(value)
        case .minutes: Figures.days(minutes: value)
        case .net, .share, .score, .count: text(value)
        }
    }

    /// Writes by how much a value has changed, such as "6 points" or "12 s".
    func distance(_ difference: Double) -> String {
        let size = abs(difference)
        return switch unit {
        case .net: "\(Figures.wholeOrLess(size * 100)) points"
        case .share: "\(Figures.wholeOrLess(size * 100)) percentage points"
        case .score: size < 0.05 ? "less than 0.1" : Figures.oneDecimal(size)
        case .seconds, .minutes: text(size)
        case .count: Figures.whole(size)
        }
    }

    /// The values that can occur; nil where there is no upper end.
    var bounds: ClosedRange<Double>? {
        switch unit {
        case .net: -1...1
        case .share: 0...1
        case .score(let points): 1...Double(points)
        case .seconds, .minutes, .count: nil
        }
    }

    /// Fits an axis to values, never so close that a small movement fills the chart.
    func axis(fitting values: [Double]) -> ValueAxis {
        let endless = 0...Double.greatestFiniteMagnitude
        return switch unit {
        case .net: ValueAxis(fitting: values, steps: [0.1, 0.2, 0.5], leastSpan: 0.4, bounds: -1...1)
        case .share: ValueAxis(fitting: values, steps: [0.05, 0.1, 0.2, 0.25], leastSpan: 0.2, bounds: 0...1)
        case .score(let points):
            ValueAxis(fitting: values, steps: [0.2, 0.5, 1, 2], leastSpan: 1, bounds: 1...Double(points))
        case .seconds:
            ValueAxis(
                fitting: values, steps: [15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400], leastSpan: 60,
                bounds: endless)
        case .minutes:
            ValueAxis(
                fitting: values, steps: [60, 360, 720, 1440, 2880, 7200, 14400, 28800], leastSpan: 1440, bounds: endless
            )
        case .count:
            ValueAxis(
                fitting: values + [0], steps: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000],
                leastSpan: 5, bounds: endless)
        }
    }

    /// The scale of a whisker: everything that can occur, or from 0 to well above the interval.
    func wholeScale(for estimate: Estimate) -> ClosedRange<Double> {
        bounds ?? 0...axis(fitting: [0, estimate.upper * 1.5]).upper
    }
}
