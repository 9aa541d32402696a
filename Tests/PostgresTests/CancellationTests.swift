import Postgres
import TestSupport
import Testing

@Suite(.database) struct CancellationTests {
    /// Returns when a session of the test's database runs a statement that contains the text.
    private func waitUntilRunning(_ text: String, _ pool: PostgresPool) async throws {
        while try await pool.query(
            """
            select from pg_stat_activity
            where datname = current_database() and state = 'active' and pid <> pg_backend_pid() and query like $1
            """, "%\(text)%"
        ).isEmpty {
            await Task.yield()
        }
    }

    @Test func cancellingTheTaskStopsItsStatementAndKeepsTheConnection() async throws {
        let pool = try TestDatabase.current.pool
        let sleep = Task { try await pool.query("select pg_sleep(3600)") }
        try await waitUntilRunning("pg_sleep(3600)", pool)
        let sessions = PostgresStatement(
            "select array_agg(pid order by pid) from pg_stat_activity where datname = current_database()")
        let before = try await pool.query(sessions).decodeOnly([Int].self)
        sleep.cancel()
        let error = await #expect(throws: PostgresError.self) { try await sleep.value }
        #expect(error?.code == .cancelled)
        #expect(try await pool.query(sessions).decodeOnly([Int].self) == before)
    }

    @Test func aCancelledPipelineLeavesNothingBehind() async throws {
        let pool = try TestDatabase.current.pool
        try await pool.query("create table t (id int)")
        let work = Task {
            try await pool.pipeline([
                PostgresStatement("insert into t values (1)"), PostgresStatement("select pg_sleep(3601)"),
            ])
        }
        try await waitUntilRunning("pg_sleep(3601)", pool)
        work.cancel()
        let error = await #expect(throws: PostgresError.self) { try await work.value }
        #expect(error?.code == .cancelled)
        #expect(try await pool.query("select from t").isEmpty)
    }

    @Test func aCancelledTransactionIsRolledBackAndItsConnectionReturned() async throws {
        let pool = try TestDatabase.current.pool
        try await pool.query("create table t (id int)")
        let work = Task {
            try await pool.transaction { connection in
                try await connection.query("insert into t values (1)")
                try await connection.query("select pg_sleep(3602)")
            }
        }
        try await waitUntilRunning("pg_sleep(3602)", pool)
        let open = pool.counts.open
        work.cancel()
        await #expect(throws: PostgresError.self) { try await work.value }
        #expect(try await pool.query("select from t").isEmpty)
        #expect(pool.counts.open == open)
        #expect(pool.counts.leased == 0)
    }

    @Test func aCancelledTaskSendsNothing() async throws {
        let pool = try TestDatabase.current.pool
        try await pool.query("create sequence s")
        let work = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await pool.query("select nextval('s')")
        }
        let error = await #expect(throws: PostgresError.self) { try await work.value }
        #expect(error?.code == .cancelled)
        #expect(try await pool.query("select nextval('s')").decodeOnly(Int.self) == 1)
    }

    /// Statements of cancelled tasks alternate with others on the same few connections: no cancellation may stray.
    @Test func underLoadOnlyCancelledTasksAreStopped() async throws {
        let pool = try TestDatabase.current.pool
        let failures = try await withThrowingTaskGroup(of: Int.self) { group in
            for worker in 0..<8 {
                group.addTask {
                    var failures = 0
                    for round in 0..<25 {
                        let victim = Task { try await pool.query("select pg_sleep(0.002 * $1)", Double(round % 3)) }
                        if round % 2 == 0 { await Task.yield() }
                        victim.cancel()
                        do {
                            _ = try await victim.value
                        } catch let error as PostgresError {
                            #expect(error.code == .cancelled)
                        }
                        let answer = try await pool.query("select $1", worker * 1000 + round).decodeOnly(Int.self)
                        if answer != worker * 1000 + round { failures += 1 }
                    }
                    return failures
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(failures == 0)
        #expect(pool.counts.leased == 0)
        #expect(pool.counts.waiting == 0)
    }
}
