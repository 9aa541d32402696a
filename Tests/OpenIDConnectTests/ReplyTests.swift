import Foundation
import InMemoryLogging
import Logging
import People
import TestSupport
import Testing

@testable import OpenIDConnect

@Suite struct ReplyTests {
    static let endpoints: [(String, ProviderEndpoint)] = [("metadata", .metadata), ("keys", .keys), ("token", .token)]

    @Test(arguments: endpoints)
    func repliesThatCannotBeUsedAreNamed(name: String, endpoint: ProviderEndpoint) async throws {
        try await SignIn.with { signIn in
            let expected: [(String, SignInProblem)] = [
                ("huge", .replyTooLarge(endpoint)), ("redirect", .redirected(endpoint)),
                ("malformed", .malformedReply(endpoint)), ("error", .status(endpoint, 503)),
                ("broken_off", .unreachable(endpoint)),
            ]
            // The metadata are kept for an hour and the keys are asked for once a minute.
            for (index, (fault, problem)) in expected.enumerated() {
                try await signIn.double.control(#"{"reply": ["\#(name)", "\#(fault)"]}"#)
                await #expect(throws: problem) { try await signIn.signIn(now: Date() + Double(61 * index)) }
            }
            try await signIn.double.control(#"{"reply": null}"#)
            #expect(try await signIn.signIn(now: Date() + 305).roles == [.agent])
        }
    }

    @Test(arguments: endpoints, ["silent", "dripping"])
    func aSlowReplyIsGivenUp(endpoint: (String, ProviderEndpoint), fault: String) async throws {
        try await SignIn.with(timeLimit: .seconds(3)) { signIn in
            try await signIn.double.control(#"{"reply": ["\#(endpoint.0)", "\#(fault)"]}"#)
            await #expect(throws: SignInProblem.unanswered(endpoint.1)) { try await signIn.signIn() }
        }
    }

    @Test func aCancelledSignInIsNoProblemOfTheProviders() async throws {
        try await SignIn.with { signIn in
            let request = try await signIn.begin()
            let callback = try CallbackParameters(
                queryItems: try await signIn.double.choose("agent", at: request.url))
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await signIn.provider.finish(callback: callback, pending: request.pending, now: Date())
            }
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test func aProviderThatIsNotThereIsNamedAndLogged() async throws {
        let log = InMemoryLogHandler()
        let logger = Logger(label: "test") { _ in log }
        let settings = try ProviderSettings.sample(issuer: "http://127.0.0.1:1")
        let provider = OpenIDProvider(settings: settings, logger: logger)
        var generator = SystemRandomNumberGenerator()
        await #expect(throws: SignInProblem.unreachable(.metadata)) {
            try await provider.begin(destination: LocalPath("/"), now: Date(), using: &generator)
        }
        #expect(log.entries.map(\.metadata["endpoint"]) == ["metadata"])
        try await provider.shutdown()
    }

    @Test func neitherProblemsNorLogsTellSecrets() async throws {
        let log = InMemoryLogHandler()
        try await SignIn.with(logger: Logger(label: "test") { _ in log }) { signIn in
            let request = try await signIn.begin()
            let items = try await signIn.double.choose("agent", at: request.url)
            let code = try #require(items.first { $0.name == "code" }?.value)
            try await signIn.double.control(#"{"reply": ["token", "broken_off"]}"#)
            let problem = await #expect(throws: SignInProblem.self) {
                try await signIn.provider.finish(
                    callback: CallbackParameters(queryItems: items), pending: request.pending, now: Date())
            }
            let told = log.entries.map { "\($0.message) \($0.metadata)" } + [try #require(problem).description]
            #expect(told.count == 2)
            for secret in [code, request.state, request.pending.nonce, request.pending.verifier, sampleSecret] {
                #expect(!told.contains { $0.contains(secret) || $0.contains(formEncoded(secret)) })
            }
        }
    }
}
