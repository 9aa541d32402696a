/// The places of a trend's stretches and values in a drawing, and the shapes that join them.
///
/// Shapes with slanted edges cannot take percentages: they are drawn in an inner drawing, 1,000 units wide, that is stretched
/// sideways.
struct TrendPlane {
    /// The point of each stretch that has one.
    let points: [TrendPoint?]
    /// The ends of the scale.
    let axis: ValueAxis
    /// The heights of the scale's ends, in pixels.
    let (top, bottom): (Double, Double)

    /// The middle of a stretch, as a fraction of the width.
    func position(_ index: Int) -> Double { (Double(index) + 0.5) / Double(points.count) }

    /// The left edge of a stretch, as a fraction of the width.
    func edge(_ index: Int) -> Double { Double(index) / Double(max(points.count, 1)) }

    /// The height of a value, in pixels from above.
    func height(_ value: Double) -> Double { bottom - axis.fraction(of: value) * (bottom - top) }

    // MARK: Scale

    /// Draws a line across at each labelled value.
    func drawGrid(into writer: inout MarkupWriter) {
        for tick in axis.ticks {
            let y = height(tick)
            writer.line(abs(tick) < 1e-9 && axis.lower < 0 ? "zero" : "grid", from: 0, to: 1, y: y, y)
        }
    }

    /// Draws the labelled values, right-aligned.
    func drawTicks(_ ticks: [Double], x: String, _ tickLabel: (Double) -> String, into writer: inout MarkupWriter) {
        for tick in ticks {
            writer.raw("<text x=\"\(x)\" y=\"")
            writer.coordinate(height(tick) + 4)
            writer.raw("\" text-anchor=\"end\">")
            writer.text(tickLabel(tick))
            writer.raw("</text>")
        }
    }

    /// Shades some stretches.
    func drawShade(_ stretches: Range<Int>?, into writer: inout MarkupWriter) {
        guard let shaded = stretches?.clamped(to: 0..<points.count), !shaded.isEmpty else { return }
        let (start, end) = (edge(shaded.lowerBound), edge(shaded.upperBound))
        writer.raw("<rect class=\"shade\" x=\"")
        writer.across(start)
        writer.raw("\" width=\"")
        writer.across(end - start)
        writer.raw("\" y=\"")
        writer.coordinate(top)
        writer.raw("\" height=\"")
        writer.coordinate(bottom - top)
        writer.raw("\"/>")
        // A shade alone is lost on paper.
        writer.line("span", from: start, to: end, y: bottom, bottom)
    }

    // MARK: Shapes

    /// Opens the inner drawing, which is stretched sideways, draws its shapes, and closes it.
    func drawShapes(
        hasBands: Bool = true, limits: [ControlLimits?] = [], height: String, into writer: inout MarkupWriter
    ) {
        writer.raw("<svg width=\"100%\" height=\"\(height)\" viewBox=\"0 0 1000 \(height)\"")
        writer.raw(" preserveAspectRatio=\"none\" aria-hidden=\"true\">")
        if hasBands {
            for run in finishedRuns where run.count > 1 { drawBand(run, into: &writer) }
        }
        if limits.contains(where: { $0 != nil }) {
            drawSteps("centre", limits, { $0.centre }, into: &writer)
            drawSteps("limit", limits, { $0.lower }, into: &writer)
            drawSteps("limit", limits, { $0.upper }, into: &writer)
        }
        drawLines(into: &writer)
        writer.raw("</svg>")
    }

    private func drawBand(_ run: Range<Int>, into writer: inout MarkupWriter) {
        writer.raw("<polygon class=\"band\" points=\"")
        for index in run {
            guard let point = points[index] else { continue }
            if index > run.lowerBound { writer.raw(" ") }
            drawCorner(index, point.upper, into: &writer)
        }
        for index in run.reversed() {
            guard let point = points[index] else { continue }
            writer.raw(" ")
            drawCorner(index, point.lower, into: &writer)
        }
        writer.raw("\"/>")
    }

    /// Draws one line through neighbouring points for as long as its style stays the same.
    private func drawLines(into writer: inout MarkupWriter) {
        var current: String?
        for index in points.indices.dropFirst() {
            let next = lineStyle(from: points[index - 1], to: points[index])
            if next != current {
                if current != nil { writer.raw("\"/>") }
                if let next, let first = points[index - 1] {
                    writer.raw("<polyline class=\"\(next)\" points=\"")
                    drawCorner(index - 1, first.value, into: &writer)
                }
                current = next
            }
            if current != nil, let second = points[index] {
                writer.raw(" ")
                drawCorner(index, second.value, into: &writer)
            }
        }
        if current != nil { writer.raw("\"/>") }
    }

    private func lineStyle(from first: TrendPoint?, to second: TrendPoint?) -> String? {
        guard let first, let second else { return nil }
        if first.kind == .unfinished || second.kind == .unfinished { return "line open" }
        return first.kind == .full && second.kind == .full ? "line" : "line few"
    }

    /// Draws a line that keeps its height through a stretch and steps where the next one's differs.
    private func drawSteps(
        _ style: String, _ limits: [ControlLimits?], _ value: (ControlLimits) -> Double,
        into writer: inout MarkupWriter
    ) {
        writer.raw("<path class=\"\(style)\" d=\"")
        var current: Double?
        for index in points.indices {
            let next = index < limits.count ? limits[index].map(value) : nil
            guard next != current else { continue }
            writer.raw(current == nil ? "M" : "H")
            writer.coordinate(edge(index) * 1000)
            if let next {
                writer.raw(current == nil ? "," : "V")
                writer.coordinate(height(next))
            }
            current = next
        }
        writer.raw(current == nil ? "\"/>" : "H1000\"/>")
    }

    private func drawCorner(_ index: Int, _ value: Double, into writer: inout MarkupWriter) {
        writer.coordinate(position(index) * 1000)
        writer.raw(",")
        writer.coordinate(height(value))
    }

    // MARK: Points

    /// Writes the value of the last finished stretch above or below the end of the line, whichever is nearer to its point.
    func drawLastValue(_ tickLabel: (Double) -> String, into writer: inout MarkupWriter) {
        guard let index = lastFinished, let point = points[index] else { return }
        var (highest, lowest) = (height(point.value), height(point.value))
        // On a phone the label is about a sixth as wide as the chart.
        let beside = min(Int(Double(points.count) * 0.84), max(index - 1, 0))..<points.count
        for point in points[beside] {
            guard let y = point.map({ height($0.value) }) else { continue }
            highest = min(highest, y)
            lowest = max(lowest, y)
        }
        let y = height(point.value)
        let isAbove = y - highest <= lowest - y || lowest + 14 > bottom
        writer.label(
            "value", at: position(index), y: isAbove ? highest - 9 : lowest + 18, anchor: "end", shift: "5",
            tickLabel(point.value))
    }

    /// Draws the last finished point and, hollow, the unfinished one.
    func drawLastPoints(into writer: inout MarkupWriter) {
        for index in [lastFinished, points.lastIndex { $0?.kind == .unfinished }] {
            guard let index, let point = points[index] else { continue }
            writer.circle(point.kind.style, at: position(index), y: height(point.value), radius: "3")
        }
    }

    /// The index of the last stretch to which nothing can be added.
    var lastFinished: Int? { points.lastIndex { $0 != nil && $0?.kind != .unfinished } }

    /// The longest runs of neighbouring stretches that have a finished point.
    var finishedRuns: [Range<Int>] {
        var runs: [Range<Int>] = []
        for index in points.indices where points[index] != nil && points[index]?.kind != .unfinished {
            if let last = runs.last, last.upperBound == index {
                runs[runs.count - 1] = last.lowerBound..<index + 1
            } else {
                runs.append(index..<index + 1)
            }
        }
        return runs
    }
}
