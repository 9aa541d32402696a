import CLibpq
import Logging
import OwnThread
import Synchronization

/// A connection to a PostgreSQL server.
///
/// An actor that runs on a thread of its own, so that libpq may block. Work that is passed in as a closure over an
/// `isolated PostgresConnection` runs on that thread too, and its statements cost no change of thread.
public actor PostgresConnection {
    /// What a connection can be used for next.
    enum Condition: UInt8, AtomicRepresentable {
        case ready
        /// A transaction block was left open.
        case inTransaction
        /// Lost, closed, or in the middle of a COPY that nobody will finish.
        case broken
    }

    private nonisolated let thread = OwnThread()
    private nonisolated let wakeUp: WakeUpSignal
    private nonisolated let logger: Logger
    private let publishedCondition = Atomic(Condition.broken)
    private let publishedSocket = Atomic<Int32>(-1)
    private var session: LibpqSession?

    /// The thread that the connection lives on.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    private init(logger: Logger) throws(PostgresError) {
        wakeUp = try WakeUpSignal()
        self.logger = logger
    }

    deinit {
        thread.stop()
    }

    /// Opens a connection; any libpq connection string or URI will do, also one that names several hosts.
    ///
    /// The session's encoding is UTF-8 in any case. Throws `connectFailed` or `invalidConninfo`. A server that does not
    /// answer is given up after ten seconds, or the string's `connect_timeout`, or when the task is cancelled.
    public static func open(
        _ conninfo: String, applicationName: String? = nil, settings: [String: String] = [:], logger: Logger
    ) async throws -> PostgresConnection {
        let connection = try PostgresConnection(logger: logger)
        // libpq cannot be interrupted while it connects: when the task is cancelled, the attempt is left to its thread.
        let outcome = FirstOutcome<PostgresConnection>()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                outcome.deliver(to: continuation)
                Task {
                    do {
                        try await connection.connect(conninfo, applicationName: applicationName, settings: settings)
                        if !outcome.settle(.success(connection)) { await connection.close() }
                    } catch {
                        await connection.close()
                        outcome.settle(.failure(error))
                    }
                }
            }
        } onCancel: {
            outcome.settle(.failure(PostgresError(.cancelled, "the task was cancelled")))
        }
    }

    private func connect(
        _ conninfo: String, applicationName: String?, settings: [String: String]
    ) throws(PostgresError) {
        let session = try LibpqSession(
            conninfo: conninfo, applicationName: applicationName, settings: settings, wakeUp: wakeUp)
        publishedSocket.store(session.socket, ordering: .releasing)
        self.session = session
        publishCondition()
        logger.debug("Connected to PostgreSQL.", metadata: ["backend": "\(PQbackendPID(session.handle))"])
    }

    /// Closes the connection and ends its thread; further statements throw `connectionLost`.
    public func close() {
        publishedSocket.store(-1, ordering: .releasing)
        session = nil
        publishCondition()
        thread.stop()
    }

    // MARK: Statements

    /// Runs a statement; outside of `transaction` it is a transaction of its own.
    @discardableResult
    public func query(_ sql: StaticString, _ parameters: any PostgresEncodable...) async throws -> PostgresRows {
        try await query(PostgresStatement(sql, parameters: parameters))
    }

    /// Runs a statement; outside of `transaction` it is a transaction of its own.
    @discardableResult
    public func query(_ statement: PostgresStatement) async throws -> PostgresRows {
        let rows = try await pipeline([statement])
        return rows[0]
    }

    /// Runs statements in one round trip and one transaction: all take effect, or none.
    ///
    /// None of them may begin or end a transaction.
    @discardableResult
    public func pipeline(_ statements: [PostgresStatement]) async throws -> [PostgresRows] {
        guard !statements.isEmpty else { return [] }
        return try await use { session throws(PostgresError) in try session.perform(statements) }
    }

    /// Runs a script of several statements as one transaction; for schema changes, never for values.
    public func execute(script: String) async throws {
        try await use { session throws(PostgresError) in try session.execute(script: script) }
    }

    /// Returns a name quoted for use in a script.
    public static func quoteIdentifier(_ name: String) -> String {
        "\"\(name.replacing("\"", with: "\"\""))\""
    }

    // MARK: For this module

    /// The connection's condition after its last statement.
    nonisolated var condition: Condition { publishedCondition.load(ordering: .acquiring) }

    /// The socket, for a look at it from any thread; -1 once closed.
    nonisolated var socket: Int32 { publishedSocket.load(ordering: .acquiring) }

    /// Reads what an idle connection has received; false when that is the end of the connection.
    func isStillAlive() -> Bool {
        defer { publishCondition() }
        return session?.isStillAlive() ?? false
    }

    /// Waits for a notification; nil once the task is cancelled.
    func nextNotification() async throws -> PostgresNotification? {
        try await use { session throws(PostgresError) in try session.nextNotification() }
    }

    /// Blocks the connection's thread in `work`; cancelling the task stops the statement that runs.
    func use<Result: Sendable>(
        duringCopy: Bool = false, _ work: (LibpqSession) throws(PostgresError) -> Result
    ) async throws -> Result {
        defer { publishCondition() }
        do {
            return try await withTaskCancellationHandler {
                // Through a method of the actor: a closure that does not mention `self` would run on another thread.
                try self.block(duringCopy: duringCopy, in: work)
            } onCancel: {
                wakeUp.raise()
            }
        } catch var error as PostgresError {
            if error.sqlState == "57014", Task.isCancelled { error.code = .cancelled }
            throw error
        }
    }

    private func block<Result>(
        duringCopy: Bool, in work: (LibpqSession) throws(PostgresError) -> Result
    ) throws(PostgresError) -> Result {
        try work(try idleSession(duringCopy: duringCopy))
    }

    /// The session, when it is free for a statement.
    func idleSession(duringCopy: Bool = false) throws(PostgresError) -> LibpqSession {
        guard let session, !session.isBroken else {
            throw PostgresError(.connectionLost, "the connection is closed")
        }
        guard session.isCopying == duringCopy else {
            throw PostgresError(.misuse, duringCopy ? "the COPY has ended" : "a COPY is under way on this connection")
        }
        return session
    }

    /// True while a COPY is under way on this connection.
    var isCopying: Bool { session?.isCopying ?? false }

    /// Leaves a COPY whose reader has stopped.
    func abandonCopyOut(_ sql: StaticString) {
        session?.abandonCopyOut(sql)
        publishCondition()
    }

    func publishCondition() {
        let condition: Condition =
            switch session?.transactionStatus {
            case _ where session?.isBroken != false: .broken
            case PQTRANS_IDLE: .ready
            case PQTRANS_INTRANS, PQTRANS_INERROR: .inTransaction
            default: .broken
            }
        publishedCondition.store(condition, ordering: .releasing)
    }
}
