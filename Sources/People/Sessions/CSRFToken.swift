import Crypto

/// Shows that a form was made for the session it is sent with.
///
/// HMAC-SHA256 of the session token's digest (OWASP, "Cross-Site Request Forgery Prevention Cheat Sheet", HMAC-based tokens).
/// It ends with its session, and nothing is stored.
public struct CSRFToken: Sendable, Hidden {
    private let code: HMAC<SHA256>.MAC

    /// Makes the token of a session.
    public init(for session: SecretToken, key: SymmetricKey) {
        code = HMAC<SHA256>.authenticationCode(for: purpose + session.digest, using: key)
    }

    /// The token in base64url: 43 characters.
    public var text: String { TextAlphabet.base64URL.encode(code) }

    /// Whether a form's field is this token, compared in constant time.
    public func matches(_ text: String?) -> Bool {
        guard let text, text.utf8.count == 43, let given = TextAlphabet.base64URL.decode(text) else { return false }
        // Codes are compared in constant time.
        return code == given
    }
}

/// Goes into the code, so that a proof of another kind made with the same key is no token.
private let purpose = Array("form token\0".utf8)
