import Testing

@testable import Intake

@Suite struct JSONLinesTests {
    @Test func eachBadLineIsRefusedAlone() throws {
        let file = """
            {"ref":"g1","active":true}

            {"ref":"g2","colour":"red"}
            {"ref":"g3"} {"ref":"g4"}
            ["g5"]
            {"ref":"g6"
            {"ref":"g7","active":"yes"}
            {"ref":"g8"}
            """
        let outcome = try read(.agents, file, as: .jsonLines)
        #expect(outcome.rows.map { [$0[0], $0[1]] } == [["1", "g1"], ["8", "g8"]])
        #expect(outcome.refusals.map(\.line) == [3, 4, 5, 6, 7])
        #expect(
            outcome.reasons == [
                "\"colour\" is no field here; there are: ref, name, team, active",
                "the line is not JSON: at byte 14, more text follows the object",
                "an object is expected here, not an array",
                "the line is not JSON: at byte 12, } is expected at the end of an object",
                "active must be true or false, not text",
            ])
        #expect(outcome.refusals.map(\.ref) == ["g2", nil, nil, nil, "g7"])
        #expect(outcome.counts.read == 7)
    }

    @Test func localTimesAreTakenFromFiles() throws {
        let file = #"{"ref":"i1","started_at":"2026-05-01 10:00","hold_seconds":5}"#
        #expect(try read(.interactions, file, as: .jsonLines).rows.first?[15] == "2026-05-01 10:00:00")
    }

    @Test func linesThatAreTooLongOrNotUTF8AreRefused() throws {
        let long = "{\"ref\":\"\(String(repeating: "x", count: 3 << 20))\"}\n"
        let file = Array(long.utf8) + [0x7B, 0xE9, 0x7D, 0x0A] + Array("{\"ref\":\"g3\"}\n".utf8) + Array(long.utf8)
        for chunk in [100_000, Int.max] {
            let outcome = try read(.agents, file, as: .jsonLines, chunk: chunk)
            #expect(outcome.rows.map { $0[0] } == ["3"])
            #expect(outcome.refusals.map(\.line) == [1, 2, 4])
            #expect(outcome.reasons.first == "the line is longer than 1 MiB")
        }
    }

    @Test(arguments: [
        ("a.csv", FileIntake.Format.csv), ("A.CSV", .csv), ("a.jsonl", .jsonLines), ("b/a.ndjson", .jsonLines),
    ])
    func theFormatIsToldByTheName(name: String, format: FileIntake.Format) {
        #expect(FileIntake.Format(fileName: name) == format)
        #expect(FileIntake.Format(fileName: name + ".txt") == nil)
    }
}
