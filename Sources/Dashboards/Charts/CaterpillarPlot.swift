/// The estimates of many teams or agents below each other on one scale, each with its interval and the ranks it may have.
///
/// Every row is text with a small drawing between, so that names of any length and script wrap and can be searched, and so that
/// a phone can put the drawing below the name.
struct CaterpillarPlot: Drawing {
    /// One team or agent.
    struct Row {
        let name: LinkedName
        /// What is drawn; nil where there is too little.
        let estimate: GroupEstimate?
        /// The value, its interval and n in words, or why there are none.
        let words: String
        /// The ranks that are compatible with the data, such as "3–11"; empty where there are none.
        let ranks: String
    }

    /// A group's value as counted, and as estimated from its own and all groups' data.
    struct GroupEstimate {
        let raw: Double
        let shrunken: Double
        let lower: Double
        let upper: Double
    }

    /// Identifies the plot in its page.
    let id: String
    /// Names the rows, such as "Team".
    let heading: String
    /// Names the values, such as "CSAT, 95 % interval, answers".
    let wordsHeading: String
    /// The scale of all rows.
    let axis: ValueAxis
    /// Writes a value in short.
    let tickLabel: (Double) -> String
    /// The value of all groups together, and its label.
    let pooled: (value: Double, label: String)
    let rows: [Row]
    /// Whether the estimates are drawn towards the value of all, and ranked; if not, only the values as counted are drawn.
    var isShrunken = true

    func draw(into writer: inout MarkupWriter) {
        writer.raw("<div class=\"caterpillar\">\n")
        drawAxis(isTop: true, into: &writer)
        writer.raw("<ul>\n")
        for row in rows { draw(row, into: &writer) }
        writer.raw("</ul>\n")
        drawAxis(isTop: false, into: &writer)
        writer.raw("</div>\n")
        drawKey(into: &writer)
    }

    // MARK: Rows

    private func draw(_ row: Row, into writer: inout MarkupWriter) {
        writer.raw("<li><span class=\"who\">")
        row.name.draw(into: &writer)
        writer.raw(
            "</span><span class=\"drawn\"><svg width=\"100%\" height=\"100%\" aria-hidden=\"true\"><use href=\"#\(id)-grid\"/>"
        )
        if let estimate = row.estimate {
            writer.raw("<line class=\"interval\" x1=\"")
            writer.across(position(estimate.lower))
            writer.raw("\" x2=\"")
            writer.across(position(estimate.upper))
            writer.raw("\" y1=\"50%\" y2=\"50%\"/>")
            if isShrunken { drawDot("counted", estimate.raw, radius: "3", into: &writer) }
            drawDot("point", estimate.shrunken, radius: "4.5", into: &writer)
        }
        writer.raw("</svg></span><span class=\"words\">")
        writer.text(row.words)
        writer.raw("</span><span class=\"ranks\">")
        if !row.ranks.isEmpty {
            writer.raw("<small>rank </small>")
            writer.text(row.ranks)
        }
        writer.raw("</span></li>\n")
    }

    private func drawDot(_ style: String, _ value: Double, radius: String, into writer: inout MarkupWriter) {
        writer.raw("<circle class=\"\(style)\" cx=\"")
        writer.across(position(value))
        writer.raw("\" cy=\"50%\" r=\"\(radius)\"/>")
    }

    // MARK: Axis

    /// Draws the scale between the columns' headings. The upper one also holds the lines that every row repeats.
    private func drawAxis(isTop: Bool, into writer: inout MarkupWriter) {
        writer.raw("<div class=\"\(isTop ? "head" : "foot")\"")
        writer.raw(" aria-hidden=\"true\"><span class=\"who\">")
        if isTop { writer.text(heading) }
        writer.raw("</span><span class=\"drawn\"><svg width=\"100%\" height=\"\(isTop ? 36 : 20)\">")
        if isTop {
            drawLines(into: &writer)
            let x = position(pooled.value)
            writer.label("value", at: x, y: 12, anchor: x < 0.3 ? "start" : x > 0.7 ? "end" : "middle", pooled.label)
        }
        for tick in axis.ticks {
            writer.label("tick", at: position(tick), y: isTop ? 31 : 15, anchor: "middle", tickLabel(tick))
        }
        writer.raw("</svg></span><span class=\"words\">")
        if isTop { writer.text(wordsHeading) }
        writer.raw("</span><span class=\"ranks\">\(isTop && isShrunken ? "Rank" : "")</span></div>\n")
    }

    private func drawLines(into writer: inout MarkupWriter) {
        writer.raw("<defs><g id=\"\(id)-grid\">")
        for tick in axis.ticks { drawLine("grid", tick, into: &writer) }
        drawLine("pooled", pooled.value, into: &writer)
        writer.raw("</g></defs>")
    }

    private func drawLine(_ style: String, _ value: Double, into writer: inout MarkupWriter) {
        writer.raw("<line class=\"\(style)\" x1=\"")
        writer.across(position(value))
        writer.raw("\" x2=\"")
        writer.across(position(value))
        writer.raw("\" y1=\"0\" y2=\"100%\"/>")
    }

    private func drawKey(into writer: inout MarkupWriter) {
        let words =
            isShrunken
            ? "Estimate, drawn towards the value of all the more the fewer its data, with its 95\u{202F}% interval"
            : "Value as counted, with its 95\u{202F}% interval"
        let counted = """
            <li><svg width="16" height="16" aria-hidden="true"><circle class="counted" cx="8" cy="8" r="3"/></svg>\
            Value as counted</li>
            """
        writer.raw(
            """
            <ul class="key"><li><svg width="32" height="16" aria-hidden="true">\
            <line class="interval" x1="1" x2="31" y1="8" y2="8"/><circle class="point" cx="16" cy="8" r="4.5"/></svg>\
            \(words)</li>\(isShrunken ? counted : "")<li><svg width="16" height="16" aria-hidden="true">\
            <line class="pooled" x1="8" x2="8" y1="0" y2="16"/></svg>Value of all</li></ul>\n
            """)
    }

    /// Keeps a little room at both ends, so that a dot is never cut.
    private func position(_ value: Double) -> Double {
        0.03 + 0.94 * min(max(axis.fraction(of: value), 0), 1)
    }
}
