/// The reply to an HTTP request; a redirection is a reply like any other.
public struct HTTPReply: Sendable, Equatable {
    /// The status code.
    public var status: Int
    /// The headers in the order of the reply.
    public var headers: [HTTPHeader]
    /// The body as it was sent, never decompressed.
    public var body: [UInt8]

    /// The value of the first header of that name, in any case.
    public subscript(name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
