import Logging
import Postgres
import TestSupport
import Testing

@Suite(.database) struct ErrorTests {
    private let secret = "Jana Nováková"

    @Test func aViolatedConstraintIsNamedWithoutTheRow() async throws {
        let pool = try TestDatabase.current.pool
        try await pool.query(
            "create table t (id int, name text constraint name_is_unique unique, check (id > 0), note text not null)")
        try await pool.query("insert into t values (1, $1, '')", secret)
        let unique = await #expect(throws: PostgresError.self) {
            try await pool.query("insert into t values (2, $1, '')", secret)
        }
        #expect(unique?.sqlState == "23505")
        #expect(unique?.constraint == "name_is_unique")
        #expect(unique?.table == "t")
        #expect(unique?.detail?.contains(secret) == true)
        let check = await #expect(throws: PostgresError.self) {
            try await pool.query("insert into t values (0, $1, '')", secret + "2")
        }
        #expect(check?.constraint == "t_id_check")
        let missing = await #expect(throws: PostgresError.self) {
            try await pool.query("insert into t values (3, $1, null)", secret + "3")
        }
        #expect(missing?.column == "note")
        for error in [unique, check, missing].compactMap({ $0 }) {
            #expect("\(error)".contains(secret) == false)
            #expect("\(error as any Error)".contains(secret) == false)
            #expect(String(reflecting: error).contains(secret))
        }
    }

    @Test(arguments: [
        "select $1::text::int", "select $1::text::date", "select $1::text::jsonb", "select $1::text::uuid",
    ])
    func aRefusedValueIsNotQuoted(_ expression: String) async throws {
        let pool = try TestDatabase.current.pool
        try await pool.withConnection { connection in
            try await connection.execute(
                script: """
                    create function f(text) returns text language sql return (\(expression.dropFirst(7)))::text
                    """)
            let error = await #expect(throws: PostgresError.self) { try await connection.query("select f($1)", secret) }
            #expect(error?.sqlState?.hasPrefix("22") == true)
            #expect(error?.description.contains("Jana") == false)
            let isKnown = [error?.message, error?.detail, error?.context].contains { $0?.contains("Jana") == true }
            #expect(isKnown)
        }
    }

    @Test(arguments: [
        "host=/tmp password=hunter2 nonsense=1", "host=/tmp password='hunter2", "hunter2",
        "postgresql://user:hunter2@[::1/db", "postgresql://user:hunter2@localhost/db?nonsense=1",
        "host=/nonexistent user=u password=hunter2 dbname=d",
    ])
    func passwordsAreNeverTold(_ conninfo: String) async throws {
        let error = await #expect(throws: PostgresError.self) {
            try await PostgresConnection.open(conninfo, logger: Logger(label: "test"))
        }
        #expect(error?.code == (conninfo.contains("/nonexistent") ? .connectFailed : .invalidConninfo))
        #expect("\(error as Any) \(error?.debugDescription ?? "")".contains("hunter2") == false)
    }

    @Test func aLongStatementIsAbridgedToOneLine() async throws {
        let error = await #expect(throws: PostgresError.self) {
            try await TestDatabase.current.pool.query(
                """
                select
                    a_column_that_does_not_exist, another_column_that_does_not_exist, a_third_one
                from pg_class
                where relname = 'x'
                """)
        }
        let description = try #require(error?.description)
        #expect(description.contains("\n") == false)
        #expect(description.contains("in \"select a_column_that_does_not_exist, another"))
        #expect(description.hasSuffix("…\""))
        #expect(error?.debugDescription.contains("where relname = 'x'") == true)
    }
}
