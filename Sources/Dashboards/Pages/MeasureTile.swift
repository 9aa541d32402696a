import Statistics

/// One measure at a glance: the value, its interval as a whisker and in words, n, the weeks, and how it has changed.
struct MeasureTile: Drawing {
    private let series: MeasureSeries
    private let rule: SufficiencyRule
    private let comparison: String

    /// Creates a tile.
    ///
    /// - Parameter comparison: What the period is compared with, such as "the 28 days before".
    init(_ series: MeasureSeries, comparison: String, rule: SufficiencyRule) {
        self.series = series
        self.comparison = comparison
        self.rule = rule
    }

    func draw(into writer: inout MarkupWriter) {
        let (kind, words) = (series.kind, series.kind.words)
        let n = series.n
        let sufficiency = kind.sufficiency(of: n, rule)
        writer.raw("<div class=\"tile\(sufficiency == .provisional ? " few" : "")\">\n<h2><a href=\"#\(kind.id)\">")
        writer.text(words.shortName)
        writer.raw("</a></h2>\n")
        Paragraph(words.caption, style: "caption").draw(into: &writer)
        if let total = series.total, sufficiency != .withheld {
            drawFigure(total, into: &writer)
            Paragraph(words.count(n), style: "note").draw(into: &writer)
            Paragraph(ChangeWords.short(series, comparison: comparison, rule: rule), style: "note change")
                .draw(into: &writer)
        } else {
            Paragraph(n == 0 ? "No data" : "Not enough data", style: "withheld").draw(into: &writer)
            Paragraph(
                n == 0 ? "in this period" : "\(words.count(n)), \(rule.shownFrom) needed", style: "note"
            ).draw(into: &writer)
        }
        writer.raw("</div>\n")
    }

    /// The weeks in little; the trend below has them with their scale.
    private func drawWeeks(into writer: inout MarkupWriter) {
        let points = series.points.map { $0.drawn(as: series.kind, rule) }
        let shown = points.compactMap(\.self)
        guard shown.count > 1 else { return }
        Sparkline(points, axis: series.kind.axis(fitting: shown.map(\.value))).draw(into: &writer)
    }

    private func drawFigure(_ total: Estimate, into writer: inout MarkupWriter) {
        let kind = series.kind
        let scale = kind.wholeScale(for: total)
        writer.raw("<p class=\"figure\">")
        for part in kind.parts(total.point) {
            writer.raw("<span>")
            writer.text(part.number)
            if !part.unit.isEmpty {
                writer.raw(" <small>")
                writer.text(part.unit)
                writer.raw("</small>")
            }
            writer.raw("</span> ")
        }
        writer.raw("</p>\n")
        drawWeeks(into: &writer)
        IntervalWhisker(estimate: total, scale: scale).draw(into: &writer)
        writer.raw("<p class=\"ends\" aria-hidden=\"true\"><span>")
        writer.text(kind.tickLabel(scale.lowerBound))
        writer.raw("</span><span>")
        writer.text(kind.tickLabel(scale.upperBound))
        writer.raw("</span></p>\n<p class=\"note\">95\u{202F}% interval<br>")
        writer.text("\(kind.tickLabel(total.lower)) to \(kind.tickLabel(total.upper))")
        writer.raw("</p>\n")
    }
}

/// The tiles of a page in a row.
struct TileRow: Drawing {
    let tiles: [any Drawing]

    func draw(into writer: inout MarkupWriter) {
        guard !tiles.isEmpty else { return }
        writer.raw("<section class=\"tiles\" aria-label=\"Measures for the whole period\">\n")
        for tile in tiles { tile.draw(into: &writer) }
        writer.raw("</section>\n")
    }
}
