import Foundation
import People
import TestSupport
import Testing

@testable import OpenIDConnect

@Suite struct RefusedSignInTests {
    @Test(arguments: [
        ("alg_none", SignInProblem.unsignedIDToken),
        ("hs256_with_public_key", .algorithmNotAllowed),
        ("wrong_signature", .wrongSignature),
        ("wrong_issuer", .wrongIssuer),
        ("wrong_audience", .wrongAudience),
        ("wrong_nonce", .wrongNonce),
        ("expired", .expired),
        ("issued_in_the_future", .issuedInTheFuture),
        ("issued_long_ago", .issuedLongAgo),
        ("unknown_key", .unknownKey),
        ("missing_key", .keyIdentifierMissing),
        ("wrong_key_type", .keyDoesNotFit),
        ("issuer_mixup", .callbackOfOtherIssuer),
        ("issuer_missing", .callbackIssuerMissing),
        ("wrong_state", .stateMismatch),
        ("repeated_code", .duplicateParameter),
        ("refused", .refused(.accessDenied)),
    ])
    func whatIsWrongIsRefusedByItsName(fault: String, problem: SignInProblem) async throws {
        try await SignIn.with { signIn in
            try await signIn.double.control(#"{"fault": "\#(fault)"}"#)
            await #expect(throws: problem) { try await signIn.signIn() }
            // The same provider goes on as soon as the fault has gone.
            try await signIn.double.control(#"{"fault": null}"#)
            #expect(try await signIn.signIn(now: Date() + 61).roles == [.agent])
        }
    }

    @Test(arguments: ["issuer_mixup", "issuer_missing", "wrong_state", "refused"])
    func nothingIsSentToTheTokenEndpointBeforeTheCallbackIsRight(fault: String) async throws {
        try await SignIn.with { signIn in
            try await signIn.double.control(#"{"fault": "\#(fault)"}"#)
            await #expect(throws: SignInProblem.self) { try await signIn.signIn() }
            #expect(try await signIn.double.requests(to: "token") == 0)
        }
    }

    @Test func anUnverifiedAddressIsNotTaken() async throws {
        try await SignIn.with { signIn in
            #expect(try await signIn.signIn().email == "agent@example.com")
            try await signIn.double.control(#"{"fault": "unverified_email"}"#)
            #expect(try await signIn.signIn().email == nil)
        }
    }

    @Test func aPersonWhoSaysNoAtTheProviderIsRefused() async throws {
        try await SignIn.with { signIn in
            await #expect(throws: SignInProblem.refused(.accessDenied)) { try await signIn.signIn(as: "nobody") }
        }
    }

    @Test(arguments: [
        (#"{"claims": {"iss": null}}"#, SignInProblem.wrongIssuer),
        (#"{"claims": {"aud": null}}"#, .wrongAudience),
        (#"{"claims": {"aud": ["hear back:tests", "another"]}}"#, .wrongAuthorizedParty),
        (#"{"claims": {"azp": "another"}}"#, .wrongAuthorizedParty),
        (#"{"claims": {"nonce": null}}"#, .wrongNonce),
        (#"{"claims": {"exp": null}}"#, .expired),
        (#"{"claims": {"exp": "4000000000"}}"#, .expired),
        (#"{"claims": {"iat": null}}"#, .issuedInTheFuture),
        (#"{"claims": {"nbf": 4000000000}}"#, .notYetValid),
        (#"{"claims": {"sub": null}}"#, .wrongSubject),
        (#"{"claims": {"sub": 5}}"#, .wrongSubject),
        (#"{"header": {"crit": ["exp"]}}"#, .malformedIDToken),
    ])
    func signedTokensWithClaimsThatDoNotFitAreRefused(order: String, problem: SignInProblem) async throws {
        try await SignIn.with { signIn in
            try await signIn.double.control(order)
            await #expect(throws: problem) { try await signIn.signIn() }
        }
    }

    @Test(arguments: [
        #"{"claims": {"aud": ["hear back:tests"]}}"#, #"{"claims": {"azp": "hear back:tests"}}"#,
        #"{"claims": {"aud": ["another", "hear back:tests"], "azp": "hear back:tests"}}"#,
        #"{"header": {"unknown": 1e300}}"#, #"{"claims": {"unknown": -1e300}}"#, #"{"claims": {"nbf": 1000.5}}"#,
    ])
    func signedTokensMayHaveMore(order: String) async throws {
        try await SignIn.with { signIn in
            try await signIn.double.control(order)
            #expect(try await signIn.signIn().roles == [.agent])
        }
    }

    @Test func aSignInIsNotFinishedWithAnotherProvidersPending() async throws {
        try await SignIn.with { signIn in
            let request = try await signIn.begin()
            let pending = PendingSignIn(
                stateDigest: request.pending.stateDigest, nonce: request.pending.nonce,
                verifier: request.pending.verifier, issuer: "https://other.example.com",
                destination: LocalPath("/"), startedAt: request.pending.startedAt)
            let callback = try CallbackParameters(
                queryItems: try await signIn.double.choose("agent", at: request.url))
            await #expect(throws: SignInProblem.pendingOfOtherIssuer) {
                try await signIn.provider.finish(callback: callback, pending: pending, now: Date())
            }
        }
    }

    @Test func aPendingSignInExpires() async throws {
        try await SignIn.with { signIn in
            let request = try await signIn.begin()
            let callback = try CallbackParameters(
                queryItems: try await signIn.double.choose("agent", at: request.url))
            await #expect(throws: SignInProblem.pendingExpired) {
                try await signIn.provider.finish(
                    callback: callback, pending: request.pending,
                    now: request.pending.startedAt + PendingSignIn.lifetime)
            }
        }
    }
}
