import Foundation
import TestSupport
import Testing

@testable import OpenIDConnect

@Suite struct IDTokenTests {
    static let now = 1_800_000_000.0
    let settings: ProviderSettings

    init() throws {
        settings = try .sample()
    }

    func check(_ changes: [String: ClaimValue?] = [:]) throws(SignInProblem) -> IDToken {
        var claims: [String: ClaimValue] = [
            "iss": .text("https://login.example.com"), "aud": .text(sampleClient), "sub": .text("5"),
            "nonce": .text("n-0S6"), "exp": .number(Self.now + 300), "iat": .number(Self.now),
        ]
        for (name, value) in changes { claims[name] = value }
        return try IDToken(
            claims, settings: settings, nonce: "n-0S6", now: Date(timeIntervalSince1970: Self.now))
    }

    static let goodEnough: [[String: ClaimValue]] = [
        [:], ["exp": .number(now - 59.5)], ["iat": .number(now + 60)], ["iat": .number(now - 600)],
        ["nbf": .number(now + 60)], ["sub": .text(String(repeating: "s", count: 255))], ["sub": .text("cn=a b,o=c")],
        ["azp": .text(sampleClient)], ["aud": .list([.text(sampleClient)])],
        ["aud": .list([.text("other"), .text(sampleClient)]), "azp": .text(sampleClient)],
    ]

    @Test(arguments: goodEnough)
    func aTokenThatIsJustGoodEnoughIsAccepted(changes: [String: ClaimValue]) throws {
        _ = try check(changes)
    }

    static let notGoodEnough: [(String, ClaimValue?, SignInProblem)] = [
        ("iss", .text("https://login.example.com/"), .wrongIssuer), ("iss", .null, .wrongIssuer),
        ("iss", .list([.text("https://login.example.com")]), .wrongIssuer),
        ("aud", .text("other"), .wrongAudience), ("aud", .list([]), .wrongAudience), ("aud", nil, .wrongAudience),
        ("aud", .object([sampleClient: .text(sampleClient)]), .wrongAudience),
        ("aud", .list([.text(sampleClient), .text("other")]), .wrongAuthorizedParty),
        ("azp", .text("other"), .wrongAuthorizedParty), ("azp", .null, .wrongAuthorizedParty),
        ("exp", .number(now - 60), .expired), ("exp", nil, .expired), ("exp", .text("1900000000"), .expired),
        ("exp", .flag(true), .expired), ("exp", .number(-1e300), .expired),
        ("iat", .number(now + 60.5), .issuedInTheFuture), ("iat", .number(1e300), .issuedInTheFuture),
        ("iat", nil, .issuedInTheFuture), ("iat", .number(now - 600.5), .issuedLongAgo),
        ("iat", .number(0), .issuedLongAgo),
        ("nbf", .number(now + 60.5), .notYetValid), ("nbf", .text("0"), .notYetValid),
        ("nonce", .text("n-0S6 "), .wrongNonce), ("nonce", .text(""), .wrongNonce), ("nonce", nil, .wrongNonce),
        ("nonce", .list([.text("n-0S6")]), .wrongNonce),
        ("sub", .text(""), .wrongSubject), ("sub", .text(String(repeating: "s", count: 256)), .wrongSubject),
        ("sub", .text("é"), .wrongSubject), ("sub", .text("a\nb"), .wrongSubject),
        ("sub", .number(5), .wrongSubject), ("sub", nil, .wrongSubject),
    ]

    @Test(arguments: notGoodEnough)
    func aTokenThatIsNotGoodEnoughIsRefused(name: String, value: ClaimValue?, problem: SignInProblem) {
        #expect(throws: problem) { try check([name: value]) }
    }

    @Test func whatOnlyLooksTheSameIsAnother() throws {
        let kelvin = "\u{212A}"
        #expect(kelvin == "K")
        let settings = try ProviderSettings.sample(issuer: "https://login.example.com/K", clientIdentifier: "K")
        let claims: [String: ClaimValue] = [
            "iss": .text("https://login.example.com/K"), "aud": .text("K"), "sub": .text("5"), "nonce": .text("n"),
            "exp": .number(Self.now + 300), "iat": .number(Self.now),
        ]
        let now = Date(timeIntervalSince1970: Self.now)
        _ = try IDToken(claims, settings: settings, nonce: "n", now: now)
        #expect(throws: SignInProblem.wrongIssuer) {
            let changed = claims.merging(["iss": .text("https://login.example.com/" + kelvin)]) { $1 }
            return try IDToken(changed, settings: settings, nonce: "n", now: now)
        }
        #expect(throws: SignInProblem.wrongAudience) {
            try IDToken(claims.merging(["aud": .text(kelvin)]) { $1 }, settings: settings, nonce: "n", now: now)
        }
    }
}
