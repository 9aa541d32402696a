import Foundation
import Postgres
import TestSupport
import Testing

/// Every type goes to the server and back, alone, as null, and in arrays, and the server sees the same value.
@Suite(.database) struct ValueTests {
    /// Sends a value, reads it back, and has the server compare it with its own reading of a literal.
    private func roundTrip<Value: PostgresEncodable & PostgresDecodable & Equatable>(
        _ value: Value, _ sql: StaticString, isWritten literal: String
    ) async throws {
        let rows = try await TestDatabase.current.pool.query(sql, value, literal)
        let (returned, isSame) = try rows.decodeOnly(Value.self, Bool.self)
        #expect(returned == value)
        #expect(isSame, "\(value) is not what the server reads from \(literal)")
    }

    @Test func booleansKeepTheirValue() async throws {
        for value in [true, false] {
            try await roundTrip(value, "select $1, $1 = $2::boolean", isWritten: "\(value)")
        }
    }

    @Test func integersKeepTheirExtremes() async throws {
        for value in [Int16.min, -1, 0, 1, .max] {
            try await roundTrip(value, "select $1, $1 = $2::int2", isWritten: "\(value)")
        }
        for value in [Int32.min, -1, 0, 1, .max] {
            try await roundTrip(value, "select $1, $1 = $2::int4", isWritten: "\(value)")
        }
        for value in [Int64.min, -1, 0, 1, .max] {
            try await roundTrip(value, "select $1, $1 = $2::int8", isWritten: "\(value)")
            try await roundTrip(Int(value), "select $1, $1 = $2::int8", isWritten: "\(value)")
        }
    }

    @Test func floatingPointNumbersKeepEveryBit() async throws {
        for value in [0, 0.1, -1.5, .pi, .greatestFiniteMagnitude, .leastNonzeroMagnitude, .infinity, -.infinity] {
            try await roundTrip(value, "select $1, $1 = $2::float8", isWritten: "\(value)")
        }
        let nan = try await TestDatabase.current.pool.query("select $1", Double.nan).decodeOnly(Double.self)
        #expect(nan.isNaN)
    }

    @Test(arguments: [
        "", "plain", "O'Brien \\ \"x\"", "žluťoučký kůň", "👩‍👩‍👧 🇨🇿", "שלום", "a\u{0301}", "\u{1}\u{7f}\r\n\t",
    ])
    func textsKeepEveryCharacter(_ text: String) async throws {
        try await roundTrip(text, "select $1, $1 = $2::text", isWritten: text)
    }

    @Test func bytesKeepEveryByte() async throws {
        let all = [UInt8](UInt8.min...UInt8.max)
        let hexadecimal = all.map { String(format: "%02x", $0) }.joined()
        try await roundTrip(all, "select $1, $1 = $2::bytea", isWritten: "\\x" + hexadecimal)
        try await roundTrip([UInt8](), "select $1, $1 = $2::bytea", isWritten: "")
    }

    @Test func identifiersKeepTheirOrderOfBytes() async throws {
        let id = try #require(UUID(uuidString: "00112233-4455-6677-8899-AABBCCDDEEFF"))
        try await roundTrip(id, "select $1, $1 = $2::uuid", isWritten: "00112233-4455-6677-8899-aabbccddeeff")
    }

    @Test(arguments: [
        ("2001-01-01 00:00:00+00", 0.0), ("2026-03-29 01:00:00.123456+00", 796_438_800.123456),
        ("1999-12-31 23:59:59.999999+00", -31_622_400.000001), ("1970-01-01 00:00:00+00", -978_307_200),
        ("0001-01-01 00:00:00+00", -63_113_904_000), ("9999-12-31 23:59:59+00", 252_423_993_599),
    ])
    func instantsKeepTheirMicroseconds(_ text: String, _ seconds: Double) async throws {
        let (returned, isSame) = try await TestDatabase.current.pool.query(
            "select $1, $1 = $2::timestamptz", Date(timeIntervalSinceReferenceDate: seconds), text
        ).decodeOnly(Date.self, Bool.self)
        #expect(isSame)
        #expect(abs(returned.timeIntervalSinceReferenceDate - seconds) < 0.000_000_5)
    }

    @Test(arguments: ["2000-01-01", "2024-02-29", "1900-02-28", "1999-12-31", "0001-01-01", "9999-12-31", "2026-10-25"])
    func daysKeepTheirDate(_ text: String) async throws {
        let day = try #require(CalendarDay(text))
        try await roundTrip(day, "select $1, $1 = $2::date", isWritten: text)
    }

    @Test func documentsKeepTheirContent() async throws {
        let document = JSONB(text: #"{"a": [1, 2.5, null, true], "ž": "\"quoted\""}"#)
        try await roundTrip(document, "select $1, $1 = $2::jsonb", isWritten: document.text)
        let list = try await TestDatabase.current.pool.query("select $1", JSONB(encoding: ["b", "a"]))
            .decodeOnly(JSONB.self)
        #expect(try list.decode([String].self) == ["b", "a"])
    }

    @Test func nullsOfEveryTypeStayNull() async throws {
        let rows = try await TestDatabase.current.pool.query(
            "select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12",
            Bool?.none, Int16?.none, Int32?.none, Int64?.none, Int?.none, Double?.none, String?.none, [UInt8]?.none,
            UUID?.none, Date?.none, CalendarDay?.none, JSONB?.none)
        let row = try rows.decodeOnly(
            Bool?.self, Int16?.self, Int32?.self, Int64?.self, Int?.self, Double?.self, String?.self, [UInt8]?.self,
            UUID?.self, Date?.self, CalendarDay?.self, JSONB?.self)
        for value in [row.0, row.1, row.2, row.3, row.4, row.5, row.6, row.7, row.8, row.9, row.10, row.11] as [Any?] {
            #expect(value == nil)
        }
    }

    @Test func enumerationsTravelAsTheirRawValue() async throws {
        let pool = try TestDatabase.current.pool
        #expect(try await pool.query("select $1", Mood.allCases).decodeOnly([Mood].self) == [.glad, .sad])
        #expect(try await pool.query("select $1 || ''", Mood.sad).decodeOnly(Mood.self) == .sad)
        let error = await #expect(throws: PostgresError.self) {
            try await pool.query("select 'angry'::text as mood").decode(Mood.self)
        }
        #expect(error?.column == "mood")
    }

    @Test func smallerIntegersAndFloatsAreReadAsWiderOnes() async throws {
        let row = try await TestDatabase.current.pool.query(
            "select 1::int2, 2::int4, 3::int2, 1.5::float4, '{4}'::int4[]"
        )
        .decodeOnly(Int64.self, Int.self, Int32.self, Double.self, [Int].self)
        #expect(row == (1, 2, 3, 1.5, [4]))
    }

    @Test(arguments: [
        "select 'infinity'::timestamptz as value", "select '-infinity'::timestamptz as value",
        "select 'infinity'::date as value", "select now()::timestamp as value", "select 1 as value",
        "select null::timestamptz as value", "select '{}'::timestamptz[] as value",
    ])
    func whatIsNoInstantIsRefusedByTheNameOfItsColumn(_ script: String) async throws {
        let pool = try TestDatabase.current.pool
        try await pool.withConnection { connection in try await connection.execute(script: "create view v as \(script)")
        }
        let rows = try await pool.query("select * from v")
        for read in [{ _ = try rows.decode(Date.self) }, { _ = try rows.decode(CalendarDay.self) }] {
            let error = #expect(throws: PostgresError.self) { try read() }
            #expect(error?.code == .decoding)
            #expect(error?.column == "value")
            #expect(error?.statement == "select * from v")
        }
    }

    @Test func typesAreCheckedEvenWithoutARow() async throws {
        let rows = try await TestDatabase.current.pool.query("select 1.5::numeric as share where false")
        let error = #expect(throws: PostgresError.self) { try rows.decode(Double.self) }
        #expect(error?.message == "numeric cannot be read as Double; cast it in the statement")
        #expect(throws: PostgresError.self) { try rows.decode(Double.self, Int.self) }
    }

    @Test func whatCannotBeStoredIsRefusedBeforeItIsSent() async throws {
        let pool = try TestDatabase.current.pool
        let statements = [
            PostgresStatement("select $1, $2", 1, "nul\0"), PostgresStatement("select $1, $2", 1, ["a", "\0"]),
            PostgresStatement("select $1, $2", 1, Date(timeIntervalSinceReferenceDate: .infinity)),
            PostgresStatement("select $1, $2", 1, Date(timeIntervalSinceReferenceDate: .nan)),
            PostgresStatement("select $1, $2", 1, JSONB(text: "\"\0\"")),
        ]
        for statement in statements {
            let error = await #expect(throws: PostgresError.self) { try await pool.query(statement) }
            #expect(error?.code == .encoding)
            #expect(error?.message.hasPrefix("parameter $2: ") == true)
        }
    }
}

private enum Mood: String, CaseIterable { case glad, sad }

extension Mood: PostgresValue {}
