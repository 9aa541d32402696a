import Crypto

/// Proves that a device has signed in to an account before: account and nonce with an HMAC-SHA256 of both.
///
/// It opens nothing. It only keeps strangers' guesses from slowing the person (OWASP, "Slow Down Online Guessing Attacks with
/// Device Cookies"). To be set anew at each complete sign-in, and when a link for a new password is used.
public struct DeviceCookie: Sendable, Equatable {
    /// The account that the device signed in to.
    public let account: Int64
    /// 16 random bytes that name the device's own counter.
    public let nonce: [UInt8]

    /// Creates a cookie for a device that has just signed in.
    public init(account: Int64, using generator: inout some RandomNumberGenerator) {
        self.account = account
        nonce = generator.bytes(16)
    }

    /// Reads a cookie and checks its proof in constant time; nil for anything that ``text(key:)`` has not written.
    public init?(_ text: String, key: SymmetricKey) {
        guard text.utf8.count == 75, let bytes = TextAlphabet.base64URL.decode(text) else { return nil }
        account = Int64(bitPattern: bytes[..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
        nonce = Array(bytes[8..<24])
        // Codes are compared in constant time.
        guard proof(key) == bytes[24...] else { return nil }
    }

    /// The cookie's value in base64url: 75 characters.
    public func text(key: SymmetricKey) -> String {
        TextAlphabet.base64URL.encode(content + proof(key))
    }

    private var content: [UInt8] { withUnsafeBytes(of: account.bigEndian) { Array($0) } + nonce }

    private func proof(_ key: SymmetricKey) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: purpose + content, using: key)
    }
}

/// Goes into the code, so that a proof of another kind made with the same key is no cookie.
private let purpose = Array("device cookie\0".utf8)
