import Foundation
import Intake
import Postgres

/// A CSV file of a made-up centre's interactions, of any length, written day by day.
public struct InteractionFile: Sendable {
    private let rows: Int

    /// Creates a file of a number of rows.
    public init(rows: Int) {
        self.rows = rows
    }

    /// Writes the file; the same number of rows gives the same bytes.
    public func write(to path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path)
        else { throw CocoaError(.fileWriteNoPermission, userInfo: [NSFilePathErrorKey: path]) }
        let columns = IntakeKind.interactions.fields.map(\.name)
        try file.write(contentsOf: Data((columns.joined(separator: ",") + "\n").utf8))
        let perDay = max(70, Double(rows) / 300)
        var life = CentreLife(Centre(customers: max(600, rows / 5), seed: 30), contactsPerDay: perDay, seed: 31)
        var day = CalendarDay(dayNumber: 9_500)
        var left = rows
        while left > 0 {
            var lines = life.live(day).interactions.split(separator: UInt8(ascii: "\n"))
            if lines.count > left { lines.removeLast(lines.count - left) }
            left -= lines.count
            var text: [UInt8] = []
            for line in lines { text += Self.csv(line) }
            try file.write(contentsOf: Data(text))
            day = day.adding(days: 1)
        }
        try file.close()
    }

    /// A line of COPY text as CSV, without its number; the generator's words hold no comma or quote.
    private static func csv(_ line: ArraySlice<UInt8>) -> [UInt8] {
        let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).dropFirst()
        let absent = Array("\\N".utf8)
        return Array(fields.map { $0.elementsEqual(absent) ? [] : $0 }.joined(separator: [UInt8(ascii: ",")]))
            + [UInt8(ascii: "\n")]
    }
}
