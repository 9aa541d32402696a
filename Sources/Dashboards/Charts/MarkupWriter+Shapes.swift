/// Shapes whose place across is a fraction of the drawing's width, and whose height is in pixels.
extension MarkupWriter {
    /// Writes a line.
    mutating func line(_ style: String, from start: Double, to end: Double, y first: Double, _ second: Double) {
        raw("<line class=\"")
        raw(style)
        raw("\" x1=\"")
        across(start)
        raw("\" x2=\"")
        across(end)
        raw("\" y1=\"")
        coordinate(first)
        raw("\" y2=\"")
        coordinate(second)
        raw("\"/>")
    }

    /// Writes a circle up to the end of its attributes.
    private mutating func openCircle(_ style: String, at position: Double, y height: Double, radius: String) {
        raw("<circle class=\"")
        raw(style)
        raw("\" cx=\"")
        across(position)
        raw("\" cy=\"")
        coordinate(height)
        raw("\" r=\"")
        raw(radius)
        raw("\"")
    }

    /// Writes a circle.
    mutating func circle(_ style: String, at position: Double, y height: Double, radius: String) {
        openCircle(style, at: position, y: height, radius: radius)
        raw("/>")
    }

    /// Writes a circle that tells a pointer which rests on it what it stands for.
    mutating func circle(_ style: String, at position: Double, y height: Double, radius: String, tip: String) {
        openCircle(style, at: position, y: height, radius: radius)
        raw("><title>")
        text(tip)
        raw("</title></circle>")
    }

    /// Writes a text.
    mutating func label(
        _ style: String, at position: Double, y height: Double, anchor: String, shift: String? = nil, _ words: String
    ) {
        raw("<text class=\"")
        raw(style)
        raw("\" x=\"")
        across(position)
        if let shift {
            raw("\" dx=\"")
            raw(shift)
        }
        raw("\" y=\"")
        coordinate(height)
        raw("\" text-anchor=\"")
        raw(anchor)
        raw("\">")
        text(words)
        raw("</text>")
    }

    /// Writes a bar from a zero baseline at the left.
    mutating func bar(_ style: String, length: Double, height: String) {
        raw("<svg class=\"bar\" width=\"100%\" height=\"")
        raw(height)
        raw("\" aria-hidden=\"true\"><rect class=\"")
        raw(style)
        raw("\" width=\"")
        across(length)
        raw("\" height=\"")
        raw(height)
        raw("\"/></svg>")
    }
}
