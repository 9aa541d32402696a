/// A line through the weeks or months of a measure, with the intervals as a band.
///
/// Widths are percentages and heights are pixels, so that the chart fills a phone, a column or a sheet of paper while its text
/// keeps its size. One without a point leaves a gap.
struct TrendChart: Drawing {
    /// Identifies the chart in its page.
    let id: String
    /// What is seen.
    let title: String
    /// What is seen, told.
    let description: String
    /// Stands before the labels under the chart.
    let heading: String
    /// The stretches' labels, with the point of each that has one.
    let stretches: [(label: String, point: TrendPoint?)]
    /// Writes a value in short.
    let tickLabel: (Double) -> String
    /// The control limits of each stretch that has some; the axis has to be fitted to them too.
    let limits: [ControlLimits?]
    /// The stretches to ring, by index.
    let signals: Set<Int>
    /// What begins at a stretch, earliest first.
    let events: [TrendEvent]
    /// The stretches to shade, by index: the page's period within a longer trend.
    let shaded: Range<Int>?

    private let plane: TrendPlane

    /// On a phone, more points than this would touch.
    private var isDense: Bool { stretches.count > 30 }

    /// Creates a chart.
    init(
        id: String, title: String, description: String, heading: String,
        stretches: [(label: String, point: TrendPoint?)], axis: ValueAxis,
        tickLabel: @escaping (Double) -> String, limits: [ControlLimits?] = [], signals: Set<Int> = [],
        events: [TrendEvent] = [], shaded: Range<Int>? = nil
    ) {
        self.id = id
        self.title = title
        self.description = description
        self.heading = heading
        self.stretches = stretches
        self.tickLabel = tickLabel
        self.limits = limits
        self.signals = signals
        self.events = events
        self.shaded = shaded
        plane = TrendPlane(points: stretches.map(\.point), axis: axis, top: 14, bottom: 184)
    }

    /// The drawing as a text.
    var svg: String { markup }

    /// Draws the scale and, beside it, the chart.
    func draw(into writer: inout MarkupWriter) {
        drawOpening(into: &writer)
        plane.drawShade(shaded, into: &writer)
        drawRest(into: &writer)
    }

    /// The chart without its shade, drawn once for every page that shows it.
    func drawn() -> DrawnTrendChart {
        var (opening, rest) = (MarkupWriter(), MarkupWriter(reserving: 1 << 14))
        drawOpening(into: &opening)
        drawRest(into: &rest)
        return DrawnTrendChart(opening: opening.bytes, rest: rest.bytes, plane: plane)
    }

    private func drawOpening(into writer: inout MarkupWriter) {
        writer.raw("<svg class=\"scale\" width=\"52\" height=\"210\" aria-hidden=\"true\">")
        plane.drawTicks(plane.axis.ticks, x: "46", tickLabel, into: &writer)
        writer.raw("<text x=\"46\" y=\"204\" text-anchor=\"end\">")
        writer.text(heading)
        writer.raw("</text></svg><svg class=\"\(isDense ? "lines dense" : "lines")\" width=\"100%\" height=\"210\"")
        writer.raw(" role=\"img\" aria-labelledby=\"\(id)-title \(id)-description\"><title id=\"\(id)-title\">")
        writer.text(title)
        writer.raw("</title><desc id=\"\(id)-description\">")
        writer.text(description)
        writer.raw("</desc>")
    }

    private func drawRest(into writer: inout MarkupWriter) {
        plane.drawGrid(into: &writer)
        plane.drawShapes(limits: limits, height: "210", into: &writer)
        drawLimitNames(into: &writer)
        drawEvents(into: &writer)
        drawLabels(into: &writer)
        drawPoints(into: &writer)
        plane.drawLastValue(tickLabel, into: &writer)
        writer.raw("</svg>")
    }

    /// Draws about four labels on a phone and eight elsewhere, counted back from the last one; the style hides the others.
    private func drawLabels(into writer: inout MarkupWriter) {
        let wide = max((stretches.count + 7) / 8, 1)
        let narrow = wide * max((stretches.count + 4 * wide - 1) / (4 * wide), 1)
        for index in stretches.indices {
            let back = stretches.count - 1 - index
            guard back.isMultiple(of: wide) else { continue }
            // Centred on one of the first points, a label would run into the words beside the axis; on a phone, one that starts
            // there would run into the next.
            let isCramped = plane.position(index) < 0.08
            let isForAll = back.isMultiple(of: narrow) && (index == 0 || !isCramped)
            writer.label(
                isForAll ? "label" : "label wide", at: plane.position(index), y: 204,
                anchor: isCramped ? "start" : "middle", stretches[index].label)
        }
    }

    private func drawPoints(into writer: inout MarkupWriter) {
        let alone = plane.finishedRuns.filter { $0.count == 1 }.map(\.lowerBound)
        for index in stretches.indices {
            guard let point = stretches[index].point else { continue }
            let (x, y) = (plane.position(index), plane.height(point.value))
            if point.kind == .unfinished || alone.contains(index) {
                writer.line("reach", from: x, to: x, y: plane.height(point.lower), plane.height(point.upper))
            }
            if signals.contains(index) { writer.circle("signal", at: x, y: y, radius: "7") }
            writer.circle(
                point.kind.style, at: x, y: y, radius: isDense && point.kind != .unfinished ? "2" : "3.5",
                tip: point.tip)
        }
    }

    // MARK: Limits, events and the period

    /// Writes what the limits are: outside them, where the line seldom is.
    private func drawLimitNames(into writer: inout MarkupWriter) {
        drawLimitName("Upper limit", shift: -4, into: &writer) { $0.upper }
        // Below the lowest gridline stand the stretches' labels.
        let lowest = limits.compactMap { $0 }.map { plane.height($0.lower) }.max() ?? 0
        drawLimitName("Lower limit", shift: lowest + 14 > plane.bottom ? -4 : 13, into: &writer) { $0.lower }
    }

    /// Writes a name beside its limit, at the first place where few points are in its way.
    private func drawLimitName(
        _ name: String, shift: Double, into writer: inout MarkupWriter, of value: (ControlLimits) -> Double
    ) {
        // On a phone the name is about a third as wide as the chart.
        let width = max(stretches.count / 3, 1)
        var best: (index: Int, y: Double, crossings: Int)?
        for index in limits.indices where index + width <= stretches.count {
            guard let y = limits[index].map({ plane.height(value($0)) + shift }) else { continue }
            let crossings = stretches[index..<index + width].count { stretch in
                stretch.point.map { (y - 14...y + 6).contains(plane.height($0.value)) } ?? false
            }
            if crossings < best?.crossings ?? .max { best = (index, y, crossings) }
            if crossings == 0 { break }
        }
        guard let best else { return }
        writer.label("name", at: plane.edge(best.index), y: best.y, anchor: "start", name)
    }

    /// Draws a line where each event begins, and its label at the top; close neighbours' labels stand below each other.
    private func drawEvents(into writer: inout MarkupWriter) {
        for event in events {
            let x = plane.edge(event.stretch)
            writer.line("event", from: x, to: x, y: 0, plane.bottom)
        }
        var (row, last) = (0.0, -1.0)
        for event in events {
            let x = plane.edge(event.stretch)
            row = x - last < 0.35 ? row + 1 : 0
            last = x
            writer.label(
                "name", at: x, y: 9 + 13 * row, anchor: x > 0.65 ? "end" : "start", shift: x > 0.65 ? "-4" : "4",
                event.label)
        }
    }

}

/// A trend that was drawn before, for pages that differ in the period they shade.
struct DrawnTrendChart {
    fileprivate let opening: [UInt8]
    fileprivate let rest: [UInt8]
    fileprivate let plane: TrendPlane

    /// The chart with some stretches shaded.
    func shading(_ shaded: Range<Int>?) -> any Drawing { Shaded(chart: self, shaded: shaded) }

    private struct Shaded: Drawing {
        let chart: DrawnTrendChart
        let shaded: Range<Int>?

        func draw(into writer: inout MarkupWriter) {
            writer.append(chart.opening)
            chart.plane.drawShade(shaded, into: &writer)
            writer.append(chart.rest)
        }
    }
}
