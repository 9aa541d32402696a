import Statistics

/// A value and its interval on the whole scale, in one line.
struct IntervalWhisker: Drawing {
    /// The value and its interval.
    let estimate: Estimate
    /// The ends of the scale.
    let scale: ClosedRange<Double>

    /// The drawing as a text.
    var svg: String { markup }

    /// Draws the whisker, as wide as its place. It repeats what stands beside it in words, so screen readers skip it.
    func draw(into writer: inout MarkupWriter) {
        let (lower, upper) = (position(estimate.lower), position(estimate.upper))
        writer.raw(
            """
            <svg class="whisker" width="100%" height="16" aria-hidden="true">\
            <line class="track" x1="0" x2="100%" y1="8" y2="8"/>
            """)
        writer.line("interval", from: lower, to: upper, y: 8, 8)
        writer.line("interval", from: lower, to: lower, y: 4, 12)
        writer.line("interval", from: upper, to: upper, y: 4, 12)
        writer.raw("<circle class=\"point\" cx=\"")
        writer.across(position(estimate.point))
        writer.raw("\" cy=\"8\" r=\"4\"/></svg>")
    }

    /// Keeps a little room at both ends, so that the dot is never cut.
    private func position(_ value: Double) -> Double {
        let fraction = (value - scale.lowerBound) / (scale.upperBound - scale.lowerBound)
        return 0.03 + 0.94 * min(max(fraction, 0), 1)
    }
}
