import Foundation
import TestSupport
import Testing

@testable import OpenIDConnect

@Suite struct SignInTests {
    @Test func eachRoleComesOutOfTheClaims() async throws {
        try await SignIn.with { signIn in
            let administrator = try await signIn.signIn(as: "administrator")
            #expect(administrator.roles == [.administrator])
            #expect(administrator.teams.isEmpty && administrator.portfolios.isEmpty)
            let manager = try await signIn.signIn(as: "quality-manager")
            #expect(manager.roles == [.qualityManager])
            #expect(manager.teams == ["Team North", "Team South"])
            #expect(manager.portfolios == ["Cards", "Loans"])
            let agent = try await signIn.signIn(as: "agent")
            #expect(agent.roles == [.agent])
            #expect(agent.teams == ["Team North"])
            #expect(agent.portfolios == ["Cards"])
        }
    }

    @Test func anIdentityHasWhatTheProviderVouchesFor() async throws {
        try await SignIn.with { signIn in
            let agent = try await signIn.signIn()
            #expect(agent.issuer == signIn.double.issuer)
            #expect(agent.subject == "subject-of-agent")
            #expect(agent.email == "agent@example.com")
            #expect(agent.name == "The Agent")
            #expect(agent.authenticationMethods == ["pwd", "otp"])
            #expect(try #require(agent.authenticatedAt) < Date())
            #expect(try await signIn.signIn(as: "unverified").email == nil)
            let visitor = try await signIn.signIn(as: "visitor")
            #expect(visitor.roles.isEmpty && visitor.email == nil)
        }
    }

    @Test(arguments: SigningAlgorithm.allCases)
    func aTokenOfEveryAllowedAlgorithmIsAccepted(algorithm: SigningAlgorithm) async throws {
        try await SignIn.with(algorithms: [algorithm]) { signIn in
            try await signIn.double.control(#"{"rotate": "\#(algorithm.rawValue)"}"#)
            #expect(try await signIn.signIn().subject == "subject-of-agent")
        }
    }

    @Test func anAlgorithmThatIsNotAllowedIsRefused() async throws {
        try await SignIn.with(algorithms: [.es256]) { signIn in
            await #expect(throws: SignInProblem.algorithmNotAllowed) { try await signIn.signIn() }
        }
    }

    @Test func theSecretGoesIntoTheBodyIfTheProviderWantsItThere() async throws {
        try await SignIn.with { signIn in
            try await signIn.double.control(
                #"{"metadata": {"token_endpoint_auth_methods_supported": ["private_key_jwt", "client_secret_post"]}}"#)
            #expect(try await signIn.signIn().roles == [.agent])
        }
    }

    @Test func aProviderThatSaysNothingOfClientAuthenticationTakesBasic() async throws {
        try await SignIn.with { signIn in
            try await signIn.double.control(#"{"metadata": {"token_endpoint_auth_methods_supported": null}}"#)
            #expect(try await signIn.signIn().roles == [.agent])
        }
    }

    @Test func aCodeIsUsedOnce() async throws {
        try await SignIn.with { signIn in
            let request = try await signIn.begin()
            let items = try await signIn.double.choose("agent", at: request.url)
            let callback = try CallbackParameters(queryItems: items)
            _ = try await signIn.provider.finish(callback: callback, pending: request.pending, now: Date())
            await #expect(throws: SignInProblem.codeRefused) {
                try await signIn.provider.finish(callback: callback, pending: request.pending, now: Date())
            }
        }
    }

    @Test func aCodeOfAnotherSignInIsRefused() async throws {
        try await SignIn.with { signIn in
            let own = try await signIn.begin()
            let other = try await signIn.begin()
            // The attacker's code with the victim's state, so that only PKCE can tell.
            var items = try await signIn.double.choose("agent", at: other.url)
            items.removeAll { $0.name == "state" }
            items.append((name: "state", value: own.state))
            let callback = try CallbackParameters(queryItems: items)
            await #expect(throws: SignInProblem.codeRefused) {
                try await signIn.provider.finish(callback: callback, pending: own.pending, now: Date())
            }
        }
    }

    @Test func aWrongClientSecretIsNamed() async throws {
        try await SignIn.with { signIn in
            let settings = try ProviderSettings.sample(issuer: signIn.double.issuer, clientSecret: "another")
            let stranger = SignIn(
                double: signIn.double,
                provider: OpenIDProvider(settings: settings, logger: .silent))
            await #expect(throws: SignInProblem.clientRefused) { try await stranger.signIn() }
            try await stranger.provider.shutdown()
        }
    }

    @Test func manyWhoSignInAtOnceShareTheRequestsForMetadataAndKeys() async throws {
        try await SignIn.with { signIn in
            let subjects = try await withThrowingTaskGroup(of: String.self) { group in
                for index in 0..<12 {
                    let user = ["agent", "administrator", "quality-manager"][index % 3]
                    group.addTask { try await signIn.signIn(as: user).subject }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(subjects == ["subject-of-agent", "subject-of-administrator", "subject-of-quality-manager"])
            #expect(try await signIn.double.requests(to: "metadata") == 1)
            #expect(try await signIn.double.requests(to: "keys") == 1)
            #expect(try await signIn.double.requests(to: "token") == 12)
        }
    }
}
