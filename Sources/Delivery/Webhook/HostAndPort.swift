/// The middle part of a URL: a host and perhaps a port (RFC 3986, section 3.2), in printable ASCII.
struct HostAndPort {
    let host: String
    let address: IPAddress?
    let port: Int

    init(_ authority: Substring, defaultPort: Int) throws(WebhookTargetRefusal) {
        let portStart: Substring.Index
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { throw .host }
            host = authority[..<end].dropFirst().lowercased()
            guard let address = IPAddress(host), !address.isVersion4 else { throw .host }
            self.address = address
            portStart = authority.index(after: end)
        } else {
            portStart = authority.firstIndex(of: ":") ?? authority.endIndex
            host = authority[..<portStart].lowercased()
            if host.isEmpty { throw .emptyHost }
            address = IPAddress(host)
            guard address != nil || isHostName(host) else { throw .host }
        }
        port = try Self.port(authority[portStart...]) ?? defaultPort
    }

    /// Reads a colon and a port; nil if there is nothing to read.
    private static func port(_ text: Substring) throws(WebhookTargetRefusal) -> Int? {
        if text.isEmpty { return nil }
        let digits = text.dropFirst()
        guard text.hasPrefix(":"), (1...5).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(digits), (1...65535).contains(port)
        else { throw .port }
        return port
    }
}

/// Whether a text is a host's name: labels of letters, digits and hyphens (RFC 1123, section 2.1).
private func isHostName(_ text: String) -> Bool {
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    guard text.utf8.count <= 253, let last = labels.last else { return false }
    // A number at the end is an address in one of its older spellings to some resolvers: 2130706433, 127.1, 0x7f.1.
    if last.hasPrefix("0x") || last.allSatisfy(\.isNumber) { return false }
    return labels.allSatisfy { label in
        (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
            && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
    }
}
