import Crypto

/// A random secret that one party keeps: a session's cookie, the link of an invitation or of a new password, a state of OIDC.
public struct SecretToken: Sendable, Hidden {
    private let bytes: [UInt8]

    /// Creates a token of 32 random bytes.
    public init(using generator: inout some RandomNumberGenerator) {
        bytes = generator.bytes(32)
    }

    /// Reads a token; nil for anything but 43 characters as ``text`` writes them.
    public init?(_ text: String) {
        guard text.utf8.count == 43, let bytes = TextAlphabet.base64URL.decode(text) else { return nil }
        self.bytes = bytes
    }

    /// The token in base64url without padding: 43 characters that need no escaping in an address or a cookie.
    public var text: String { TextAlphabet.base64URL.encode(bytes) }

    /// SHA-256 of the token: 32 bytes, all that the database keeps, so that a copy of it opens nothing.
    public var digest: [UInt8] { Array(SHA256.hash(data: bytes)) }
}
