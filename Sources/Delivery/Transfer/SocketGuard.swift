import CCurl

/// Opens the sockets of a session's connections, except to addresses that are not allowed.
///
/// libcurl asks it with the address it is about to connect to, so that a name that resolves to something else at the
/// second look gains nothing.
final class SocketGuard {
    /// True when an address was refused since this was last set to false.
    var hasRefused = false
    private let isAllowed: (@Sendable ([UInt8]) -> Bool)?

    init(_ isAllowed: (@Sendable ([UInt8]) -> Bool)?) {
        self.isAllowed = isAllowed
    }

    /// What libcurl calls for a socket, with the guard as its context.
    static let open: curl_opensocket_callback = { context, _, address in
        guard let context, let address else { return CURL_SOCKET_BAD }
        return Unmanaged<SocketGuard>.fromOpaque(context).takeUnretainedValue().open(address)
    }

    private func open(_ address: UnsafePointer<curl_sockaddr>) -> curl_socket_t {
        guard let isAllowed else { return open_socket(address) }
        var count = 0
        let bytes = address_bytes(address, &count)
        guard isAllowed(Array(UnsafeRawBufferPointer(start: bytes, count: count))) else {
            hasRefused = true
            return CURL_SOCKET_BAD
        }
        return open_socket(address)
    }
}
