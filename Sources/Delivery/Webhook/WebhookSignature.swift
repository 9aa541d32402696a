import Crypto
import Foundation

/// Signs webhooks and proves their signatures (Standard Webhooks 1.0.0, symmetric scheme `v1`).
///
/// The signature is base64(HMAC-SHA256(secret, `id.timestamp.payload`)). While a secret is being replaced, each message
/// has a signature by the new one and by the old one, so that the receiver can change over at any moment.
public struct WebhookSignature: Sendable {
    private let keys: [SymmetricKey]

    /// Creates the signature by a secret, and by those that it replaces.
    public init(secret: WebhookSecret, replacing retired: [WebhookSecret] = []) {
        keys = ([secret] + retired).map(\.key)
    }

    /// The headers of a message.
    ///
    /// - Parameters:
    ///   - id: Names the message, the same at every attempt: printable ASCII without the full stop, which parts what is signed.
    ///   - time: The moment of this attempt, of which whole seconds count.
    /// - Throws: ``WebhookSignatureError/identifier``.
    public func headers(
        id: String, time: Date, payload: [UInt8]
    ) throws(WebhookSignatureError) -> WebhookHeaders {
        guard isSignable(id) else { throw .identifier }
        let timestamp = String(Int64(time.timeIntervalSince1970.rounded(.down)))
        let signatures = codes(id: id, timestamp: timestamp, payload: payload)
            .map { "v1," + Data($0).base64EncodedString() }
        return WebhookHeaders(id: id, timestamp: timestamp, signature: signatures.joined(separator: " "))
    }

    /// Checks that a message was signed by one of the secrets, not long ago.
    ///
    /// - Parameters:
    ///   - payload: The body's bytes as they came.
    ///   - tolerance: How far the timestamp may lie before or after now; a receiver also has to remember identifiers for that
    ///     long to notice a message that is sent to it twice.
    public func check(
        _ headers: WebhookHeaders, payload: [UInt8], now: Date, tolerance: Duration
    ) throws(WebhookSignatureError) {
        guard isSignable(headers.id) else { throw .identifier }
        // Twelve digits last until the year 33658.
        guard (1...12).contains(headers.timestamp.utf8.count),
            headers.timestamp.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let timestamp = Int64(headers.timestamp)
        else { throw .timestamp }
        let age = Duration.seconds(now.timeIntervalSince1970 - Double(timestamp))
        if age > tolerance { throw .tooOld }
        if age < .zero - tolerance { throw .tooNew }
        let given = headers.signature.split(separator: " ")
            .filter { $0.hasPrefix("v1,") }
            .compactMap { Data(base64Encoded: String($0.dropFirst(3))) }
        // Computed once a secret, however many signatures the header has.
        let codes = codes(id: headers.id, timestamp: headers.timestamp, payload: payload)
        // The comparison of a code with bytes takes the same time wherever they differ.
        guard given.contains(where: { bytes in codes.contains { $0 == bytes } }) else { throw .noMatch }
    }

    private func codes(id: String, timestamp: String, payload: [UInt8]) -> [HMAC<SHA256>.MAC] {
        keys.map { key in
            var hash = HMAC<SHA256>(key: key)
            hash.update(data: Array("\(id).\(timestamp).".utf8))
            hash.update(data: payload)
            return hash.finalize()
        }
    }

    private func isSignable(_ id: String) -> Bool {
        (1...256).contains(id.utf8.count) && id.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x2E }
    }
}

/// Why a webhook cannot be signed or is not believed.
public enum WebhookSignatureError: Error, Equatable, Sendable {
    /// The identifier is empty, longer than 256 bytes, or has a character that would blur what is signed.
    case identifier
    /// The timestamp is not a whole number of seconds.
    case timestamp
    /// The timestamp lies further back than is tolerated.
    case tooOld
    /// The timestamp lies further ahead than is tolerated.
    case tooNew
    /// No signature is by one of the secrets.
    case noMatch
}
