import Foundation

@testable import Intake

/// What came of a file: its rows read back from COPY's text format, with nil for \N.
struct Outcome: Equatable {
    var rows: [[String?]] = []
    var refusals: [Refusal] = []
    var counts = IntakeCounts()

    var reasons: [String] { refusals.map(\.reason) }
}

func read(
    _ kind: IntakeKind, _ file: [UInt8], as format: FileIntake.Format = .csv, chunk: Int = .max
) throws -> Outcome {
    try read(FileIntake(kind, format: format), file, chunk: chunk)
}

func read(
    _ kind: IntakeKind, _ file: String, as format: FileIntake.Format = .csv, chunk: Int = .max
) throws -> Outcome {
    try read(kind, Array(file.utf8), as: format, chunk: chunk)
}

func read(
    _ kind: IntakeKind, _ file: String, mapping: String, as format: FileIntake.Format = .csv, chunk: Int = .max
) throws -> Outcome {
    let mapping = try FileMapping(yaml: mapping, kind: kind)
    return try read(FileIntake(mapping, format: format), Array(file.utf8), chunk: chunk)
}

private func read(_ intake: FileIntake, _ file: [UInt8], chunk: Int) throws -> Outcome {
    var intake = intake
    var rows: [UInt8] = []
    var outcome = Outcome()
    var start = 0
    repeat {
        let end = chunk < file.count - start ? start + chunk : file.count
        try intake.consume(
            file[start..<end].span, isLast: end == file.count, rows: &rows, refusals: &outcome.refusals)
        start = end
    } while start < file.count
    outcome.rows = copyRows(rows)
    outcome.counts = intake.counts
    return outcome
}

/// Reads COPY's text format as PostgreSQL does.
func copyRows(_ bytes: [UInt8]) -> [[String?]] {
    precondition(bytes.isEmpty || bytes.last == UInt8(ascii: "\n"))
    return bytes.dropLast().split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        .filter { !bytes.isEmpty || !$0.isEmpty }
        .map { line in
            line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map { column in
                column.elementsEqual("\\N".utf8)
                    ? nil : String(decoding: column, as: UTF8.self).replacing("\\\\", with: "\\")
            }
        }
}

/// Converts one value as a field of the type, giving the column's text or the flaw.
func convert(_ converter: FieldConverter, _ value: String) -> Result<String, Flaw> {
    var column: [UInt8] = []
    do throws(Flaw) {
        _ = try converter.write(Array(value.utf8).span, to: &column)
        return .success(String(decoding: column, as: UTF8.self))
    } catch {
        return .failure(error)
    }
}

/// Returns the error a file or mapping as a whole gives.
func problem(_ body: () throws -> Void) -> IntakeError? {
    do {
        try body()
        return nil
    } catch {
        return error as? IntakeError
    }
}

func example(_ name: String) throws -> String {
    let tests = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    return try String(contentsOf: tests.appending(path: "../../Docs/mappings/\(name)"), encoding: .utf8)
}

/// A small generator of numbers (SplitMix64, Steele et al. 2014), so that every run tries the same inputs.
struct SeededNumbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
