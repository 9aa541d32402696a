import Foundation
import Logging
import Store

/// Forgets once a day what is not needed any more.
func retaining(store: Store, logger: Logger) -> PeriodicJob {
    PeriodicJob(name: "retention", interval: .seconds(86_400), logger: logger) {
        let counts = try await store.applyRetention(now: Date())
        guard counts != RetentionCounts() else { return }
        logger.info(
            "forgotten",
            metadata: [
                "customers": "\(counts.customers)", "deliveries": "\(counts.deliveries)",
                "comments": "\(counts.comments)", "remarks": "\(counts.remarks)",
            ])
    }
}
