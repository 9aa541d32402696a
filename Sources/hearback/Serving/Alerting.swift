import Delivery
import Foundation
import Logging
import ServiceLifecycle
import Store

/// Tells those who look after follow-ups of new ones, as they come; without their words, which stay in one place.
struct Alerting: Service {
    let store: Store
    let mail: StaffMail?
    let logger: Logger

    func run() async throws {
        let job = PeriodicJob(name: "alerting", interval: .seconds(30), logger: logger) { try await tell() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await job.run() }
            group.addTask {
                await cancelWhenGracefulShutdown {
                    for await _ in store.pool.listen(to: ["follow_ups"]) {
                        do { try await tell() } catch {
                            logger.warning("alerting failed and is tried again", metadata: ["error": "\(error)"])
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        await mail?.close()
    }

    private func tell() async throws {
        let now = Date()
        try await store.tellOfFollowUps(now: now) { followUps in
            for followUp in followUps {
                logger.notice(
                    "an answer needs a person",
                    metadata: ["follow-up": "\(followUp.id)", "reason": "\(followUp.reason.rawValue)"])
            }
            guard let mail, let newest = followUps.last else { return }
            let lines = followUps.map { followUp in
                "Follow-up \(followUp.id): " + (followUp.reason == .distress ? "words of distress" : "a complaint")
                    + (followUp.firstDueOn.map { ", to be answered by \($0)" } ?? "")
            }
            let text =
                lines.joined(separator: "\n") + "\n\nRead what was written:  hearback follow-ups --show \(newest.id)\n"
            let subject =
                followUps.count == 1 ? "An answer needs a person" : "\(followUps.count) answers need a person"
            let refused = try await mail.send(
                subject: subject, text: text, key: "hearback-follow-up-\(newest.id)", now: now)
            for (reader, error) in refused {
                logger.warning(
                    "somebody could not be told of follow-ups; see HEARBACK_ALERTS_TO",
                    metadata: ["reader": "\(reader.text)", "error": "\(error)"])
            }
        }
    }
}
