import Foundation
import Migrations
import Store
import TestSupport
import Testing

@Suite(.database) struct MigratorTests {
    private let first = Migration(name: "0001_a", sql: "create table a (id int)")
    private let second = Migration(name: "0002_b", sql: "create table b (id int); insert into b values (1)")

    @Test func appliesWhatIsMissingInOrderAndOnlyOnce() async throws {
        let pool = try TestDatabase.current.pool
        #expect(try await Migrator([first]).migrate(pool, now: .test) == ["0001_a"])
        #expect(try await Migrator([first, second]).migrate(pool, now: .test) == ["0002_b"])
        #expect(try await Migrator([first, second]).migrate(pool, now: .test) == [])
    }

    @Test func refusesAFileThatWasChangedAfterItWasApplied() async throws {
        let pool = try TestDatabase.current.pool
        try await Migrator([first]).migrate(pool, now: .test)
        let changed = Migration(name: first.name, sql: first.sql + " -- changed")
        await #expect(throws: MigrationError.changed(name: "0001_a")) {
            try await Migrator([changed]).migrate(pool, now: .test)
        }
    }

    @Test func refusesADatabaseThatIsNewerThanTheProgram() async throws {
        let pool = try TestDatabase.current.pool
        try await Migrator([first, second]).migrate(pool, now: .test)
        await #expect(throws: MigrationError.newer(name: "0002_b")) {
            try await Migrator([first]).migrate(pool, now: .test)
        }
    }

    @Test func leavesNothingOfAMigrationThatFails() async throws {
        let pool = try TestDatabase.current.pool
        let failing = Migration(name: "0002_c", sql: "create table c (id int); select 1 / 0")
        await #expect(throws: MigrationError.self) {
            try await Migrator([first, failing]).migrate(pool, now: .test)
        }
        let tables = try await pool.query(
            "select tablename::text from pg_tables where schemaname = 'public' order by 1")
        #expect(try tables.decode(String.self) == ["a", "schema_migration"])
    }

    @Test func programsThatStartTogetherApplyEachMigrationOnce() async throws {
        let pool = try TestDatabase.current.pool
        let applied = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<6 { group.addTask { try await Migrator([first, second]).migrate(pool, now: .test) } }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(applied.sorted() == ["0001_a", "0002_b"])
    }
}
