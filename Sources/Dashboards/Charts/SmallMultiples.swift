/// Many trends side by side on one scale, each small enough to compare at a glance.
struct SmallMultiples: Drawing {
    /// One team's or agent's trend.
    struct Panel {
        let name: LinkedName
        /// What the panel shows, told: the last value with its interval and n, and the course.
        let description: String
        let points: [TrendPoint?]
        /// The control limits of each stretch that has some.
        let limits: [ControlLimits?]

        /// Creates a panel.
        init(_ name: LinkedName, description: String, points: [TrendPoint?], limits: [ControlLimits?] = []) {
            self.name = name
            self.description = description
            self.points = points
            self.limits = limits
        }
    }

    /// What is seen, for those who do not see it.
    let label: String
    /// The scale of all panels.
    let axis: ValueAxis
    /// Writes a value in short.
    let tickLabel: (Double) -> String
    /// The labels of the first and the last stretch.
    let ends: (first: String, last: String)
    let panels: [Panel]

    func draw(into writer: inout MarkupWriter) {
        writer.raw("<ul class=\"multiples\" aria-label=\"")
        writer.text(label)
        writer.raw("\">\n")
        for panel in panels { draw(panel, into: &writer) }
        writer.raw("</ul>\n")
    }

    private func draw(_ panel: Panel, into writer: inout MarkupWriter) {
        let plane = TrendPlane(points: panel.points, axis: axis, top: 18, bottom: 84)
        writer.raw("<li><p>")
        panel.name.draw(into: &writer)
        writer.raw("</p><div class=\"plot\"><svg class=\"scale\" width=\"46\" height=\"104\" aria-hidden=\"true\">")
        plane.drawTicks([axis.lower, axis.upper], x: "40", tickLabel, into: &writer)
        writer.raw("</svg><svg class=\"lines\" width=\"100%\" height=\"104\" role=\"img\" aria-label=\"")
        writer.text(panel.description)
        writer.raw("\">")
        plane.drawGrid(into: &writer)
        plane.drawShapes(limits: panel.limits, height: "104", into: &writer)
        plane.drawLastPoints(into: &writer)
        plane.drawLastValue(tickLabel, into: &writer)
        writer.label("label", at: 0, y: 101, anchor: "start", ends.first)
        writer.label("label", at: 1, y: 101, anchor: "end", ends.last)
        writer.raw("</svg></div></li>\n")
    }
}
