import OpenIDConnect
import ServiceLifecycle

/// The organisation's identity provider, by which people sign in.
public struct ProviderConfiguration: Sendable {
    /// What is agreed with it.
    public let settings: ProviderSettings
    /// What the sign-in page calls it.
    public let name: String
    /// Whether nobody signs in with a password.
    public let isOnlyWay: Bool

    /// Takes what was configured.
    public init(_ settings: ProviderSettings, name: String, isOnlyWay: Bool) {
        self.settings = settings
        self.name = name
        self.isOnlyWay = isOnlyWay
    }
}

/// The connections to the provider, which end with the server.
struct ProviderConnections: Service {
    let provider: OpenIDProvider

    func run() async throws {
        try? await gracefulShutdown()
        try await provider.shutdown()
    }
}
