import HTTPTypes
import People

/// The cookies of people who sign in.
///
/// Over TLS they have the prefix `__Host-`, which binds them to this very host (RFC 6265bis, section 4.1.3.2). On a loopback
/// address, which has no TLS, they have a name without it.
struct SessionCookie: Sendable {
    /// What a cookie is for.
    enum Kind: String {
        /// Tells who is signed in.
        case session = "hearback"
        /// Tells that somebody signed in on this device before; see `DeviceCookie`.
        case device = "hearback-device"
        /// Ties a sign-in by the organisation's provider to the browser in which it began.
        case provider = "hearback-provider"
    }

    /// Whether browsers reach the server by TLS.
    let isSecure: Bool

    /// The cookie's name.
    func name(_ kind: Kind) -> String { (isSecure ? "__Host-" : "") + kind.rawValue }

    /// The value of a cookie among those that came; nil if it came twice, which no browser sends.
    func value(_ kind: Kind, in header: String?) -> String? {
        guard let header else { return nil }
        let prefix = name(kind) + "="
        var found: String?
        for pair in header.utf8.split(separator: UInt8(ascii: ";")) {
            let pair = pair.drop { $0 == UInt8(ascii: " ") }
            guard pair.starts(with: prefix.utf8) else { continue }
            guard found == nil else { return nil }
            found = String(Substring(pair.dropFirst(prefix.utf8.count)))
        }
        return found
    }

    /// The token of a session among the cookies that came.
    func token(in header: String?) -> SecretToken? {
        value(.session, in: header).flatMap { SecretToken($0) }
    }

    /// The header's value that sets a cookie.
    ///
    /// - Parameter seconds: How long it is kept; nil until the browser is closed.
    func setting(_ kind: Kind, to value: String, lasting seconds: Int? = nil) -> String {
        "\(name(kind))=\(value); Path=/; HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "")
            + (seconds.map { "; Max-Age=\($0)" } ?? "")
    }
}
