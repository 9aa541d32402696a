import ArgumentParser
import Dashboards
import Foundation

/// How figures and lists are printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case table, csv, json
}

/// A list that can be printed in every format.
struct Listing {
    let columns: [TextTable.Column]
    var rows: [[String?]] = []

    /// The listing in a format. A value that is missing is empty in a table and in CSV, and null in JSON; a number column's
    /// values are numbers in JSON.
    func text(_ format: OutputFormat) throws -> String {
        switch format {
        case .table:
            return TextTable(columns: columns, rows: rows.map { $0.map { $0 ?? "" } }).text
        case .csv:
            let lines = [columns.map(\.heading)] + rows.map { $0.map { $0 ?? "" } }
            return lines.map { $0.map(csvField).joined(separator: ",") + "\r\n" }.joined()
        case .json:
            let objects = rows.map { row in
                Dictionary(
                    uniqueKeysWithValues: zip(columns, row).map { ($0.heading, JSONCell($1, isNumber: $0.isNumber)) })
            }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(objects), as: UTF8.self) + "\n"
        }
    }
}

/// A cell as JSON has it.
private enum JSONCell: Encodable {
    case text(String)
    case whole(Int)
    case fraction(Double)
    case none

    init(_ text: String?, isNumber: Bool) {
        guard let text else {
            self = .none
            return
        }
        self = isNumber ? Int(text).map(Self.whole) ?? Double(text).map(Self.fraction) ?? .text(text) : .text(text)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .whole(let number): try container.encode(number)
        case .fraction(let number): try container.encode(number)
        case .none: try container.encodeNil()
        }
    }
}

/// Prints to standard output as it is, in one write.
func printOut(_ text: String) {
    FileHandle.standardOutput.write(Data(text.utf8))
}

/// Prints to standard error as it is.
func printError(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
}
