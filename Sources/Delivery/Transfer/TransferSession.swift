import CCurl
import OwnThread

/// Sends mails by SMTP and requests by HTTP, one after the other, over connections that it keeps open between them.
///
/// An actor that runs on a thread of its own, so that libcurl may block. A transfer ends within about a second when its
/// task is cancelled or the session is closed, except while a name is being resolved: then it ends when the system's
/// resolver does. No transfer uses a proxy, cookies or stored passwords, whatever the environment says.
public actor TransferSession {
    // libcurl leaves signals alone when it is told that the program has several threads.
    private nonisolated let thread = OwnThread(prepare: block_broken_pipe_signal)
    private nonisolated let stop = StopSignal()
    private let certificateAuthorities: String?
    private let isAllowed: (@Sendable ([UInt8]) -> Bool)?
    private var handle: CurlHandle?
    private var mailServer: MailServer?

    /// The thread that the session lives on.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// Creates a session; nothing is connected before the first transfer.
    ///
    /// - Parameters:
    ///   - certificateAuthorities: A file of PEM certificates to trust instead of the system's.
    ///   - allows: Asked with the bytes of each address (4 for IPv4, 16 for IPv6, also of an IPv4 address mapped into
    ///     IPv6) right before it is connected to, after names were resolved. It holds for the whole session, since an
    ///     open connection is used again without asking.
    public init(certificateAuthorities: String? = nil, allows: (@Sendable ([UInt8]) -> Bool)? = nil) {
        self.certificateAuthorities = certificateAuthorities
        isAllowed = allows
    }

    deinit {
        thread.stop()
    }

    /// Sends a mail and returns once the server has taken it over.
    ///
    /// A mail after one that failed gets a new connection.
    public func send(_ mail: MailTransfer, through server: MailServer) throws(TransferError) -> MailAcceptance {
        if server != mailServer {
            // libcurl would also use a connection again that was opened with less security, or another login.
            handle = nil
            mailServer = server
        }
        let ready = try readyHandle()
        do {
            return try ready.send(mail, through: server)
        } catch {
            if case .invalid = error { throw error }
            // libcurl keeps a connection whose reply to the end of a mail it gave up waiting for, and would take that
            // reply, should it still come, for one to the next mail.
            handle = nil
            throw error
        }
    }

    /// Sends a request and returns the reply, whatever its status.
    ///
    /// libcurl sends a request again if it finds that the server had closed the connection it was to use.
    public func request(_ transfer: HTTPTransfer) throws(TransferError) -> HTTPReply {
        try readyHandle().request(transfer)
    }

    /// Ends the transfer that runs, closes the connections and ends the thread; further transfers throw `closed`.
    public nonisolated func close() async {
        stop.raise()
        await release()
    }

    private func release() {
        handle = nil
        thread.stop()
    }

    private func readyHandle() throws(TransferError) -> CurlHandle {
        if stop.isRaised { throw .closed }
        if Task.isCancelled { throw .cancelled }
        if let handle { return handle }
        let handle = try CurlHandle(
            stop: stop, certificateAuthorities: certificateAuthorities, isAllowed: isAllowed)
        self.handle = handle
        return handle
    }
}
