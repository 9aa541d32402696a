import Foundation
import TestSupport
import Testing

@testable import OpenIDConnect

@Suite struct KeyRotationTests {
    @Test func aNewKeyIsFoundWithoutARestart() async throws {
        try await SignIn.with { signIn in
            let start = Date()
            try await signIn.signIn(now: start)
            try await signIn.double.control(#"{"rotate": "ES256"}"#)
            #expect(try await signIn.signIn(now: start + 60).roles == [.agent])
            try await signIn.double.control(#"{"rotate": "EdDSA", "keep": true}"#)
            #expect(try await signIn.signIn(now: start + 120).roles == [.agent])
            #expect(try await signIn.double.requests(to: "keys") == 3)
        }
    }

    @Test func forgedKeysAreAskedForOnceAMinute() async throws {
        try await SignIn.with { signIn in
            let start = Date()
            try await signIn.signIn(now: start)
            try await signIn.double.control(#"{"fault": "unknown_key"}"#)
            for seconds in [1.0, 59, 60, 61, 90, 119] {
                await #expect(throws: SignInProblem.unknownKey) { try await signIn.signIn(now: start + seconds) }
            }
            #expect(try await signIn.double.requests(to: "keys") == 2)
            try await signIn.double.control(#"{"fault": null}"#)
            #expect(try await signIn.signIn(now: start + 119).roles == [.agent])
            #expect(try await signIn.double.requests(to: "keys") == 2)
        }
    }

    @Test func forgedKeysAtTheSameTimeAreAskedForOnce() async throws {
        try await SignIn.with { signIn in
            let start = Date()
            try await signIn.signIn(now: start)
            try await signIn.double.control(#"{"fault": "unknown_key"}"#)
            await withTaskGroup(of: Void.self) { group in
                for index in 0..<12 {
                    group.addTask {
                        // Each has read the clock a little earlier or later than the others.
                        let now = start + 61 + Double((index * 5) % 12) / 1000
                        await #expect(throws: SignInProblem.unknownKey) { try await signIn.signIn(now: now) }
                    }
                }
            }
            #expect(try await signIn.double.requests(to: "keys") == 2)
        }
    }

    @Test func aKeyThatWasWithdrawnIsForgotten() async throws {
        try await SignIn.with { signIn in
            let address = try #require(WebAddress(signIn.double.issuer + "/jwks"))
            let connection = ProviderConnection(timeLimit: .seconds(10), logger: .silent)
            let ring = KeyRing(connection: connection)
            let start = Date()
            let old = try await connection.keyNames(at: address)
            let name = try #require(old.first)
            _ = try await ring.key(named: name, for: .rs256, at: address, now: start)
            try await signIn.double.control(#"{"rotate": "ES256"}"#)
            // Still trusted while nothing asks anew.
            _ = try await ring.key(named: name, for: .rs256, at: address, now: start + 3599)
            await #expect(throws: SignInProblem.unknownKey) {
                try await ring.key(named: name, for: .rs256, at: address, now: start + 3600)
            }
            let new = try #require(try await connection.keyNames(at: address).first)
            _ = try await ring.key(named: new, for: .es256, at: address, now: start + 3601)
            await #expect(throws: SignInProblem.keyDoesNotFit) {
                try await ring.key(named: new, for: .rs256, at: address, now: start + 3601)
            }
            try await connection.client.shutdown()
        }
    }

    @Test func aFailureIsRememberedForAMinuteAndKnownKeysGoOn() async throws {
        try await SignIn.with { signIn in
            let start = Date()
            try await signIn.signIn(now: start)
            try await signIn.double.control(#"{"reply": ["keys", "error"], "fault": "unknown_key"}"#)
            for seconds in [60.0, 61, 119] {
                await #expect(throws: SignInProblem.status(.keys, 503)) {
                    try await signIn.signIn(now: start + seconds)
                }
            }
            #expect(try await signIn.double.requests(to: "keys") == 2)
            try await signIn.double.control(#"{"fault": null}"#)
            #expect(try await signIn.signIn(now: start + 119).roles == [.agent])
            try await signIn.double.control(#"{"reply": null, "rotate": "RS256"}"#)
            #expect(try await signIn.signIn(now: start + 121).roles == [.agent])
        }
    }
}

extension ProviderConnection {
    /// The names of the keys that the double signs with, newest first.
    fileprivate func keyNames(at address: WebAddress) async throws -> [String] {
        try PublishedKey.all(in: try await body(of: address.text, as: .keys)).map(\.identifier)
            .filter { $0 != "strange" }
    }
}
