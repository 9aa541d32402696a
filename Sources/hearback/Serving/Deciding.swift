import Foundation
import Logging
import ServiceLifecycle
import Store

/// Decides about resolutions as they come in, and once more every few seconds, since a delay may have passed.
struct Deciding: Service {
    let store: Store
    let logger: Logger

    func run() async throws {
        let job = PeriodicJob(name: "deciding", interval: .seconds(5), logger: logger) { try await decide() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await job.run() }
            group.addTask {
                await cancelWhenGracefulShutdown {
                    for await _ in store.pool.listen(to: ["resolutions"]) {
                        do { try await decide() } catch {
                            logger.debug("deciding failed", metadata: ["error": "\(error)"])
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private func decide() async throws {
        let counts = try await store.decideDueResolutions(now: Date())
        if counts.invited + counts.skipped > 0 {
            logger.info("decided", metadata: ["invited": "\(counts.invited)", "skipped": "\(counts.skipped)"])
        }
    }
}
