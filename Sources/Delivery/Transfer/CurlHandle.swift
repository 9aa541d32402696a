import CCurl
import Foundation

/// A libcurl easy handle with the connections it keeps open, and what all transfers have in common.
///
/// Not Sendable: it belongs to a `TransferSession`, whose thread may block in it.
final class CurlHandle {
    private let pointer: UnsafeMutableRawPointer
    private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private let stop: StopSignal
    private let certificateAuthorities: String?
    private let socketGuard: SocketGuard
    /// The mail on its way, if it is one.
    var mailProgress: MailProgress?
    /// True when the open connection to the mail server has seen a login.
    var hasLoggedIn = false

    /// Once in the program's life, before anything else of libcurl.
    private static let isLibraryReady = curl_global_init(init_everything()) == CURLE_OK

    init(
        stop: StopSignal, certificateAuthorities: String?, isAllowed: (@Sendable ([UInt8]) -> Bool)?
    ) throws(TransferError) {
        guard CurlHandle.isLibraryReady, let pointer = curl_easy_init() else {
            throw .connect(reason: "libcurl cannot be initialised")
        }
        self.pointer = pointer
        self.stop = stop
        self.certificateAuthorities = certificateAuthorities
        socketGuard = SocketGuard(isAllowed)
    }

    deinit {
        // A mail server is told QUIT, and its reply would be waited for, up to two minutes.
        let socket = get_socket(pointer)
        if socket != CURL_SOCKET_BAD { stop_reading(socket) }
        curl_easy_cleanup(pointer)
        errorText.deallocate()
    }

    // MARK: Options

    /// Forgets the last transfer's options, but not its connection, and sets those that all transfers share.
    func prepare(
        url: String, protocols: String, connectTimeout: Duration, timeout: Duration
    ) throws(TransferError) {
        curl_easy_reset(pointer)
        socketGuard.hasRefused = false
        errorText.pointee = 0
        try set(CURLOPT_ERRORBUFFER, memory: errorText)
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_PROTOCOLS_STR, protocols)
        try set(CURLOPT_FOLLOWLOCATION, 0)
        // Otherwise the proxy would be read from the environment.
        try set(CURLOPT_PROXY, "")
        try set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        try set(CURLOPT_URL, url)
        try set(CURLOPT_CONNECTTIMEOUT_MS, connectTimeout.positiveMilliseconds)
        try set(CURLOPT_TIMEOUT_MS, timeout.positiveMilliseconds)
        try set(CURLOPT_SERVER_RESPONSE_TIMEOUT, (timeout.positiveMilliseconds + 999) / 1000)
        try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let certificateAuthorities { try set(CURLOPT_CAINFO, certificateAuthorities) }
        try set { set_socket_opener($0, SocketGuard.open) }
        try set(CURLOPT_OPENSOCKETDATA, memory: Unmanaged.passUnretained(socketGuard).toOpaque())
        try watchForStop()
    }

    func set(_ option: CURLoption, _ value: Int) throws(TransferError) {
        try check(set_number(pointer, option, value))
    }

    /// Sets an option to a text, which libcurl copies.
    func set(_ option: CURLoption, _ value: String) throws(TransferError) {
        try check(set_pointer(pointer, option, value))
    }

    /// Sets an option to memory that has to stay in place until the transfer has ended.
    func set(_ option: CURLoption, memory: UnsafeRawPointer?) throws(TransferError) {
        try check(set_pointer(pointer, option, memory))
    }

    /// Sets an option that takes a function, by way of a function of the shim.
    func set(_ setter: (UnsafeMutableRawPointer) -> CURLcode) throws(TransferError) {
        try check(setter(pointer))
    }

    func set(_ credentials: Credentials) throws(TransferError) {
        guard credentials.areSendable else { throw .invalid(.credentials) }
        try set(CURLOPT_USERNAME, credentials.user)
        try set(CURLOPT_PASSWORD, credentials.password)
    }

    private func check(_ code: CURLcode) throws(TransferError) {
        guard code == CURLE_OK else { throw .connect(reason: "libcurl: \(CurlHandle.meaning(of: code))") }
    }

    // MARK: Stopping

    private func watchForStop() throws(TransferError) {
        // Called several times a second while bytes move, once a second while none do.
        try set { pointer in
            set_progress(pointer) { context, _, _, _, _ in
                guard let context else { return 1 }
                return Unmanaged<CurlHandle>.fromOpaque(context).takeUnretainedValue().shouldAbort ? 1 : 0
            }
        }
        try set(CURLOPT_XFERINFODATA, memory: Unmanaged.passUnretained(self).toOpaque())
        try set(CURLOPT_NOPROGRESS, 0)
    }

    /// The reason not to go on with a transfer, if there is one.
    var reasonToStop: TransferError? {
        if stop.isRaised { return .closed }
        return Task.isCancelled ? .cancelled : nil
    }

    /// True when a transfer has to end, or has ended and only waits for the server's word of parting.
    private var shouldAbort: Bool {
        reasonToStop != nil || mailProgress?.transcript.isParting == true
    }

    // MARK: Transfer

    /// Runs the transfer to its end; blocks.
    func perform() -> CURLcode {
        curl_easy_perform(pointer)
    }

    /// Runs a transfer that posts these bytes; blocks.
    func perform(posting body: UnsafeRawBufferPointer) -> CURLcode {
        // Without memory, even for no bytes at all, libcurl would read standard input.
        let nothing: StaticString = ""
        let code = set_pointer(pointer, CURLOPT_POSTFIELDS, body.baseAddress ?? UnsafeRawPointer(nothing.utf8Start))
        return code == CURLE_OK ? perform() : code
    }

    /// True when the transfer was kept from connecting to an address.
    var hasRefusedAddress: Bool { socketGuard.hasRefused }

    func number(_ info: CURLINFO) -> Int { get_number(pointer, info) }

    func size(_ info: CURLINFO) -> Int { Int(get_size(pointer, info)) }

    /// The headers of the reply to an HTTP request.
    func replyHeaders() -> [HTTPHeader] {
        var headers: [HTTPHeader] = []
        var previous: UnsafeMutablePointer<curl_header>?
        while let next = curl_easy_nextheader(pointer, header_of_reply(), -1, previous) {
            headers.append(HTTPHeader(String(cString: next.pointee.name), String(cString: next.pointee.value)))
            previous = next
        }
        return headers
    }

    /// What went wrong, in libcurl's and the system's words; names the host at most.
    func reason(for code: CURLcode) -> String {
        let text = oneLine(String(cString: errorText))
        let systemError = Int32(truncatingIfNeeded: number(CURLINFO_OS_ERRNO))
        let words = text.isEmpty ? CurlHandle.meaning(of: code) : text
        return systemError == 0 ? words : "\(words): \(String(cString: strerror(systemError)))"
    }

    /// The libcurl error in its fixed words, without anything that was sent or received.
    static func meaning(of code: CURLcode) -> String {
        String(cString: curl_easy_strerror(code))
    }
}

extension Duration {
    /// Whole milliseconds, at least one since libcurl takes none for no limit, and at most 24 days.
    fileprivate var positiveMilliseconds: Int {
        let (seconds, attoseconds) = components
        let limited = min(max(seconds, 0), Int64(Int32.max / 1000))
        return max(1, Int(limited * 1000 + max(attoseconds, 0) / 1_000_000_000_000_000))
    }
}
