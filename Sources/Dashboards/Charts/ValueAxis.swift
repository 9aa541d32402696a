/// The vertical scale of a chart: round limits and the values that get a gridline.
struct ValueAxis: Equatable {
    /// The value at the bottom.
    let lower: Double
    /// The value at the top.
    let upper: Double
    /// The labelled values, lowest first, both ends included.
    let ticks: [Double]

    /// Fits an axis around values.
    ///
    /// - Parameters:
    ///   - steps: Distances between gridlines that may be used, smallest first. The first that needs at most five is taken.
    ///   - leastSpan: The least distance from bottom to top before rounding outward.
    ///   - bounds: Limits that the axis does not pass.
    init(fitting values: [Double], steps: [Double], leastSpan: Double, bounds: ClosedRange<Double>) {
        var low = values.min() ?? bounds.lowerBound
        var high = values.max() ?? low
        let missing = leastSpan - (high - low)
        if missing > 0 {
            low -= missing / 2
            high += missing / 2
        }
        // A span that passes a bound moves inside it rather than shrinking.
        if low < bounds.lowerBound { (low, high) = (bounds.lowerBound, max(high, bounds.lowerBound + leastSpan)) }
        if high > bounds.upperBound { (low, high) = (min(low, bounds.upperBound - leastSpan), bounds.upperBound) }
        low = max(low, bounds.lowerBound)

        // Gridlines are counted from the lower bound, so that a scale of 1 to 7 gets 1, 3, 5 and 7.
        let origin = bounds.lowerBound
        func limits(_ step: Double) -> (first: Int, last: Int) {
            // The slack keeps a limit that is a whole number of steps from being pushed outward by its last binary digit.
            let first = Int(((low - origin) / step + 1e-9).rounded(.down))
            return (first, max(first + 1, Int(((high - origin) / step - 1e-9).rounded(.up))))
        }
        let step = steps.first { limits($0).last - limits($0).first <= 5 } ?? max((high - low) / 4, steps.last ?? 1)
        let (first, last) = limits(step)
        ticks = (first...last).map { origin + Double($0) * step }
        lower = origin + Double(first) * step
        upper = origin + Double(last) * step
    }

    /// The height of a value between 0 at the bottom and 1 at the top.
    func fraction(of value: Double) -> Double { (value - lower) / (upper - lower) }
}
