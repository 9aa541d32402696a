import Crypto
import Foundation
import People

/// A sign-in that begins: where to send the browser, and what to keep until it comes back.
///
/// The caller puts ``state`` into a cookie of that browser (`HttpOnly`, `Secure`, `SameSite=Lax`) and finds the pending sign-in
/// again by the digest of the cookie, never of the callback: otherwise somebody could be signed in as somebody else by a link.
public struct AuthorizationRequest: Sendable {
    /// The provider's authorization endpoint with the request (OpenID Connect Core 1.0, section 3.1.2.1; RFC 7636).
    public let url: String
    /// The secret that ties the callback to the browser.
    public let state: String
    /// What the caller keeps.
    public let pending: PendingSignIn

    init(
        settings: ProviderSettings, endpoint: WebAddress, destination: LocalPath, now: Date,
        using generator: inout some RandomNumberGenerator
    ) {
        // 43 characters, as many as a verifier must have (RFC 7636, section 4.1).
        let state = SecretToken(using: &generator).text
        let nonce = SecretToken(using: &generator).text
        let verifier = SecretToken(using: &generator).text
        let fields = [
            (name: "response_type", value: "code"),
            (name: "client_id", value: settings.clientIdentifier),
            (name: "redirect_uri", value: settings.redirectURI),
            (name: "scope", value: settings.scopes.joined(separator: " ")),
            (name: "state", value: state),
            (name: "nonce", value: nonce),
            (name: "code_challenge", value: Self.challenge(of: verifier)),
            (name: "code_challenge_method", value: "S256"),
        ]
        // The endpoint may have a query of its own, which stays (RFC 6749, section 3.1).
        url = endpoint.text + (endpoint.text.contains("?") ? "&" : "?") + formEncoded(fields)
        self.state = state
        pending = PendingSignIn(
            stateDigest: Self.digest(ofState: state), nonce: nonce, verifier: verifier, issuer: settings.issuer,
            destination: destination, startedAt: now)
    }

    /// RFC 7636, section 4.2.
    static func challenge(of verifier: String) -> String {
        base64URL(SHA256.hash(data: Data(verifier.utf8)))
    }

    /// What a pending sign-in is found by: SHA-256 of the state in the browser's cookie.
    public static func digest(ofState state: String) -> [UInt8] {
        Array(SHA256.hash(data: Data(state.utf8)))
    }
}
