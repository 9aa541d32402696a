import Foundation
import People
import TestSupport
import Testing

@testable import OpenIDConnect

@Suite struct CallbackParametersTests {
    let now = Date(timeIntervalSince1970: 1_800_000_000)
    let settings: ProviderSettings

    init() throws {
        settings = try .sample()
    }

    func code(
        _ items: [(name: String, value: String)], pendingSince age: TimeInterval = 60, issuerIsPromised: Bool = false
    ) throws -> String {
        let body = """
            {"issuer": "https://login.example.com", "authorization_endpoint": "https://login.example.com/a",
            "token_endpoint": "https://login.example.com/t", "jwks_uri": "https://login.example.com/k",
            "authorization_response_iss_parameter_supported": \(issuerIsPromised)}
            """
        let metadata = try ProviderMetadata(Data(body.utf8), publishedBy: settings.issuerAddress)
        let pending = PendingSignIn(
            stateDigest: AuthorizationRequest.digest(ofState: "right"), nonce: "n", verifier: "v",
            issuer: "https://login.example.com", destination: LocalPath("/"), startedAt: now - age)
        return try CallbackParameters(queryItems: items).code(
            for: pending, settings: settings, metadata: metadata, now: now)
    }

    @Test func aCodeWithTheRightStateIsTaken() throws {
        let items = [(name: "code", value: "c"), (name: "state", value: "right"), (name: "session_state", value: "x")]
        #expect(try code(items) == "c")
        #expect(try code(items + [(name: "iss", value: "https://login.example.com")], issuerIsPromised: true) == "c")
    }

    @Test(arguments: ["code", "state", "iss", "error", "session_state"])
    func aRepeatedParameterIsRefused(name: String) {
        let items = [(name: "code", value: "c"), (name: "state", value: "right")]
        #expect(throws: SignInProblem.duplicateParameter) {
            try CallbackParameters(queryItems: items + [(name: name, value: "a"), (name: name, value: "a")])
        }
    }

    @Test(arguments: [
        [:], ["code": "c"], ["state": "right"], ["code": "", "state": "right"], ["code": "c", "state": ""],
        ["code": "c", "error": "access_denied", "state": "right"], ["error": "access_denied"],
        ["code": "c", "state": String(repeating: "s", count: 513)],
        ["code": String(repeating: "c", count: 4097), "state": "right"],
    ])
    func whatIsNoCallbackIsRefused(items: [String: String]) {
        #expect(throws: SignInProblem.malformedCallback) {
            try CallbackParameters(queryItems: items.map { (name: $0.key, value: $0.value) })
        }
    }

    @Test(arguments: ["wrong", "Right", "right ", "r\u{131}ght", "righ", "rightright"])
    func anotherStateIsRefused(state: String) {
        #expect(throws: SignInProblem.stateMismatch) {
            try code([(name: "code", value: "c"), (name: "state", value: state)])
        }
    }

    @Test(arguments: ["", "https://login.example.com/", "https://other.example.com", "https://LOGIN.example.com"])
    func anotherIssuerIsRefusedWhetherOrNotItWasPromised(issuer: String) {
        let items = [(name: "code", value: "c"), (name: "state", value: "right"), (name: "iss", value: issuer)]
        for isPromised in [true, false] {
            #expect(throws: SignInProblem.callbackOfOtherIssuer) { try code(items, issuerIsPromised: isPromised) }
        }
    }

    @Test func aPromisedIssuerMustComeWithErrorsToo() {
        for name in ["code", "error"] {
            #expect(throws: SignInProblem.callbackIssuerMissing) {
                try code([(name: name, value: "x"), (name: "state", value: "right")], issuerIsPromised: true)
            }
        }
    }

    @Test(arguments: ProviderRefusal.allCases)
    func everyErrorOfTheStandardsIsNamed(refusal: ProviderRefusal) {
        #expect(throws: SignInProblem.refused(refusal)) {
            try code([(name: "error", value: refusal.rawValue), (name: "state", value: "right")])
        }
    }

    @Test func theTextOfAnUnknownErrorIsNotRepeated() throws {
        let text = "<script>alert(1)</script>"
        let problem = #expect(throws: SignInProblem.refused(.other)) {
            try code([
                (name: "error", value: text), (name: "error_description", value: text), (name: "state", value: "right"),
            ])
        }
        #expect(!(try #require(problem).description.contains("script")))
    }

    @Test func aPendingSignInIsGoodForHalfAnHour() throws {
        let items = [(name: "code", value: "c"), (name: "state", value: "right")]
        #expect(try code(items, pendingSince: 1799) == "c")
        #expect(throws: SignInProblem.pendingExpired) { try code(items, pendingSince: 1800) }
    }
}
