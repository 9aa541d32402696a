import Foundation
import Logging
import People
import TestSupport

@testable import OpenIDConnect

/// A provider's double and the client that signs people in there.
struct SignIn: Sendable {
    let double: ProviderDouble
    let provider: OpenIDProvider

    /// Runs a test with a double of its own, and closes everything afterwards.
    static func with(
        algorithms: Set<SigningAlgorithm> = Set(SigningAlgorithm.allCases), timeLimit: Duration = .seconds(10),
        logger: Logger = .silent,
        _ test: (SignIn) async throws -> Void
    ) async throws {
        await places.take()
        defer { Task { await places.giveBack() } }
        let double = try ProviderDouble()
        let settings = try ProviderSettings.sample(issuer: double.issuer, algorithms: algorithms)
        let signIn = SignIn(
            double: double, provider: OpenIDProvider(settings: settings, timeLimit: timeLimit, logger: logger))
        do {
            try await test(signIn)
        } catch {
            try await signIn.close()
            throw error
        }
        try await signIn.close()
    }

    private func close() async throws {
        try await provider.shutdown()
        try await double.close()
    }

    func begin(now: Date = Date()) async throws -> AuthorizationRequest {
        var generator = SystemRandomNumberGenerator()
        return try await provider.begin(destination: LocalPath("/measures?by=team"), now: now, using: &generator)
    }

    /// Goes through the whole flow as a user.
    @discardableResult func signIn(as user: String = "agent", now: Date = Date()) async throws -> Identity {
        let request = try await begin(now: now)
        let callback = try CallbackParameters(queryItems: try await double.choose(user, at: request.url))
        return try await provider.finish(callback: callback, pending: request.pending, now: now)
    }
}

/// Lets a few tests at a time have a process of their own.
private actor Places {
    private var free = 4
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func take() async {
        if free > 0 { free -= 1 } else { await withCheckedContinuation { waiting.append($0) } }
    }

    func giveBack() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}

private let places = Places()

extension Logger {
    static var silent: Logger { Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() } }
}

extension ProviderSettings {
    static func sample(
        issuer: String = "https://login.example.com", clientIdentifier: String = sampleClient,
        clientSecret: String = sampleSecret, redirectURI: String = sampleRedirectURI,
        scopes: [String] = ["openid", "email", "profile"],
        claimNames: ClaimNames = ClaimNames(roles: "realm_access.roles", teams: "groups", portfolios: "portfolios"),
        roles: [String: Role] = [
            "hearback-administrator": .administrator, "hearback-quality": .qualityManager, "hearback-agent": .agent,
        ],
        everything: Set<String> = [], teams: [String: String] = [:], takesUnverifiedEmail: Bool = false,
        clockSkew: TimeInterval = 60, algorithms: Set<SigningAlgorithm> = Set(SigningAlgorithm.allCases)
    ) throws -> ProviderSettings {
        try ProviderSettings(
            issuer: issuer, clientIdentifier: clientIdentifier, clientSecret: ClientSecret(clientSecret),
            redirectURI: redirectURI, scopes: scopes, claimNames: claimNames,
            claimValues: ClaimValues(roles: roles, everything: everything, teams: teams),
            takesUnverifiedEmail: takesUnverifiedEmail, clockSkew: clockSkew, algorithms: algorithms)
    }
}
