import Logging
import Postgres
import TestSupport
import Testing

@Suite(.database) struct PoolTests {
    /// Runs `body` with a pool of a given size on the test's database.
    private func withPool(
        size: Int, timeout: Duration = .seconds(60), _ body: (PostgresPool) async throws -> Void
    ) async throws {
        let pool = PostgresPool(
            conninfo: try TestDatabase.current.conninfo,
            options: .init(maximumSize: size, leaseTimeout: timeout, applicationName: "pool test"),
            logger: Logger(label: "pool") { _ in SwiftLogNoOpLogHandler() })
        let run = Task { await pool.run() }
        do {
            try await body(pool)
        } catch {
            run.cancel()
            await run.value
            throw error
        }
        run.cancel()
        await run.value
    }

    /// Returns when so many leases wait.
    private func waitUntil(_ count: Int, waitFor pool: PostgresPool) async {
        while pool.counts.waiting != count { await Task.yield() }
    }

    @Test func thePoolNeverOpensMoreThanItsMaximum() async throws {
        try await withPool(size: 3) { pool in
            try await withThrowingDiscardingTaskGroup { group in
                for _ in 0..<40 {
                    group.addTask {
                        try await pool.query("select pg_sleep(0.005)")
                        #expect(pool.counts.open <= 3)
                    }
                }
            }
            let counts = pool.counts
            #expect((counts.open, counts.leased, counts.waiting, counts.maximum) == (3, 0, 0, 3))
            let sessions = try await TestDatabase.current.pool.query(
                "select from pg_stat_activity where datname = current_database() and application_name = 'pool test'")
            #expect(sessions.count == 3)
        }
    }

    @Test func waitersAreServedInTheOrderOfAsking() async throws {
        try await withPool(size: 1) { pool in
            let served = Shared<[Int]>([])
            let waiters = try await pool.withConnection { _ in
                var waiters: [Task<Void, any Error>] = []
                for number in 0..<20 {
                    waiters.append(
                        Task { try await pool.withConnection { _ in served.withLock { $0.append(number) } } })
                    await waitUntil(number + 1, waitFor: pool)
                }
                return waiters
            }
            for waiter in waiters { try await waiter.value }
            #expect(served.withLock { $0 } == Array(0..<20))
        }
    }

    @Test func aLeaseThatWaitsTooLongFailsAndLeavesTheQueue() async throws {
        try await withPool(size: 1) { pool in
            try await pool.withConnection { _ in
                let error = await #expect(throws: PostgresError.self) {
                    try await pool.withConnection(within: .milliseconds(20)) { _ in }
                }
                #expect(error?.code == .leaseTimedOut)
                #expect(pool.counts.waiting == 0)
            }
            #expect(try await pool.query("select 1").count == 1)
        }
    }

    @Test func aCancelledWaiterLeavesTheQueue() async throws {
        try await withPool(size: 1) { pool in
            try await pool.withConnection { _ in
                let waiter = Task { try await pool.query("select 1") }
                await waitUntil(1, waitFor: pool)
                waiter.cancel()
                let error = await #expect(throws: PostgresError.self) { try await waiter.value }
                #expect(error?.code == .cancelled)
                #expect(pool.counts.waiting == 0)
            }
        }
    }

    @Test func leasesAskedForBeforeThePoolRunsWaitForIt() async throws {
        let pool = PostgresPool(conninfo: try TestDatabase.current.conninfo, logger: Logger(label: "pool"))
        let early = Task { try await pool.query("select 7").decodeOnly(Int.self) }
        await waitUntil(1, waitFor: pool)
        let run = Task { await pool.run() }
        #expect(try await early.value == 7)
        run.cancel()
        await run.value
    }

    @Test func closingFailsWaitersAndWaitsForLeases() async throws {
        let pool = PostgresPool(
            conninfo: try TestDatabase.current.conninfo, options: .init(maximumSize: 1), logger: Logger(label: "pool"))
        let run = Task { await pool.run() }
        let waiter = try await pool.withConnection { connection in
            let waiter = Task { try await pool.query("select 1") }
            await waitUntil(1, waitFor: pool)
            run.cancel()
            let error = await #expect(throws: PostgresError.self) { try await waiter.value }
            #expect(error?.code == .poolClosed)
            try await connection.query("select 1")
            return waiter
        }
        waiter.cancel()
        await run.value
        #expect(pool.counts.open == 0)
        let error = await #expect(throws: PostgresError.self) { try await pool.query("select 1") }
        #expect(error?.code == .poolClosed)
    }

    @Test func anIdleConnectionThatDiedIsReplacedUnnoticed() async throws {
        try await withPool(size: 2) { pool in
            let administration = try TestDatabase.current.pool
            for _ in 0..<5 {
                let backend = try await pool.query("select pg_backend_pid()").decodeOnly(Int32.self)
                try await administration.query("select pg_terminate_backend($1, 10000)", backend)
                let next = try await pool.query("select pg_backend_pid()").decodeOnly(Int32.self)
                #expect(next != backend)
            }
        }
    }

    @Test func aConnectionThatDiesAtWorkFailsOnlyThatWork() async throws {
        try await withPool(size: 1) { pool in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.query("select pg_terminate_backend(pg_backend_pid())")
            }
            #expect(error?.code == .connectionLost)
            #expect(error?.sqlState == "57P01")
            try await pool.query("select 1")
            #expect(pool.counts.open == 1)
        }
    }

    @Test func aServerThatIsAwayMakesLeasesWaitAndTellsTheReason() async throws {
        let pool = PostgresPool(
            conninfo: "host=/nonexistent dbname=x", options: .init(leaseTimeout: .milliseconds(50)),
            logger: Logger(label: "pool") { _ in SwiftLogNoOpLogHandler() })
        let run = Task { await pool.run() }
        // The first attempt to connect may still be under way when the first lease gives up.
        var message = ""
        while !message.contains("/nonexistent") {
            let error = await #expect(throws: PostgresError.self) { try await pool.query("select 1") }
            #expect(error?.code == .leaseTimedOut)
            message = try #require(error?.description)
            #expect(message.contains("\n") == false)
        }
        run.cancel()
        await run.value
    }

    @Test func aConnectionThatIsClosedRefusesWork() async throws {
        let connection = try await PostgresConnection.open(
            try TestDatabase.current.conninfo, logger: Logger(label: "connection"))
        await connection.close()
        let error = await #expect(throws: PostgresError.self) { try await connection.query("select 1") }
        #expect(error?.code == .connectionLost)
    }

    @Test func theFirstHostThatQualifiesIsTaken() async throws {
        let conninfo = try TestDatabase.current.conninfo
            .replacing("host='", with: "host='/nonexistent,")
        let connection = try await PostgresConnection.open(
            conninfo + " target_session_attrs=read-write client_encoding=LATIN1", logger: Logger(label: "connection"))
        let encoding = try await connection.query("select current_setting('client_encoding')").decodeOnly(String.self)
        #expect(encoding == "UTF8")
        await connection.close()
    }
}
