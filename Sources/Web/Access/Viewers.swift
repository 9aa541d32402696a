import AsyncAlgorithms
import Foundation
import Logging
import People
import ServiceLifecycle
import Store
import Synchronization

/// Who is signed in, remembered for a short while, so that a page costs no look at the database.
///
/// PostgreSQL tells of every session that ends and of every change of what somebody may do, and all servers forget it at once;
/// whatever they remember is looked up again after half a minute in any case.
final class Viewers: Service {
    private struct Known {
        var viewer: Viewer
        let checkedAt: Date
        var lastSeenAt: Date
    }

    private struct State {
        var known: [[UInt8]: Known] = [:]
        /// Sessions whose use is not noted yet.
        var used: Set<Int64> = []
        /// Changes whenever something is forgotten: what was looked up before is not remembered after.
        var generation = 0
    }

    private static let freshness: TimeInterval = 30
    private static let capacity = 20_000

    private let store: Store
    private let now: @Sendable () -> Date
    private let logger: Logger
    private let state = Mutex(State())

    init(store: Store, now: @escaping @Sendable () -> Date, logger: Logger) {
        self.store = store
        self.now = now
        self.logger = logger
    }

    /// Who a token belongs to, if it is remembered and still counts; never waits.
    func remembered(_ token: SecretToken) -> Viewer? {
        let moment = now()
        let digest = token.digest
        return state.withLock { state in
            guard let known = state.known[digest], moment.timeIntervalSince(known.checkedAt) < Self.freshness,
                moment >= known.checkedAt, known.viewer.isAlive(now: moment)
            else { return nil }
            if SessionTimes.isWorthStoring(moment, lastSeen: known.lastSeenAt) {
                state.known[digest]?.lastSeenAt = moment
                state.used.insert(known.viewer.session)
            }
            return known.viewer
        }
    }

    /// Who a token belongs to, if the session still counts.
    func viewer(_ token: SecretToken) async throws -> Viewer? {
        if let known = remembered(token) { return known }
        let generation = state.withLock(\.generation)
        let moment = now()
        guard let viewer = try await store.viewer(token.digest, now: moment) else { return nil }
        state.withLock { state in
            guard state.generation == generation else { return }
            if state.known.count >= Self.capacity { state.known.removeAll() }
            state.known[token.digest] = Known(viewer: viewer, checkedAt: moment, lastSeenAt: viewer.lastSeenAt)
            if SessionTimes.isWorthStoring(moment, lastSeen: viewer.lastSeenAt) { state.used.insert(viewer.session) }
        }
        return viewer
    }

    /// Forgets everybody; who is still signed in is looked up again.
    func forget() {
        state.withLock { state in
            state.known.removeAll()
            state.generation += 1
        }
    }

    /// Listens for what is to be forgotten, and notes the use of sessions, until a graceful shutdown.
    func run() async {
        await cancelWhenGracefulShutdown { [self] in
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    for await _ in self.store.pool.listen(to: ["sessions"]) { self.forget() }
                }
                group.addTask {
                    for await _ in AsyncTimerSequence(interval: .seconds(20), clock: .continuous) {
                        await self.noteUse()
                    }
                }
            }
        }
        await noteUse()
    }

    private func noteUse() async {
        let used = state.withLock { state in
            defer { state.used = [] }
            return Array(state.used)
        }
        guard !used.isEmpty else { return }
        do { try await store.noteUse(of: used, now: now()) } catch {
            logger.warning("the use of sessions could not be noted", metadata: ["error": "\(error)"])
        }
    }
}
