import Statistics

/// A value and its interval on the whole scale, in one line.
struct IntervalWhisker {
    /// The value and its interval.
    let estimate: Estimate
    /// The ends of the scale.
    let scale: ClosedRange<Double>

    /// Draws the whisker, as wide as its place. It repeats what stands beside it in words, so screen readers skip it.
    var svg: String {
        let point = across(position(estimate.point))
        let (lower, upper) = (across(position(estimate.lower)), across(position(estimate.upper)))
        return """
            <svg class="whisker" width="100%" height="16" aria-hidden="true">\
            <line class="track" x1="0" x2="100%" y1="8" y2="8"/>\
            <line class="interval" x1="\(lower)" x2="\(upper)" y1="8" y2="8"/>\
            <line class="interval" x1="\(lower)" x2="\(lower)" y1="4" y2="12"/>\
            <line class="interval" x1="\(upper)" x2="\(upper)" y1="4" y2="12"/>\
            <circle class="point" cx="\(point)" cy="8" r="4"/></svg>
            """
    }

    /// Keeps a little room at both ends, so that the dot is never cut.
    private func position(_ value: Double) -> Double {
        let fraction = (value - scale.lowerBound) / (scale.upperBound - scale.lowerBound)
        return 0.03 + 0.94 * min(max(fraction, 0), 1)
    }
}
