/// An address that secrets may be sent to: `https`, or `http` on the loopback interface.
///
/// It is read more strictly than RFC 3986 asks, in ASCII and without user name or fragment, so that no two programs can read it
/// differently.
struct WebAddress: Hashable, Sendable {
    let text: String
    /// Whether it is `http`, which never leaves this machine.
    let isLoopback: Bool

    init?(_ text: String) {
        guard text.utf8.count <= 2048, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            !text.contains(where: { "#\"<>\\^`{|}".contains($0) })
        else { return nil }
        let isLoopback = text.hasPrefix("http://")
        guard isLoopback || text.hasPrefix("https://") else { return nil }
        let authority = text.dropFirst(isLoopback ? 7 : 8).prefix { $0 != "/" && $0 != "?" }
        let form = /(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._\-]+)(?::([0-9]{1,5}))?/
        guard let parts = authority.wholeMatch(of: form) else { return nil }
        if let port = parts.2, UInt16(port) ?? 0 == 0 { return nil }
        if isLoopback, !["127.0.0.1", "[::1]", "localhost"].contains(parts.1) { return nil }
        self.text = text
        self.isLoopback = isLoopback
    }
}
