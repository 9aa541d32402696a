import Testing

@testable import Intake

@Suite struct JSONIntakeTests {
    private func take(_ body: String, _ kind: IntakeKind = .agents) throws -> JSONIntake {
        try JSONIntake(Array(body.utf8), kind: kind)
    }

    @Test func oneObjectOrAnArrayIsTaken() throws {
        let one = try take(#" {"ref":"g1","name":"N","team":null,"active":true} "#)
        #expect(copyRows(one.rows) == [["0", "g1", "N", nil, "t"]])
        let two = try take(#"[{"ref":"g1"},{"active":false,"ref":" g2 "}]"#)
        #expect(copyRows(two.rows) == [["0", "g1", nil, nil, nil], ["1", "g2", nil, nil, "f"]])
        #expect(two.refusals == [] && two.counts.read == 2 && two.counts.accepted == 2)
    }

    @Test(arguments: [
        (#"{"ref":7}"#, "ref", "ref must be text, not a number"),
        (#"{"ref":true}"#, "ref", "ref must be text, not true or false"),
        (#"{"ref":{"a":[]}}"#, "ref", "ref must be text, not an object"),
        (#"{"ref":["a"]}"#, "ref", "ref must be text, not an array"),
        (#"{"ref":null}"#, "ref", "ref is missing"),
        (#"{}"#, "ref", "ref is missing"),
        (#"{"ref":""}"#, "ref", "ref is missing"),
        (#"{"ref":"a","active":"true"}"#, "active", "active must be true or false, not text"),
        (#"{"ref":"a","active":1}"#, "active", "active must be true or false, not a number"),
        (
            #"{"ref":"a\u0000b"}"#, "ref",
            "ref \"a\u{FFFD}b\" holds a control character, such as a line end or a tab; take it out"
        ),
        (
            #"{"ref":"a","nmae":1}"#, nil,
            #""nmae" is no field here; did you mean "name"? There are: ref, name, team, active"#
        ),
        (#"{"ref":"a","ref":"b"}"#, nil, "ref appears twice; give it once"),
        ("7", nil, "an object is expected here, not a number"),
        ("[]", nil, "an object is expected here, not an array"),
        ("null", nil, "an object is expected here, not null"),
    ])
    func anItemAtFaultIsRefusedAlone(item: String, field: String?, reason: String) throws {
        let intake = try take("[\(item), {\"ref\":\"good\"}]")
        #expect(intake.refusals.map(\.reason) == [reason])
        #expect(intake.refusals.map(\.field) == [field] && intake.refusals.map(\.line) == [0])
        #expect(copyRows(intake.rows).map { $0[1] } == ["good"])
    }

    @Test(arguments: [
        (#""2026-05-01T10:00:00Z""#, "2026-05-01 10:00:00+00"),
        (#""2026-05-01T10:00:00.25-05:00""#, "2026-05-01 10:00:00.250000-05"),
    ])
    func instantsComeWithTheirOffset(value: String, column: String) throws {
        let intake = try take(#"{"ref":"i1","started_at":\#(value),"talk_seconds":60}"#, .interactions)
        #expect(copyRows(intake.rows).first?[15] == column)
        #expect(copyRows(intake.rows).first?[17] == "60")
    }

    @Test(arguments: [
        ("\"2026-05-01T10:00:00\"", "0", "needs a time and its offset from UTC, as in 2017-03-27T13:34:11Z or +02:00"),
        ("\"2026-05-01\"", "0", "needs a time and its offset from UTC, as in 2017-03-27T13:34:11Z or +02:00"),
        ("\"2026-02-30T10:00:00Z\"", "0", "is not a time in ISO 8601"),
        ("1777629600", "0", "started_at must be text, not a number"),
        ("\"2026-05-01T10:00:00Z\"", "\"60\"", "talk_seconds must be a whole number of seconds, not text"),
        ("\"2026-05-01T10:00:00Z\"", "60.0", "talk_seconds \"60.0\" is not a whole number of seconds"),
        ("\"2026-05-01T10:00:00Z\"", "6e1", "talk_seconds \"6e1\" is not a whole number of seconds"),
        ("\"2026-05-01T10:00:00Z\"", "-60", "talk_seconds \"-60\" is less than zero"),
        ("\"2026-05-01T10:00:00Z\"", "2678401", "is more than 31 days"),
        ("\"2026-05-01T10:00:00Z\"", String(repeating: "9", count: 400), "is not a number of seconds"),
    ])
    func typesAreStrict(startedAt: String, talk: String, reason: String) throws {
        let intake = try take("{\"ref\":\"i1\",\"started_at\":\(startedAt),\"talk_seconds\":\(talk)}", .interactions)
        #expect(intake.refusals.first?.reason.contains(reason) == true, "\(intake.refusals)")
        #expect(intake.refusals.first?.ref == "i1" && intake.rows.isEmpty)
    }

    @Test func theLaterOfTwoItemsWithOneRefIsRefused() throws {
        let intake = try take(#"[{"ref":"a","active":7},{"ref":"a"},{"ref":" a"},{"ref":"b"}]"#)
        #expect(copyRows(intake.rows).map { $0[0] } == ["1", "3"])
        #expect(intake.refusals.map(\.line) == [0, 2])
        #expect(intake.refusals.last?.reason == "ref \"a\" appears twice in this request")
    }

    @Test(arguments: [
        (#""\ud83d\udcb3 \u00e9 \/ \\ \"""#, "💳 é / \\ \""), (#""a\\N""#, "a\\N"), (#""\\N""#, "\\N"),
    ])
    func escapesAreRead(value: String, name: String) throws {
        #expect(copyRows(try take("{\"ref\":\"r\",\"name\":\(value)}").rows).first?[2] == name)
    }

    @Test(arguments: [
        "{", "[", "[{}", "{\"ref\"}", "{\"ref\":}", "{\"ref\":\"a\",}", "[{\"ref\":\"a\"},]", "{\"ref\":\"a}",
        "{ref:\"a\"}",
        "{\"ref\":\"a\"} x", "[{\"ref\":\"a\"}] []", "{\"ref\":\"a\\x\"}", "{\"ref\":\"\\u12\"}",
        "{\"ref\":\"\\ud800\"}",
        "{\"ref\":\"\\udc00\"}", "{\"ref\":\"\\ud800\\u0041\"}", "{\"ref\":\"a\tb\"}", "{\"ref\":01}", "{\"ref\":1.}",
        "{\"ref\":-}", "{\"ref\":.5}", "{\"ref\":1e}", "{\"ref\":tru}", "{\"ref\":NaN}", "{\"ref\":'a'}",
        "{\"ref\":\"\\",
        "{\"ref\":\"\\ud800\\", "{\"ref\":[1,}", "{\"ref\":{\"a\":1,}}", "{\"ref\":[1}", "{\"ref\":+1}",
        "[{\"ref\":\"a\"}",
    ])
    func whatIsNoJSONIsAnError(body: String) {
        #expect(problem { _ = try take(body) }?.code == .malformedJSON)
    }

    @Test(arguments: ["", "  ", "7", "\"a\"", "null", "[]", "true"]) func otherShapesAreAnError(body: String) {
        #expect(problem { _ = try take(body) }?.code == .wrongShape)
    }

    @Test func aThousandItemsAreTakenAndNoMore() throws {
        let items = (0..<1000).map { "{\"ref\":\"\($0)\"}" }
        #expect(try take("[\(items.joined(separator: ","))]").counts.accepted == 1000)
        let error = problem { _ = try take("[\((items + ["{}"]).joined(separator: ","))]") }
        #expect(error?.description == "The array is too long; send at most 1000 items in one request.")
    }

    @Test(arguments: ["[", "{\"ref\":", "[{\"ref\":[", "{\"ref\":{\"a\":"])
    func deepNestingDoesNotExhaustTheStack(part: String) {
        let body = String(repeating: part, count: 10_000_000 / part.utf8.count)
        let error = problem { _ = try take(body) }
        #expect(error?.code == .malformedJSON)
        #expect(error?.description.contains("the nesting is deeper than 32 levels") == true)
    }

    @Test(arguments: [[0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xFF], [0xE9]] as [[UInt8]])
    func bytesThatAreNotUTF8AreAnError(bytes: [UInt8]) {
        let body = Array("{\"ref\":\"".utf8) + bytes + Array("\"}".utf8)
        #expect(problem { _ = try JSONIntake(body, kind: .agents) }?.description == "The body is not UTF-8.")
    }

    @Test func everyCutOfABodyIsAnErrorAndNoCrash() throws {
        let body = Array(#"[{"ref":"a\u00e9\n","name":"x","team":[1.5e+3,{"k":null}],"active":false}]"#.utf8)
        for length in 0..<body.count {
            #expect(problem { _ = try JSONIntake(Array(body[..<length]), kind: .agents) } != nil)
        }
        #expect(try JSONIntake(body, kind: .agents).counts.refused == 1)
    }
}
