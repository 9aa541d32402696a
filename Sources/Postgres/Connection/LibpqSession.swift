import CLibpq
import Foundation

/// One session with a server: every call into libpq on an open connection.
///
/// Not Sendable: it belongs to a `PostgresConnection`, whose thread may block in it. The socket is non-blocking and all
/// waiting is done here, on the socket and the wake-up signal together, for three reasons: a large pipeline cannot
/// deadlock against a server that waits for its answers to be read; a cancelled task ends its statement at once; and
/// since the thread that waits for a statement is also the one that cancels it, no cancellation can hit the next.
final class LibpqSession {
    let handle: OpaquePointer
    var prepared = PreparedStatements()
    /// The `begin` that the next statements are to be preceded by.
    var pendingBegin: PostgresStatement?
    /// True while a COPY is under way; statements have to wait for its end.
    var isCopying = false
    private let wakeUp: WakeUpSignal
    /// Set when the session has got into a state that only a new one can mend.
    private var isBeyondRepair = false

    /// How long a statement may ignore a cancellation before it is asked again, in milliseconds.
    static var cancellationInterval: Int32 { 100 }

    /// Connects, trying each host of the connection string in turn; blocks for up to `connect_timeout` for each.
    init(
        conninfo: String, applicationName: String?, settings: [String: String], wakeUp: WakeUpSignal
    ) throws(PostgresError) {
        try LibpqSession.check(conninfo)
        // What stands before the connection string can be overridden by it; what stands behind it cannot.
        let options = [
            ("fallback_application_name", applicationName ?? ""), ("connect_timeout", "10"),
            ("options", settings.sorted { $0.key < $1.key }.map { "-c \($0.key)=\($0.value)" }.joined(separator: " ")),
            ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "30000"), ("dbname", conninfo), ("client_encoding", "UTF8"),
        ]
        let handle = withCStrings(options.map(\.0)) { names in
            withCStrings(options.map(\.1)) { values in PQconnectdbParams(names, values, 1) }
        }
        guard let handle else { throw PostgresError(.connectFailed, "out of memory") }
        // The default is to print notices on standard error.
        PQsetNoticeReceiver(handle, { _, _ in }, nil)
        guard PQstatus(handle) == CONNECTION_OK, PQsetnonblocking(handle, 1) == 0 else {
            defer { PQfinish(handle) }
            throw PostgresError(.connectFailed, connection: handle)
        }
        self.handle = handle
        self.wakeUp = wakeUp
    }

    deinit {
        PQfinish(handle)
    }

    /// The socket's file descriptor.
    var socket: Int32 { PQsocket(handle) }

    var isBroken: Bool { isBeyondRepair || PQstatus(handle) == CONNECTION_BAD }

    /// What the server last said about the transaction.
    var transactionStatus: PGTransactionStatusType { PQtransactionStatus(handle) }

    /// Refuses a connection string without quoting it: it may hold a password.
    private static func check(_ conninfo: String) throws(PostgresError) {
        var ignoredMessage: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(conninfo, &ignoredMessage) else {
            PQfreemem(ignoredMessage)
            throw PostgresError(
                .invalidConninfo,
                "neither a libpq connection string nor a postgresql:// URI; see the libpq manual, 34.1")
        }
        PQconninfoFree(options)
    }

    // MARK: Waiting

    /// Takes the next result, or nil at the end of a statement's results.
    func nextResult(cancellable: Bool = true) -> LibpqResult? {
        waitForResult(cancellable: cancellable)
        return PQgetResult(handle).map(LibpqResult.init)
    }

    /// Blocks until `PQgetResult` would not; meanwhile sends what is still buffered.
    private func waitForResult(cancellable: Bool) {
        var timeout: Int32 = -1
        while true {
            let hasUnsentBytes = PQflush(handle) == 1
            if PQisBusy(handle) == 0 || socket < 0 { return }
            let isCancelled = cancellable && Task.isCancelled
            if isCancelled && timeout < 0 { requestCancellation() }
            timeout = isCancelled ? LibpqSession.cancellationInterval : -1
            switch waitForSocket(writable: hasUnsentBytes, timeout: timeout) {
            case .ready:
                // When this fails the connection is lost, and `PQgetResult` says so.
                if PQconsumeInput(handle) == 0 { return }
            case .timedOut:
                timeout = -1
            case .woken:
                break
            }
        }
    }

    enum WaitOutcome { case ready, woken, timedOut }

    /// Blocks until the socket can be read (or written, when asked), the signal is raised, or the time is over.
    func waitForSocket(readable: Bool = true, writable: Bool = false, timeout: Int32 = -1) -> WaitOutcome {
        let events = Int16(readable ? POLLIN : 0) | Int16(writable ? POLLOUT : 0)
        var descriptors = [
            pollfd(fd: socket, events: events, revents: 0),
            pollfd(fd: wakeUp.readingEnd, events: Int16(POLLIN), revents: 0),
        ]
        let ready = poll(&descriptors, nfds_t(descriptors.count), timeout)
        if descriptors[1].revents != 0 { wakeUp.clear() }
        if ready == 0 { return .timedOut }
        return ready > 0 && descriptors[0].revents != 0 ? .ready : .woken
    }

    /// Asks the server to stop what this session is doing; has been delivered, or has failed, on return.
    func requestCancellation() {
        guard let cancel = PQgetCancel(handle) else { return }
        defer { PQfreeCancel(cancel) }
        var message = [CChar](repeating: 0, count: 256)
        _ = PQcancel(cancel, &message, Int32(message.count))
    }

    /// Reads what an idle connection has received; false when that is the end of the connection.
    func isStillAlive() -> Bool {
        var descriptor = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        while !isBroken, poll(&descriptor, 1, 0) > 0 {
            guard PQconsumeInput(handle) == 1 else { return false }
        }
        return !isBroken
    }

    /// The error of a connection that broke.
    func lostConnection() -> PostgresError {
        PostgresError(.connectionLost, connection: handle)
    }

    /// Gives the session up, for the reason of the error.
    func breakConnection(_ error: PostgresError) -> PostgresError {
        isBeyondRepair = true
        return error
    }
}

/// Calls `body` with a nil-terminated array of C strings.
private func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
) -> Result {
    let copies = strings.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies.map { UnsafePointer($0) } + [nil])
}
