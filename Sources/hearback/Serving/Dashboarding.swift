import Dashboards
import Foundation
import Logging
import ServiceLifecycle
import Store

/// Keeps the dashboards within seconds of the facts: recomputes stale days, then writes the pages whose figures changed.
///
/// Five jobs side by side, so that none waits for a slower one: answers are counted and written on the overviews several times a
/// second; answers by team, agent and so on take longer, days of interactions longer still; other pages are
/// made part by part, and so are the sites of those who see some teams or portfolios only.
struct Dashboarding: Service {
    let store: Store
    let folder: String
    /// Whether readers do not sign in here.
    let isOpen: Bool
    let logger: Logger

    func run() async throws {
        let builder = SiteBuilder(store: store, folder: folder, isServed: !isOpen)
        let parts = ScopedSites(store: store, site: folder)
        let overviews = PeriodicJob(name: "overviews", interval: .milliseconds(250), logger: logger, rest: 0.5) {
            try await store.refreshCells(.totals, now: Date())
            tell(try await builder.build(.overviews, now: Date()))
        }
        let pages = PeriodicJob(name: "pages", interval: .milliseconds(500), logger: logger, rest: 1) {
            tell(try await builder.build(.further(1), now: Date()))
        }
        let scoped = PeriodicJob(name: "sites of teams and portfolios", interval: .seconds(1), logger: logger, rest: 1)
        {
            let (files, failures) = try await parts.build(now: Date())
            try Task.checkCancellation()
            if let error = failures.values.first {
                logger.warning(
                    "sites failed and are tried again",
                    metadata: ["sites": "\(failures.keys.sorted())", "error": "\(error)"])
            }
            if files > 0 { logger.info("dashboards of teams and portfolios written", metadata: ["files": "\(files)"]) }
        }
        let answers = PeriodicJob(name: "answers", interval: .milliseconds(500), logger: logger, rest: 2) {
            try await store.refreshCells(.answers, now: Date())
        }
        let work = PeriodicJob(name: "figures", interval: .seconds(1), logger: logger) {
            try await store.refreshCells(.work, now: Date())
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask(priority: .high) { try await overviews.run() }
            for job in [pages, scoped, answers, work] { group.addTask(priority: .utility) { try await job.run() } }
            try await group.waitForAll()
        }
    }

    private func tell(_ changes: SiteChanges) {
        guard changes.files > 0 else { return }
        logger.info("dashboards written", metadata: ["files": "\(changes.files)"])
    }
}
