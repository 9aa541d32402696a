import Foundation
import Logging
import People

/// A provider of identities that people sign in with: OpenID Connect's code flow with PKCE.
///
/// ``begin(destination:now:using:)`` sends a browser away, ``finish(callback:pending:now:)`` says who came back. In between, the
/// caller keeps the ``PendingSignIn`` and removes it when it is used, so that it is used once. ``shutdown()`` ends the connections;
/// a provider must not be dropped without it.
public final class OpenIDProvider: Sendable {
    /// What the operator configured.
    public let settings: ProviderSettings
    private let connection: ProviderConnection
    private let discovery: Discovery
    private let keyRing: KeyRing

    /// Makes a provider ready; nothing is asked of it before the first sign-in.
    public convenience init(settings: ProviderSettings, logger: Logger) {
        self.init(settings: settings, timeLimit: .seconds(10), logger: logger)
    }

    init(settings: ProviderSettings, timeLimit: Duration, logger: Logger) {
        self.settings = settings
        connection = ProviderConnection(timeLimit: timeLimit, logger: logger)
        discovery = Discovery(issuer: settings.issuerAddress, connection: connection)
        keyRing = KeyRing(connection: connection)
    }

    /// Begins a sign-in.
    ///
    /// - Parameter destination: The path on this server to go on to afterwards.
    /// - Throws: ``SignInProblem``, or `CancellationError`.
    public func begin(
        destination: LocalPath, now: Date, using generator: inout some RandomNumberGenerator & Sendable
    ) async throws -> AuthorizationRequest {
        let metadata = try await discovery.metadata(now: now)
        return AuthorizationRequest(
            settings: settings, endpoint: metadata.authorizationEndpoint, destination: destination, now: now,
            using: &generator)
    }

    /// Finishes a sign-in: trades the code for an ID token and checks it.
    ///
    /// - Parameter pending: What ``begin(destination:now:using:)`` gave to this browser, found by its cookie and already removed.
    /// - Throws: ``SignInProblem``, or `CancellationError`.
    public func finish(callback: CallbackParameters, pending: PendingSignIn, now: Date) async throws -> Identity {
        let metadata = try await discovery.metadata(now: now)
        let code = try callback.code(for: pending, settings: settings, metadata: metadata, now: now)
        let text = try await TokenExchange(settings: settings, connection: connection)
            .idToken(for: code, verifier: pending.verifier, metadata: metadata)
        let claims = try await SignedToken(text).claims(
            checkedBy: keyRing, at: metadata.keysEndpoint, allowing: settings.algorithms, now: now)
        let token = try IDToken(claims, settings: settings, nonce: pending.nonce, now: now)
        return Identity(token, settings: settings)
    }

    /// Ends the connections to the provider; to be called once, when nobody signs in any more.
    public func shutdown() async throws {
        try await connection.client.shutdown()
    }
}
