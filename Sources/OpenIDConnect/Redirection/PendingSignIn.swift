import Foundation
import People

/// A sign-in that has begun and not come back: what the caller keeps, for one use, until the browser returns.
public struct PendingSignIn: Equatable, Sendable {
    /// How long a sign-in may take, in seconds.
    public static let lifetime: TimeInterval = 30 * 60

    /// SHA-256 of the state: 32 bytes. The state itself is only in the browser.
    public let stateDigest: [UInt8]
    /// What the ID token must repeat.
    public let nonce: String
    /// The PKCE verifier, which shows the token endpoint that the code is ours (RFC 7636).
    public let verifier: String
    /// The issuer that the browser was sent to.
    public let issuer: String
    /// The path on this server to go on to.
    public let destination: LocalPath
    /// When the sign-in began.
    public let startedAt: Date

    /// Puts a pending sign-in together again from what was kept.
    public init(
        stateDigest: [UInt8], nonce: String, verifier: String, issuer: String, destination: LocalPath, startedAt: Date
    ) {
        self.stateDigest = stateDigest
        self.nonce = nonce
        self.verifier = verifier
        self.issuer = issuer
        self.destination = destination
        self.startedAt = startedAt
    }
}
