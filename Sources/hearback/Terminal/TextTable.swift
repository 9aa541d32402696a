/// Rows and columns as a person reads them on a terminal: aligned, numbers to the right.
struct TextTable {
    /// A column's heading and side.
    struct Column {
        let heading: String
        var isNumber = false
    }

    let columns: [Column]
    var rows: [[String]] = []

    /// The table's text, one line a row.
    var text: String {
        let widths = columns.indices.map { index in
            ([columns[index].heading] + rows.map { $0[index] }).map(\.count).max() ?? 0
        }
        let heading = line(columns.map(\.heading), widths)
        let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
        return ([heading, rule] + rows.map { line($0, widths) }).joined(separator: "\n") + "\n"
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        let padded = cells.indices.map { index in
            let padding = String(repeating: " ", count: widths[index] - cells[index].count)
            return columns[index].isNumber ? padding + cells[index] : cells[index] + padding
        }
        let line = padded.joined(separator: "  ")
        return String(line[..<(line.lastIndex { $0 != " " }.map(line.index(after:)) ?? line.startIndex)])
    }
}
