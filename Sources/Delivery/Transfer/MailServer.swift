/// An SMTP server and how it is spoken to.
public struct MailServer: Sendable, Equatable {
    /// How the connection is encrypted; a certificate is always verified.
    public enum Security: String, Sendable, CaseIterable {
        /// Not at all; credentials and mails can be read on the way.
        case none
        /// With STARTTLS if the server offers it; whoever can change what it offers can read everything.
        case opportunistic
        /// With STARTTLS (RFC 3207); a server that does not offer it gets neither credentials nor mail.
        case required
        /// From the first byte (RFC 8314, section 3.3).
        case implicit
    }

    /// The server's name or IP address.
    public var host: String
    /// The server's TCP port.
    public var port: UInt16
    /// How the connection is encrypted.
    public var security: Security
    /// What to log in with, by AUTH PLAIN or LOGIN; nil to send without.
    public var credentials: Credentials?
    /// The name given with EHLO; nil for this machine's.
    public var greetingName: String?
    /// How long it may take until the server is ready for a mail.
    public var connectTimeout: Duration
    /// How long one mail may take in all; also how long the server may take for one reply.
    public var timeout: Duration

    /// Describes a server; RFC 5321, section 4.5.3.2, asks for ten minutes' patience with the end of a mail.
    public init(
        host: String, port: UInt16, security: Security, credentials: Credentials? = nil, greetingName: String? = nil,
        connectTimeout: Duration = .seconds(20), timeout: Duration = .seconds(660)
    ) {
        self.host = host
        self.port = port
        self.security = security
        self.credentials = credentials
        self.greetingName = greetingName
        self.connectTimeout = connectTimeout
        self.timeout = timeout
    }

    /// The address for libcurl, which takes the EHLO name from its path.
    func url() throws(TransferError) -> String {
        guard MailServer.isHostName(host) || MailServer.isIPv6Address(host) else { throw .invalid(.server) }
        let scheme = security == .implicit ? "smtps" : "smtp"
        let base = "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)"
        guard let greetingName else { return base }
        guard MailServer.isGreetingName(greetingName) else { throw .invalid(.server) }
        return base + "/" + greetingName.replacing("[", with: "%5B").replacing("]", with: "%5D")
    }

    private static func isHostName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 253
            && text.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
    }

    private static func isIPv6Address(_ text: String) -> Bool {
        text.contains(":") && text.utf8.count <= 45
            && text.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }
    }

    /// A host name, or an address literal such as `[192.0.2.1]` or `[IPv6:2001:db8::1]` (RFC 5321, section 4.1.3).
    private static func isGreetingName(_ text: String) -> Bool {
        guard text.hasPrefix("["), text.hasSuffix("]") else { return isHostName(text) }
        let literal = String(text.dropFirst().dropLast())
        return isHostName(literal) || isIPv6Address(literal)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default:
            false
        }
    }
}
