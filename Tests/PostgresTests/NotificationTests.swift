import EmbeddedPostgres
import Logging
import Postgres
import TestSupport
import Testing

@Suite struct NotificationTests {
    @Test(.database) func notificationsArriveInOrderFromAllChannels() async throws {
        let pool = try TestDatabase.current.pool
        var events = pool.listen(to: ["outbox", "Odd \"Name\""]).makeAsyncIterator()
        #expect(await events.next() == .mayHaveMissed)
        try await pool.pipeline([
            PostgresStatement("select pg_notify('outbox', $1)", "first"),
            PostgresStatement("select pg_notify('Odd \"Name\"', '')"),
            PostgresStatement("select pg_notify('elsewhere', 'unheard')"),
        ])
        try await pool.query("select pg_notify('outbox', 'last')")
        #expect(await events.next() == .notification(channel: "outbox", payload: "first"))
        #expect(await events.next() == .notification(channel: "Odd \"Name\"", payload: ""))
        #expect(await events.next() == .notification(channel: "outbox", payload: "last"))
    }

    @Test(.database) func cancellingTheTaskEndsListening() async throws {
        let pool = try TestDatabase.current.pool
        let (started, starter) = AsyncStream.makeStream(of: Void.self)
        let listening = Task {
            var count = 0
            for await _ in pool.listen(to: ["c"]) {
                count += 1
                starter.yield()
            }
            return count
        }
        for await _ in started { break }
        listening.cancel()
        #expect(await listening.value == 1)
    }

    @Test(.database) func aLostConnectionIsReplacedAndTheGapAnnounced() async throws {
        let pool = try TestDatabase.current.pool
        var events = pool.listen(to: ["c"]).makeAsyncIterator()
        for round in 0..<3 {
            #expect(await events.next() == .mayHaveMissed)
            try await pool.query("select pg_notify('c', $1)", "\(round)")
            #expect(await events.next() == .notification(channel: "c", payload: "\(round)"))
            try await pool.query(
                """
                select pg_terminate_backend(pid, 10000) from pg_stat_activity
                where datname = current_database() and query like 'listen %'
                """)
        }
    }

    @Test func listeningSurvivesARestartOfTheServer() async throws {
        try await withOwnServer { server, restart in
            let logger = Logger(label: "listener") { _ in SwiftLogNoOpLogHandler() }
            let pool = PostgresPool(conninfo: server.conninfo, logger: logger)
            let run = Task { await pool.run() }
            var events = pool.listen(to: ["c"]).makeAsyncIterator()
            #expect(await events.next() == .mayHaveMissed)
            try await restart()
            #expect(await events.next() == .mayHaveMissed)
            try await pool.query("select pg_notify('c', 'after')")
            #expect(await events.next() == .notification(channel: "c", payload: "after"))
            run.cancel()
            await run.value
        }
    }
}
