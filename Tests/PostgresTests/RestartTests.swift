import EmbeddedPostgres
import Logging
import Postgres
import Testing

struct RestartTests {
    private struct Tally: Sendable {
        var acknowledged: [Int] = []
        var failures: [PostgresError] = []
    }

    /// Several workers insert without a pause while the server is restarted twice.
    @Test func aRestartOfTheServerFailsOnlyWhatIsInFlight() async throws {
        try await withOwnServer { server, restart in
            let pool = PostgresPool(
                conninfo: server.conninfo, options: .init(maximumSize: 4, leaseTimeout: .seconds(60)),
                logger: Logger(label: "pool") { _ in SwiftLogNoOpLogHandler() })
            let run = Task { await pool.run() }
            try await pool.query("create table t (id int primary key)")
            let tally = Shared(Tally())
            let workers = 6
            let load = (0..<workers).map { worker in
                Task {
                    var id = worker
                    while !Task.isCancelled {
                        do {
                            try await pool.query("insert into t values ($1)", id)
                            tally.withLock { $0.acknowledged.append(id) }
                        } catch let error as PostgresError {
                            if error.code != .cancelled { tally.withLock { $0.failures.append(error) } }
                        }
                        id += workers
                    }
                }
            }
            func waitForProgress() async {
                let goal = tally.withLock { $0.acknowledged.count } + 200
                while tally.withLock({ $0.acknowledged.count }) < goal { await Task.yield() }
            }
            await waitForProgress()
            for _ in 0..<2 {
                try await restart()
                await waitForProgress()
            }
            for worker in load { worker.cancel() }
            for worker in load { try await worker.value }

            let (acknowledged, failures) = tally.withLock { ($0.acknowledged, $0.failures) }
            let stored = Set(try await pool.query("select id from t").decode(Int.self))
            #expect(stored.isSuperset(of: acknowledged))
            // At most one statement on each of four connections was in flight at each of two restarts.
            #expect(failures.count <= 8)
            #expect(failures.allSatisfy { $0.code == .connectionLost })
            run.cancel()
            await run.value
        }
    }
}
