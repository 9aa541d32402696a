import Testing

@testable import Intake

/// Random records written as CSV, in every manner a writer may choose, are read back as they were.
@Suite struct RoundTripTests {
    private static let alphabet: [String] = [
        "a", "Z", "0", " ", ",", ";", "\"", "\"\"", "\\", "\\N", "\\t", "é", "漢", "💳", "'", "{", "|", "=1+1", ".",
    ]

    @Test(arguments: 0..<60) func whatIsWrittenIsReadBack(seed: Int) throws {
        var numbers = SeededNumbers(state: UInt64(seed))
        let delimiter = seed.isMultiple(of: 3) ? ";" : ","
        var file = ["ref", "customer", "portfolio"].joined(separator: delimiter) + "\n"
        var expected: [[String?]] = []
        var line = 2
        for _ in 0..<Int.random(in: 1...30, using: &numbers) {
            let values = (0..<3).map { _ in randomValue(&numbers) }
            let lineEnd = Bool.random(using: &numbers) ? "\n" : "\r\n"
            file += values.map { write($0, delimiter, &numbers) }.joined(separator: delimiter) + lineEnd
            expected.append([String(line)] + values.map { trim($0) })
            line += 1
            if Int.random(in: 0..<5, using: &numbers) == 0 {
                file += lineEnd
                line += 1
            }
        }
        let mapping = """
            delimiter: "\(delimiter)"
            fields: {ref: ref, customer: customer, portfolio: portfolio}
            """
        let chunk = Int.random(in: 1...40, using: &numbers)
        let outcome = try read(.accounts, file, mapping: mapping, chunk: chunk)
        #expect(outcome.rows == expected)
        #expect(outcome.refusals == [])
    }

    @Test(arguments: 0..<200) func randomBytesAreNeverLostNorCrash(seed: Int) throws {
        var numbers = SeededNumbers(state: UInt64(seed) + 1_000)
        let pieces: [[UInt8]] =
            [",", "\"", "\n", "\r\n", "a", " ", "\"\"", "é", "x,y,z\n"].map { Array($0.utf8) } + [[0], [0xE9]]
        var file = Array("ref,customer,portfolio\n".utf8)
        for _ in 0..<Int.random(in: 0...200, using: &numbers) {
            file += pieces.randomElement(using: &numbers) ?? []
        }
        let whole = try read(.accounts, file)
        #expect(whole.counts.read == whole.counts.accepted + whole.counts.refused)
        #expect(whole.counts.accepted == whole.rows.count && whole.counts.refused == whole.refusals.count)
        #expect(try read(.accounts, file, chunk: 1) == whole)
        #expect(whole.rows.allSatisfy { $0.count == 4 })
    }

    private func randomValue(_ numbers: inout SeededNumbers) -> String {
        var value = ""
        repeat {
            value = (0..<Int.random(in: 1...12, using: &numbers))
                .map { _ in Self.alphabet.randomElement(using: &numbers) ?? "" }.joined()
        } while trim(value).isEmpty
        return value
    }

    private func trim(_ value: String) -> String {
        let bytes = Array(value.utf8)
        return String(decoding: bytes[trimmed(bytes.indices, of: bytes.span)], as: UTF8.self)
    }

    private func write(_ value: String, _ delimiter: String, _ numbers: inout SeededNumbers) -> String {
        let needsQuotes = value.contains(delimiter) || trim(value).hasPrefix("\"")
        guard needsQuotes || Bool.random(using: &numbers) else { return value }
        return "\"" + value.replacing("\"", with: "\"\"") + "\""
    }
}
