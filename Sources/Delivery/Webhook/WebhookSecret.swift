import Crypto
import Foundation

/// A secret that the service and a webhook's receiver share, written `whsec_` and base64 (Standard Webhooks 1.0.0).
public struct WebhookSecret: Sendable {
    let key: SymmetricKey

    /// Reads a secret.
    ///
    /// - Throws: ``WebhookSecretError``, which never repeats the secret.
    public init(_ text: String) throws(WebhookSecretError) {
        guard text.hasPrefix("whsec_") else { throw .noPrefix }
        guard let bytes = Data(base64Encoded: String(text.dropFirst(6))) else { throw .notBase64 }
        guard (24...64).contains(bytes.count) else { throw .length(bytes.count) }
        key = SymmetricKey(data: bytes)
    }
}

/// Why a text is no webhook secret.
public enum WebhookSecretError: Error, Equatable, CustomStringConvertible {
    /// It does not start with `whsec_`.
    case noPrefix
    /// What follows the prefix is not base64 with its padding.
    case notBase64
    /// It has this number of bytes, where 24 to 64 are asked for.
    case length(Int)

    /// What is wrong, for the person who set the secret.
    public var description: String {
        switch self {
        case .noPrefix: "a webhook secret starts with whsec_"
        case .notBase64: "what follows whsec_ in a webhook secret is base64, with its padding"
        case .length(let count): "a webhook secret has 24 to 64 bytes; this one has \(count)"
        }
    }
}
