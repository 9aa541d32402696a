/// Figures in rows and columns: the numbers behind a chart, or a list of teams, agents or days.
struct FigureTable: Drawing {
    /// A figure, or a drawing of one.
    enum Cell: ExpressibleByStringLiteral {
        case text(String)
        case drawing(any Drawing)

        init(stringLiteral text: String) { self = .text(text) }
    }

    /// One row of figures.
    struct Row {
        let header: LinkedName
        /// Said in small beside the header, such as "unfinished".
        let mark: String?
        let cells: [Cell]

        /// Creates a row.
        init(_ header: LinkedName, mark: String? = nil, cells: [Cell]) {
            self.header = header
            self.mark = mark
            self.cells = cells
        }

        /// Creates a row of ready figures.
        init(_ header: LinkedName, mark: String? = nil, texts: [String]) {
            self.init(header, mark: mark, cells: texts.map(Cell.text))
        }
    }

    /// What the table is, for those who do not see what stands around it.
    let label: String
    /// What stands above the table, such as what it is sorted by; nil for nothing.
    let caption: String?
    /// Stands over the rows' headers.
    let heading: String
    let columns: [String]
    let rows: [Row]
    /// Rows that were drawn before, for tables that stand on several pages; they come first.
    let drawnRows: [UInt8]
    /// Stands below the rows.
    let total: Row?
    /// Whether the table is folded away behind "Show the numbers".
    let isFolded: Bool

    /// Creates a table.
    init(
        label: String, caption: String? = nil, heading: String, columns: [String], rows: [Row] = [],
        drawnRows: [UInt8] = [], total: Row? = nil, isFolded: Bool = false
    ) {
        self.label = label
        self.caption = caption
        self.heading = heading
        self.columns = columns
        self.rows = rows
        self.drawnRows = drawnRows
        self.total = total
        self.isFolded = isFolded
    }

    func draw(into writer: inout MarkupWriter) {
        if isFolded { writer.raw("<details>\n<summary>Show the numbers</summary>\n") }
        // A long table is easier to follow with every other row shaded.
        writer.openTable(rows.count > 20 ? "long" : nil, label: label, caption: caption)
        writer.raw("<thead><tr>")
        writer.columnHeader(heading)
        for column in columns { writer.columnHeader(column) }
        writer.raw("</tr></thead>\n<tbody>\n")
        writer.append(drawnRows)
        for row in rows { Self.draw(row, into: &writer) }
        writer.raw("</tbody>\n")
        if let total {
            writer.raw("<tfoot>")
            Self.draw(total, into: &writer)
            writer.raw("</tfoot>\n")
        }
        writer.raw("</table>\n</div>\n")
        if isFolded { writer.raw("</details>\n") }
    }

    /// Draws rows for several tables.
    static func drawn(_ rows: [Row]) -> [UInt8] {
        var writer = MarkupWriter()
        for row in rows { draw(row, into: &writer) }
        return writer.bytes
    }

    private static func draw(_ row: Row, into writer: inout MarkupWriter) {
        writer.raw("<tr><th scope=\"row\">")
        row.header.draw(into: &writer)
        if let mark = row.mark {
            writer.raw(" <small>")
            writer.text(mark)
            writer.raw("</small>")
        }
        writer.raw("</th>")
        for cell in row.cells {
            switch cell {
            case .text(let text):
                writer.raw("<td>")
                writer.text(text)
            case .drawing(let drawing):
                writer.raw("<td class=\"drawn\">")
                drawing.draw(into: &writer)
            }
            writer.raw("</td>")
        }
        writer.raw("</tr>\n")
    }
}

/// What tables have in common.
extension MarkupWriter {
    /// Opens a table that scrolls sideways in its place, also by keyboard; `</table></div>` ends it.
    mutating func openTable(_ style: String? = nil, label: String, caption: String? = nil) {
        raw("<div class=\"scroll\" role=\"region\" aria-label=\"")
        text(label)
        raw("\" tabindex=\"0\">\n<table")
        if let style { raw(" class=\"\(style)\"") }
        raw(">\n")
        guard let caption else { return }
        raw("<caption>")
        text(caption)
        raw("</caption>\n")
    }

    /// Writes the header of a column.
    mutating func columnHeader(_ name: String, across columns: Int = 1) {
        raw(columns == 1 ? "<th scope=\"col\">" : "<th scope=\"col\" colspan=\"\(columns)\">")
        text(name)
        raw("</th>")
    }
}
