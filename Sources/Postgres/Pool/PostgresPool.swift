import Foundation
import Logging
import Synchronization

/// A bounded number of connections that are leased one task at a time, in the order of asking.
///
/// Connections are opened on demand and kept. One that breaks is replaced, only the work in flight on it fails; while
/// the server is away, leases wait for it until their time is over.
public final class PostgresPool: Sendable {
    /// How a pool behaves.
    public struct Options: Sendable {
        /// The largest number of connections open at a time.
        public var maximumSize: Int
        /// How long a lease may wait for a connection.
        public var leaseTimeout: Duration
        /// The name under which the server lists the connections, unless the connection string gives one.
        public var applicationName: String?
        /// Settings of each session, such as `jit`, unless the connection string gives `options` of its own.
        public var settings: [String: String]

        /// Creates options.
        public init(
            maximumSize: Int = 8, leaseTimeout: Duration = .seconds(10), applicationName: String? = nil,
            settings: [String: String] = [:]
        ) {
            self.settings = settings
            self.maximumSize = maximumSize
            self.leaseTimeout = leaseTimeout
            self.applicationName = applicationName
        }
    }

    /// A pool's figures at one moment.
    public struct Counts: Sendable, Equatable {
        /// Connections that are open.
        public var open: Int
        /// Connections that are in use.
        public var leased: Int
        /// Leases that wait for a connection.
        public var waiting: Int
        /// The largest number of connections.
        public var maximum: Int
    }

    typealias Waiter = CheckedContinuation<PostgresConnection, any Error>

    private struct State {
        var pool: PoolState<PostgresConnection, Waiter>
        var lastWaiter: UInt64 = 0
        var lastFailure: PostgresError?
        var whenDrained: CheckedContinuation<Void, Never>?
    }

    /// The connection string; it may hold a password.
    public let conninfo: String
    let options: Options
    let logger: Logger
    private let state: Mutex<State>
    private let openRequests = AsyncStream.makeStream(of: Void.self)

    /// Creates a pool; nothing is opened before `run()`.
    public init(conninfo: String, options: Options = Options(), logger: Logger) {
        self.conninfo = conninfo
        self.options = options
        self.logger = logger
        state = Mutex(State(pool: PoolState(maximumSize: options.maximumSize)))
    }

    /// The pool's figures at this moment.
    public var counts: Counts { state.withLock { $0.pool.counts } }

    /// Opens connections as they are asked for, until the task is cancelled; to be called once.
    ///
    /// On cancellation waiting leases fail with `poolClosed`; it returns when all connections have come back and are
    /// closed. Leases asked for before it runs wait for it.
    public func run() async {
        await withDiscardingTaskGroup { group in
            for await _ in openRequests.stream {
                group.addTask { await self.openConnection() }
            }
            await close()
        }
    }

    // MARK: Work

    /// Runs `body` with a connection of its own, on that connection's thread.
    ///
    /// Statements in the body cost no change of thread. It must not wait for another task that uses the connection.
    /// Whatever a body changes in the session (settings, temporary tables, advisory locks) is there for the next, too;
    /// only a transaction left open is rolled back.
    ///
    /// - Parameter timeout: How long to wait for a connection; the pool's `leaseTimeout` when nil.
    @discardableResult
    public func withConnection<Result: Sendable>(
        within timeout: Duration? = nil, _ body: @Sendable (isolated PostgresConnection) async throws -> Result
    ) async throws -> Result {
        let connection = try await lease(within: timeout ?? options.leaseTimeout)
        return try await serve(body, on: connection)
    }

    /// Stays on the connection's thread until the connection is back: it is free the sooner for the next.
    private func serve<Result: Sendable>(
        _ body: @Sendable (isolated PostgresConnection) async throws -> Result,
        on connection: isolated PostgresConnection
    ) async throws -> Result {
        defer { giveBack(connection) }
        return try await body(connection)
    }

    // MARK: Leases

    private func lease(within timeout: Duration) async throws -> PostgresConnection {
        while true {
            let connection = try await nextConnection(within: timeout)
            // The common case costs one system call and no change of thread.
            if !hasSomethingToSay(connection) { return connection }
            if await connection.isStillAlive() { return connection }
            await discard(connection)
        }
    }

    private func nextConnection(within timeout: Duration) async throws -> PostgresConnection {
        if Task.isCancelled { throw PostgresError(.cancelled, "the task was cancelled") }
        let (lease, id) = state.withLock { state in
            state.lastWaiter += 1
            return (state.pool.leaseIdle(), state.lastWaiter)
        }
        switch lease {
        case .leased(let connection): return connection
        case .closed: throw PostgresPool.closed
        case .mustWait: return try await wait(id, timeout)
        }
    }

    private func wait(_ id: UInt64, _ timeout: Duration) async throws -> PostgresConnection {
        let timer = Task {
            try await Task.sleep(for: timeout)
            turnAway(id, with: timedOut(after: timeout))
        }
        defer { timer.cancel() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                enqueue(continuation, id)
                // Had the task been cancelled before it was queued, nobody would take it out again.
                if Task.isCancelled { turnAway(id, with: PostgresError(.cancelled, "the task was cancelled")) }
            }
        } onCancel: {
            turnAway(id, with: PostgresError(.cancelled, "the task was cancelled"))
        }
    }

    private func enqueue(_ waiter: Waiter, _ id: UInt64) {
        let (lease, opens) = state.withLock { state in
            let lease = state.pool.leaseIdle()
            guard case .mustWait = lease else { return (lease, false) }
            return (lease, state.pool.enqueue(waiter, id: id))
        }
        switch lease {
        case .leased(let connection): waiter.resume(returning: connection)
        case .closed: waiter.resume(throwing: PostgresPool.closed)
        case .mustWait: if opens { openRequests.continuation.yield() }
        }
    }

    private func turnAway(_ id: UInt64, with error: PostgresError) {
        state.withLock { $0.pool.removeWaiter(id) }?.resume(throwing: error)
    }

    private func timedOut(after timeout: Duration) -> PostgresError {
        let (counts, failure) = state.withLock { ($0.pool.counts, $0.lastFailure) }
        let reason = failure.map { "; opening one failed: \($0.message)" } ?? ""
        let queue = "\(counts.leased) of \(counts.maximum) in use, \(counts.waiting) waiting"
        return PostgresError(.leaseTimedOut, "no connection in \(timeout); \(queue)\(reason)")
    }

    private static var closed: PostgresError { PostgresError(.poolClosed, "the pool is closed") }

    /// True when an idle connection's socket can be read: it has ended, or holds a notice.
    private func hasSomethingToSay(_ connection: PostgresConnection) -> Bool {
        var descriptor = pollfd(fd: connection.socket, events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, 0) != 0
    }

    private func giveBack(_ connection: isolated PostgresConnection) {
        if connection.condition == .inTransaction { connection.rollBack() }
        guard connection.condition == .ready else {
            logger.warning("A connection was lost and will be replaced.")
            return discard(connection)
        }
        settle(state.withLock { $0.pool.giveBack(connection) }, connection)
    }

    private func discard(_ connection: isolated PostgresConnection) {
        connection.close()
        let opens = state.withLock { $0.pool.discardLeased() }
        if opens { openRequests.continuation.yield() }
        resumeWhenDrained()
    }

    private func settle(
        _ placement: PoolState<PostgresConnection, Waiter>.Placement, _ connection: isolated PostgresConnection
    ) {
        switch placement {
        case .handOver(let waiter): waiter.resume(returning: connection)
        case .kept: break
        case .close:
            connection.close()
            resumeWhenDrained()
        }
    }

    // MARK: Opening and closing

    /// Opens one connection; while that fails and somebody waits, tries again, less and less often.
    private func openConnection() async {
        var pause = Duration.milliseconds(50)
        while true {
            do {
                let connection = try await PostgresConnection.open(
                    conninfo, applicationName: options.applicationName, settings: options.settings, logger: logger)
                let placement = state.withLock { state in
                    state.lastFailure = nil
                    return state.pool.opened(connection)
                }
                return await settle(placement, connection)
            } catch {
                logger.warning("No connection could be opened.", metadata: ["error": "\(error)"])
                let retries = state.withLock { state in
                    state.lastFailure = error as? PostgresError
                    return state.pool.retriesOpening()
                }
                guard retries else { return resumeWhenDrained() }
            }
            do {
                try await Task.sleep(for: pause)
            } catch {
                state.withLock { $0.pool.stoppedOpening() }
                return resumeWhenDrained()
            }
            pause = min(pause * 2, .seconds(1))
        }
    }

    private func close() async {
        let (waiters, idle) = state.withLock { $0.pool.close() }
        for waiter in waiters { waiter.resume(throwing: PostgresPool.closed) }
        for connection in idle { await connection.close() }
        await withCheckedContinuation { continuation in
            let isDrained = state.withLock { state in
                if !state.pool.isDrained { state.whenDrained = continuation }
                return state.pool.isDrained
            }
            if isDrained { continuation.resume() }
        }
    }

    private func resumeWhenDrained() {
        let continuation = state.withLock { state in
            defer { if state.pool.isDrained { state.whenDrained = nil } }
            return state.pool.isDrained ? state.whenDrained : nil
        }
        continuation?.resume()
    }
}
