import Crypto
import Foundation

/// The signature that Twilio puts on a form it posts, in the header `X-Twilio-Signature`.
///
/// base64(HMAC-SHA1(token, address followed by every name and value, sorted by name)) (Twilio, "Webhooks security").
public struct TwilioSignature: Sendable {
    private let key: SymmetricKey

    /// Creates the signature of an account.
    ///
    /// - Parameter token: The account's authentication token.
    /// - Returns: nil for an empty token, with which anybody could sign.
    public init?(token: String) {
        if token.isEmpty { return nil }
        key = SymmetricKey(data: Data(token.utf8))
    }

    /// The signature of a posted form.
    ///
    /// - Parameters:
    ///   - address: The URL as it is entered at Twilio, with its query; what a proxy made of it does not match.
    ///   - form: The decoded names and values of the body, in any order; a pair that is there twice counts once.
    public func signature(address: String, form: [(name: String, value: String)]) -> String {
        Data(code(address: address, form: form)).base64EncodedString()
    }

    /// Whether a signature is that of a posted form, found in a time that does not depend on how much of it is right.
    public func proves(_ signature: String, address: String, form: [(name: String, value: String)]) -> Bool {
        guard let given = Data(base64Encoded: signature) else { return false }
        return code(address: address, form: form) == given
    }

    private func code(address: String, form: [(name: String, value: String)]) -> HMAC<Insecure.SHA1>.MAC {
        var hash = HMAC<Insecure.SHA1>(key: key)
        hash.update(data: Array(address.utf8))
        // By bytes, as Swift takes equivalent spellings of a text for the same.
        let fields = Set(form.map { [Array($0.name.utf8), Array($0.value.utf8)] })
            .sorted { $0.lexicographicallyPrecedes($1) { $0.lexicographicallyPrecedes($1) } }
        for bytes in fields.joined() { hash.update(data: bytes) }
        return hash.finalize()
    }
}
