/// Figures by row and column, shaded by how far each lies from a common value.
///
/// Each shade has its own mark, so that the table can be read without colour.
struct HeatTable: Drawing {
    /// One figure.
    enum Cell {
        /// A figure, how many are behind it in words, and its shade.
        case value(String, count: String, step: HeatStep)
        /// A figure of few, without a shade.
        case few(String, count: String)
        /// Too few to show, in words.
        case withheld(count: String)
        /// Nothing to show.
        case empty
    }

    /// One row of figures.
    struct Row {
        let header: LinkedName
        let cells: [Cell]
    }

    /// What the table is, for those who do not see what stands around it.
    let label: String
    /// Stands over the rows' headers.
    let heading: String
    let columns: [String]
    let rows: [Row]
    /// Says what the shades compare with and how wide they are, such as "Compared with 74 %, in steps of 5 points".
    let comparison: String

    func draw(into writer: inout MarkupWriter) {
        writer.openTable("heat", label: label)
        writer.raw("<thead><tr>")
        writer.columnHeader(heading)
        for column in columns { writer.columnHeader(column) }
        writer.raw("</tr></thead>\n<tbody>\n")
        for row in rows {
            writer.raw("<tr><th scope=\"row\">")
            row.header.draw(into: &writer)
            writer.raw("</th>")
            for cell in row.cells { draw(cell, into: &writer) }
            writer.raw("</tr>\n")
        }
        writer.raw("</tbody>\n</table>\n</div>\n")
        drawKey(into: &writer)
    }

    private func draw(_ cell: Cell, into writer: inout MarkupWriter) {
        switch cell {
        case .value(let text, let count, let step):
            draw(text, style: step.style, tip: "\(count), \(step.words)", into: &writer)
        case .few(let text, let count):
            draw(text, style: "few", tip: "\(count), few", into: &writer)
        case .withheld(let count):
            draw("withheld", style: "missing", tip: count, into: &writer)
        case .empty:
            draw("–", style: "missing", tip: "no data", into: &writer)
        }
    }

    private func draw(_ text: String, style: String, tip: String, into writer: inout MarkupWriter) {
        writer.raw("<td class=\"\(style)\" title=\"")
        writer.text(tip)
        writer.raw("\">")
        writer.text(text)
        writer.raw("</td>")
    }

    private func drawKey(into writer: inout MarkupWriter) {
        writer.raw("<p class=\"note\">")
        writer.text(comparison)
        writer.raw("</p>\n<ul class=\"key\">")
        for step in HeatStep.allCases {
            writer.raw("<li><span class=\"swatch \(step.style)\"></span>\(step.words)</li>")
        }
        writer.raw("<li><span class=\"swatch missing\">–</span>no data</li></ul>\n")
    }
}
