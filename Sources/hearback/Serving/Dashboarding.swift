import Dashboards
import Foundation
import Logging
import Postgres
import ServiceLifecycle
import Store
import Synchronization

/// Keeps the dashboards within seconds of the facts: recomputes stale days, then writes the pages whose figures changed.
struct Dashboarding: Service {
    /// What the pages on disk were built from.
    private struct Built: Equatable {
        let refresh: Int64
        let organisation: Organisation
        let today: CalendarDay
    }

    let store: Store
    let folder: String
    let logger: Logger

    func run() async throws {
        let built = Mutex<Built?>(nil)
        try await PeriodicJob(name: "dashboards", interval: .seconds(1), logger: logger) {
            let now = Date()
            if try await store.cellState(now: now).isStale { try await store.refreshCells(now: now) }
            let organisation = try await store.organisation()
            let present = Built(
                refresh: try await store.cellState(now: now).refresh, organisation: organisation,
                today: CalendarDay(now, in: TimeZone(identifier: organisation.timeZone) ?? .gmt))
            guard built.withLock({ $0 != present }) else { return }
            let written = try await SiteBuilder(store: store, folder: folder).build(now: now)
            built.withLock { $0 = present }
            if !written.isEmpty { logger.info("dashboards written", metadata: ["files": "\(written.count)"]) }
        }.run()
    }
}
