/// One HTTP request.
public struct HTTPTransfer: Sendable {
    /// What is asked for.
    public enum Method: Sendable, Equatable {
        case get
        /// A POST of these bytes, whose kind a `Content-Type` header has to tell.
        case post([UInt8])
    }

    /// An absolute `http` or `https` address in ASCII, without user or password.
    public var url: String
    /// What is asked for.
    public var method: Method
    /// Headers besides those that HTTP itself needs, which are refused here.
    public var headers: [HTTPHeader]
    /// What to log in with, by basic authentication (RFC 7617); nil to send without.
    public var credentials: Credentials?
    /// How long it may take until the server is connected, encryption included.
    public var connectTimeout: Duration
    /// How long everything may take.
    public var timeout: Duration
    /// The most bytes that a reply's body may have.
    public var replyLimit: Int

    /// Describes a request; what cannot be sent is refused by ``TransferSession/request(_:)``.
    public init(
        url: String, method: Method, headers: [HTTPHeader] = [], credentials: Credentials? = nil,
        connectTimeout: Duration = .seconds(10), timeout: Duration = .seconds(30), replyLimit: Int = 65_536
    ) {
        self.url = url
        self.method = method
        self.headers = headers
        self.credentials = credentials
        self.connectTimeout = connectTimeout
        self.timeout = timeout
        self.replyLimit = replyLimit
    }

    /// Refuses what would change the request into another, or into two.
    func check() throws(TransferError) {
        let isPlain = url.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard isPlain, ["http://", "https://"].contains(where: url.lowercased().hasPrefix) else { throw .invalid(.url) }
        guard headers.allSatisfy(\.isSendable) else { throw .invalid(.header) }
    }
}
