/// Figures as a table for other programs: unrounded, one row a figure.
public struct FigureFile {
    /// The columns' names.
    public static let columns = [
        "measure", "by", "name", "from", "to", "value", "lower", "upper", "n", "numerator", "denominator",
    ]

    /// The rows; nil is a value that is missing or withheld.
    public let rows: [[String?]]

    /// Creates the table.
    ///
    /// - Parameter dimension: What the figures are told apart by.
    public init(_ figures: [Figure]) {
        rows = figures.map { figure in
            let estimate = figure.estimate
            return [
                figure.kind.id, figure.dimension.rawValue, figure.name, "\(figure.days.lowerBound)",
                "\(figure.days.upperBound)", estimate.map { "\($0.point)" }, estimate.map { "\($0.lower)" },
                estimate.map { "\($0.upper)" }, "\(figure.n)", estimate?.numerator.map { "\($0)" },
                estimate?.denominator.map { "\($0)" },
            ]
        }
    }

    /// The table as CSV (RFC 4180).
    public var csv: String {
        ([Self.columns] + rows.map { $0.map { $0 ?? "" } })
            .map { $0.map(csvField).joined(separator: ",") + "\r\n" }.joined()
    }
}

/// One field of a CSV line (RFC 4180); a leading formula character is neutralised for spreadsheets.
public func csvField(_ text: String) -> String {
    let isFormula = text.first.map { "=+-@\t\r".contains($0) } == true && Double(text) == nil
    let safe = isFormula ? "'" + text : text
    // Looked at byte by byte: a return and a line feed are one character.
    return safe.utf8.contains { "\",\r\n".utf8.contains($0) } ? "\"" + safe.replacing("\"", with: "\"\"") + "\"" : safe
}
