import Foundation
import Postgres
import TestSupport
import Testing

@Suite(.database) struct ArrayTests {
    /// Sends an array, reads it back, and has the server count its elements and its nulls.
    private func roundTrip<Element>(_ array: [Element], nulls: Int = 0) async throws
    where Element: PostgresArrayElement & Equatable {
        let row = try await TestDatabase.current.pool.query(
            "select a, cardinality(a), cardinality(array_positions(a, null)) from (select $1 as a) x", array
        ).decodeOnly([Element].self, Int.self, Int.self)
        #expect(row.0 == array)
        #expect(row.1 == array.count)
        #expect(row.2 == nulls)
    }

    private let instant = Date(timeIntervalSince1970: 1_774_746_000.5)

    @Test func arraysOfEveryTypeKeepTheirElements() async throws {
        try await roundTrip([true, false])
        try await roundTrip([Int16.min, 0, .max])
        try await roundTrip([Int32.min, 0, .max])
        try await roundTrip([Int64.min, 0, .max])
        try await roundTrip([Int.min, 0, .max])
        try await roundTrip([0.1, -.infinity, .greatestFiniteMagnitude])
        try await roundTrip(["", "a,b", "{\"}", "null", "👍"])
        try await roundTrip([[0, 255], [], [1]] as [[UInt8]])
        try await roundTrip([UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16))])
        try await roundTrip([instant, instant.addingTimeInterval(-4_000_000_000)])
        try await roundTrip([CalendarDay(dayNumber: -1), CalendarDay(dayNumber: 9000)])
    }

    @Test func documentsHaveNoEqualityInArrayPositionsButTravelAllTheSame() async throws {
        let documents = [JSONB(text: "[]"), nil, JSONB(text: "{\"a\": 1}")]
        let returned = try await TestDatabase.current.pool.query("select $1", documents).decodeOnly([JSONB?].self)
        #expect(returned == documents)
    }

    @Test func nullsKeepTheirPlaces() async throws {
        try await roundTrip([nil, true, nil], nulls: 2)
        try await roundTrip([Int16?.none], nulls: 1)
        try await roundTrip([1, nil] as [Int32?], nulls: 1)
        try await roundTrip([1, nil, 3] as [Int64?], nulls: 1)
        try await roundTrip([0.5, nil] as [Double?], nulls: 1)
        try await roundTrip(["a", nil, ""], nulls: 1)
        try await roundTrip([[1], nil, []] as [[UInt8]?], nulls: 1)
        try await roundTrip([nil, UUID()], nulls: 1)
        try await roundTrip([nil, instant], nulls: 1)
        try await roundTrip([nil, CalendarDay(dayNumber: 0)], nulls: 1)
    }

    @Test func emptyArraysAreEmptyAndNotNull() async throws {
        try await roundTrip([Int64]())
        try await roundTrip([String?]())
        let missing = try await TestDatabase.current.pool.query("select $1", [Int64]?.none).decodeOnly([Int64]?.self)
        #expect(missing == nil)
    }

    @Test func tenThousandRowsTravelInOneStatement() async throws {
        let pool = try TestDatabase.current.pool
        let ids = (0..<10_000).map { Int64($0) }
        let texts = ids.map { $0 % 7 == 0 ? nil : "comment \($0)" }
        let instants = ids.map { instant.addingTimeInterval(Double($0)) }
        try await pool.query("create table t (id bigint primary key, comment text, at timestamptz)")
        let inserted = try await pool.query(
            "insert into t select * from unnest($1::int8[], $2::text[], $3::timestamptz[])", ids, texts, instants)
        #expect(inserted.affected == 10_000)
        let rows = try await pool.query("select * from t order by id").decode(Int64.self, String?.self, Date.self)
        #expect(rows.map(\.0) == ids)
        #expect(rows.map(\.1) == texts)
        #expect(rows.map(\.2) == instants)
    }

    @Test func aNullInAnArrayWithoutOptionalsIsAnError() async throws {
        let rows = try await TestDatabase.current.pool.query("select '{1,null}'::int8[] as numbers")
        let error = #expect(throws: PostgresError.self) { try rows.decode([Int64].self) }
        #expect(error?.column == "numbers")
    }

    @Test func narrowerIntegersAreReadAsWiderOnes() async throws {
        let rows = try await TestDatabase.current.pool.query("select '{-32768,7}'::int2[], '{-8,2147483647}'::int4[]")
        let row = try rows.decodeOnly([Int].self, [Int64].self)
        #expect(row.0 == [-32_768, 7] && row.1 == [-8, 2_147_483_647])
    }

    @Test func aMatrixIsAnError() async throws {
        let rows = try await TestDatabase.current.pool.query("select '{{1,2},{3,4}}'::int8[] as matrix")
        #expect(throws: PostgresError.self) { try rows.decode([Int64].self) }
    }
}
