import Foundation
import Postgres
import TestSupport
import Testing

@testable import Store

/// A refresh that ends in its middle leaves the marks of what it had not done.
@Suite(.migrated) struct InterruptedRefreshTests {
    enum End: CaseIterable { case cancelled, terminated }

    @Test(arguments: End.allCases) func theNextRefreshDoesTheRest(end: End) async throws {
        let store = try TestDatabase.store
        let history = History(seed: 9, contacts: 60, isOrderly: false)
        try await store.take(history.threads[...])
        _ = try await store.decideDueResolutions(now: .test)
        // Whoever replaces cells of contacts waits for this lock, with the other kinds done before.
        let blocker = try await PostgresConnection.open(TestDatabase.current.conninfo, logger: .init(label: "tests"))
        try await blocker.execute(script: "begin; lock table window_cell in exclusive mode")
        let refresh = Task { try await store.refreshCells(now: .test) }
        let pid = try await blockedRefresh(store)
        switch end {
        case .cancelled: refresh.cancel()
        case .terminated: try await store.pool.query("select pg_terminate_backend($1)", pid)
        }
        await #expect(throws: (any Error).self) { try await refresh.value }
        try await blocker.execute(script: "rollback")
        await blocker.close()
        // What was done before is there, and nothing is there by halves.
        let (handling, contacts) = try await store.pool.query(
            "select (select count(*) from handling_cell), (select count(*) from contact_cell)"
        ).decodeOnly(Int.self, Int.self)
        #expect(handling > 0 && contacts == 0)
        #expect(try await store.refreshCells(now: .test) > 0)
        let cells = try await store.allCells()
        try await expectNoDifference(now: .test)
        try await store.rebuildCells(now: .test)
        #expect(try await store.allCells() == cells)
    }

    @Test func aRebuildThatIsCancelledIsFinishedByTheNextRefresh() async throws {
        let store = try TestDatabase.store
        try await store.take(History(seed: 10, contacts: 60, isOrderly: false).threads[...])
        try await store.refreshCells(now: .test)
        let cells = try await store.allCells()
        let blocker = try await PostgresConnection.open(TestDatabase.current.conninfo, logger: .init(label: "tests"))
        try await blocker.execute(script: "begin; select pg_advisory_xact_lock(4720092, hashtext('complaints'))")
        let rebuild = Task { try await store.rebuildCells(now: .test) }
        _ = try await blockedBackend(store)
        rebuild.cancel()
        await #expect(throws: (any Error).self) { try await rebuild.value }
        try await blocker.execute(script: "rollback")
        await blocker.close()
        try await store.refreshCells(now: .test)
        #expect(try await store.allCells() == cells)
    }

    /// Waits until a backend of this database waits for a lock on cells, and returns its process.
    private func blockedRefresh(_ store: Store) async throws -> Int32 {
        while true {
            let pid = try await store.pool.query(
                """
                select pid from pg_stat_activity
                where datname = current_database() and wait_event_type = 'Lock' and query like 'select replace_cells%'
                """
            ).decodeFirst(Int32.self)
            if let pid { return pid }
        }
    }

    private func blockedBackend(_ store: Store) async throws -> Int32 {
        while true {
            let pid = try await store.pool.query(
                "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
            ).decodeFirst(Int32.self)
            if let pid { return pid }
        }
    }
}
