import Foundation
import Logging
import Store

/// Records results in groups as they come, one write at a time, and goes on trying while the database is away: for as long as their
/// claims last, after which others take them for uncertain anyway, and for a few seconds once the worker has to stop.
///
/// So a process that is killed leaves only the few messages unrecorded that it was at work on, and a database that is restarted
/// makes nothing be sent twice.
actor ResultRecorder {
    private let store: Store
    private let now: @Sendable () -> Date
    private let patience: @Sendable () -> Duration
    private let logger: Logger
    private var pending: [DeliveryResult] = []
    private var writing: Task<Void, Never>?

    /// - Parameter patience: How long to go on trying after the first failure, as things stand.
    init(
        store: Store, now: @escaping @Sendable () -> Date, patience: @escaping @Sendable () -> Duration, logger: Logger
    ) {
        self.store = store
        self.now = now
        self.patience = patience
        self.logger = logger
    }

    /// Takes a result; it is written soon.
    func add(_ result: DeliveryResult) {
        pending.append(result)
        // A task of its own, which the cancellation of a worker does not reach: what was sent has to be told.
        if writing == nil { writing = Task { await write() } }
    }

    /// Returns once all that was taken is written.
    func finish() async {
        while let writing { await writing.value }
    }

    private func write() async {
        var delay = Duration.milliseconds(100)
        var failing: ContinuousClock.Instant?
        while !pending.isEmpty {
            let group = pending
            do {
                try await store.record(group, now: now())
                pending.removeFirst(group.count)
                delay = .milliseconds(100)
                failing = nil
            } catch {
                let since = failing ?? .now
                failing = since
                if since.duration(to: .now) >= patience() {
                    logger.error("results are given up", metadata: ["count": "\(group.count)", "error": "\(error)"])
                    pending = []
                    break
                }
                logger.warning("results could not be recorded and are tried again", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: delay)
                delay = min(delay * 2, .seconds(5))
            }
        }
        writing = nil
    }
}
