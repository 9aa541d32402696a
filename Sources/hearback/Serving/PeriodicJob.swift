import Foundation
import Logging
import ServiceLifecycle
import Store

/// Does a piece of work again and again until the graceful shutdown; a failure is logged and the next turn tries anew.
struct PeriodicJob: Service {
    let name: String
    let interval: Duration
    let logger: Logger
    /// How long to rest after heavy work, as a multiple of the time it took.
    var rest = 5.0
    let work: @Sendable () async throws -> Void

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let started = ContinuousClock.now
                do {
                    try await work()
                } catch  where Task.isCancelled {
                    return
                } catch {
                    logger.warning("\(name) failed and is tried again", metadata: ["error": "\(error)"])
                }
                // Heavy work rests for longer, so that it leaves the machine to others.
                try? await Task.sleep(for: max(interval, started.duration(to: .now) * rest))
            }
        }
    }
}

/// Scores that came back as texts become responses a day later, if nobody went on by the link.
func settlingTexts(store: Store, logger: Logger) -> PeriodicJob {
    PeriodicJob(name: "texted answers", interval: .seconds(60), logger: logger) {
        _ = try await store.settleTextedAnswers(before: Date().addingTimeInterval(-86_400), now: Date())
    }
}

/// What has to be cleaned up now and then.
func housekeeping(store: Store, logger: Logger) -> PeriodicJob {
    PeriodicJob(name: "housekeeping", interval: .seconds(3600), logger: logger) {
        try await store.forgetIdempotentReplies(now: .now)
        try await store.forgetFigureChanges()
        _ = try await store.cancelExpiredMessages(now: .now)
        try await store.forgetEndedSessions(now: .now)
    }
}
