/// The course of a measure in the height of two lines of text, for a tile.
struct Sparkline: Drawing {
    private let plane: TrendPlane

    /// Creates a sparkline of a trend's points.
    ///
    /// - Parameter axis: The scale; sparklines that stand together and measure the same share it.
    init(_ points: [TrendPoint?], axis: ValueAxis) {
        plane = TrendPlane(points: points, axis: axis, top: 4, bottom: 28)
    }

    /// Draws the line, its last finished point and the unfinished one. It repeats the trend, so screen readers skip it.
    func draw(into writer: inout MarkupWriter) {
        writer.raw("<svg class=\"spark\" width=\"100%\" height=\"32\" aria-hidden=\"true\">")
        plane.drawShapes(hasBands: false, height: "32", into: &writer)
        plane.drawLastPoints(into: &writer)
        writer.raw("</svg>")
    }
}
