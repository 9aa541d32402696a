/// What a whole is made of: one bar, cut into labelled parts, such as talk, hold and work after the contact.
struct PartsBar: Drawing {
    /// One part.
    struct Part {
        let name: String
        let value: Double
        /// The value in words.
        let text: String
    }

    /// Identifies the bar in its page.
    let id: String
    /// The parts, at most four told apart by their filling.
    let parts: [Part]

    private static let styles = ["part1", "part2", "part3", "part4"]

    /// Draws the bar and, below it, a list of the parts with their fillings. The list says all, so screen readers skip the bar.
    func draw(into writer: inout MarkupWriter) {
        let total = parts.reduce(0) { $0 + max($1.value, 0) }
        writer.raw("<div class=\"parts\"><svg width=\"100%\" height=\"44\" aria-hidden=\"true\">")
        drawPattern(into: &writer)
        var start = 0.0
        for (index, part) in parts.enumerated() where total > 0 {
            let share = max(part.value, 0) / total
            drawFilling(index, x: start, width: share, y: "18", height: "26", into: &writer)
            // A letter is about 7 pixels wide, and the bar 230 on a phone and at least 480 where the style shows more labels.
            let length = Double(part.name.count) * 7
            if length < share * 480 {
                writer.label(
                    length < share * 230 ? "label" : "label wide", at: start, y: 12, anchor: "start", part.name)
            }
            start += share
        }
        writer.raw("</svg>\n<ul class=\"key\">")
        for (index, part) in parts.enumerated() {
            writer.raw("<li><svg width=\"16\" height=\"16\" aria-hidden=\"true\">")
            drawFilling(index, x: 0, width: 1, y: "0", height: "16", into: &writer)
            writer.raw("</svg><span>")
            writer.text(part.name)
            writer.raw(" <b>")
            writer.text(part.text)
            writer.raw("</b> ")
            writer.text(total > 0 ? Figures.text(Figures.percent(max(part.value, 0) / total)) : "–")
            writer.raw("</span></li>")
        }
        writer.raw("</ul></div>\n")
    }

    private func drawFilling(
        _ index: Int, x: Double, width: Double, y: String, height: String, into writer: inout MarkupWriter
    ) {
        let style = Self.styles[index % Self.styles.count]
        writer.raw("<rect class=\"\(style)\" x=\"")
        writer.across(x)
        writer.raw("\" width=\"")
        writer.across(width)
        writer.raw("\" y=\"\(y)\" height=\"\(height)\"")
        writer.raw(index % Self.styles.count == 1 ? " fill=\"url(#\(id)-hatch)\"/>" : "/>")
    }

    private func drawPattern(into writer: inout MarkupWriter) {
        writer.raw(
            """
            <defs><pattern id="\(id)-hatch" width="6" height="6" patternUnits="userSpaceOnUse" \
            patternTransform="rotate(45)"><path class="hatch" d="M0,0V6"/></pattern></defs>
            """)
    }
}
