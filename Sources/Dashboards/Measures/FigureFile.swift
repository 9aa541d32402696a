import Postgres

/// Figures as a table for other programs: unrounded, one row a figure.
public struct FigureFile {
    /// The columns' names.
    public static let columns = [
        "measure", "by", "name", "from", "to", "value", "lower", "upper", "n", "numerator", "denominator",
    ]

    private let figures: [Figure]

    /// Creates the table.
    public init(_ figures: [Figure]) {
        self.figures = figures
    }

    /// The rows; nil is a value that is missing or withheld.
    public var rows: [[String?]] {
        // The same few days stand in many rows.
        var texts: [CalendarDay: String] = [:]
        func text(_ day: CalendarDay) -> String {
            if let known = texts[day] { return known }
            let text = "\(day)"
            texts[day] = text
            return text
        }
        return figures.map { figure in
            let estimate = figure.estimate
            return [
                figure.measure, figure.dimension.rawValue, figure.name, text(figure.days.lowerBound),
                text(figure.days.upperBound), estimate.map { "\($0.point)" }, estimate.map { "\($0.lower)" },
                estimate.map { "\($0.upper)" }, "\(figure.n)", estimate?.numerator.map { "\($0)" },
                estimate?.denominator.map { "\($0)" },
            ]
        }
    }

    /// The table as CSV (RFC 4180).
    public var csv: String { String(decoding: bytes, as: UTF8.self) }

    /// The table as CSV (RFC 4180), in UTF-8.
    public var bytes: [UInt8] {
        var bytes = Array(Self.columns.joined(separator: ",").utf8)
        bytes.reserveCapacity(figures.count * 128)
        func append(_ field: String?) {
            if var field { field.withUTF8 { bytes.append(contentsOf: $0) } }
        }
        append("\r\n")
        for row in rows {
            for (index, field) in row.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                // Only a name was made by people and may need quotes.
                append(index == 2 ? field.map(csvField) : field)
            }
            append("\r\n")
        }
        return bytes
    }
}

/// One field of a CSV line (RFC 4180); a leading formula character is neutralised for spreadsheets.
public func csvField(_ text: String) -> String {
    // By its first byte: with an accent behind it, or a line feed behind a return, it is another character.
    let isFormula = text.utf8.first.map { "=+-@\t\r".utf8.contains($0) } == true && Double(text) == nil
    let safe = isFormula ? "'" + text : text
    // Looked at byte by byte: a return and a line feed are one character.
    return safe.utf8.contains { "\",\r\n".utf8.contains($0) } ? "\"" + safe.replacing("\"", with: "\"\"") + "\"" : safe
}
