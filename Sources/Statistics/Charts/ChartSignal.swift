/// Reports a pattern that chance alone rarely makes on a control chart.
public enum ChartSignal: Sendable, Equatable {
    /// One point lies above the upper or below the lower limit; carries the point's index.
    case outsideLimits(Int)

    /// Eight or more points in a row lie on one side of the centre; carries the indices from first to last.
    case run(ClosedRange<Int>)

    /// Is the number of points in a row on one side that makes a signal (Western Electric 1956, zone test 4).
    public static let runLength = 8
}

/// Finds the signals in consecutive points; nil is a period without observations, which neither extends nor ends a run.
func chartSignals(values: [Double?], centre: Double, limits: [ClosedRange<Double>?]) -> [ChartSignal] {
    let outside = zip(values, limits).enumerated().compactMap { index, point -> ChartSignal? in
        guard let value = point.0, let limits = point.1, !limits.contains(value) else { return nil }
        return .outsideLimits(index)
    }
    return outside + runs(values: values, centre: centre)
}

private func runs(values: [Double?], centre: Double) -> [ChartSignal] {
    var signals: [ChartSignal] = []
    var run: [Int] = []
    var side = 0.0
    func close() {
        if let first = run.first, let last = run.last, run.count >= ChartSignal.runLength {
            signals.append(.run(first...last))
        }
        run = []
    }
    for (index, value) in values.enumerated() {
        guard let value else { continue }
        // A point on the centre is on neither side, so it ends a run.
        let newSide: Double = value == centre ? 0 : (value > centre ? 1 : -1)
        if newSide != side { close() }
        side = newSide
        if side != 0 { run.append(index) }
    }
    close()
    return signals
}
