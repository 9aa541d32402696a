import Dashboards
import Foundation
import Logging
import ServiceLifecycle
import Store

/// Keeps the dashboards within seconds of the facts: recomputes stale days, then writes the pages whose figures changed.
///
/// Answers are quick to count and looked for four times a second; days of interactions take longer and must not hold them up. Overviews are
/// written at once, the other pages part by part in between.
struct Dashboarding: Service {
    let store: Store
    let folder: String
    let logger: Logger

    func run() async throws {
        let builder = SiteBuilder(store: store, folder: folder)
        let pages = PeriodicJob(name: "dashboards", interval: .milliseconds(250), logger: logger, rest: 0.1) {
            try await store.refreshCells(.answers, now: Date())
            let written = try await builder.build(now: Date(), limit: 1)
            if written.files > 0 { logger.info("dashboards written", metadata: ["files": "\(written.files)"]) }
        }
        let work = PeriodicJob(name: "figures", interval: .seconds(1), logger: logger) {
            try await store.refreshCells(.work, now: Date())
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await pages.run() }
            group.addTask { try await work.run() }
            try await group.waitForAll()
        }
    }
}
