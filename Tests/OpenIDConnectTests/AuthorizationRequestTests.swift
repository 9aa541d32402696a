import Foundation
import People
import TestSupport
import Testing

@testable import OpenIDConnect

@Suite struct AuthorizationRequestTests {
    let now = Date(timeIntervalSince1970: 1_800_000_000)

    func request(
        endpoint: String = "https://login.example.com/authorize", destination: String = "/", seed: UInt64 = 1
    ) throws -> AuthorizationRequest {
        var generator = SeededGenerator(seed: seed)
        return AuthorizationRequest(
            settings: try .sample(), endpoint: try #require(WebAddress(endpoint)), destination: LocalPath(destination),
            now: now,
            using: &generator)
    }

    @Test func theBrowserIsSentWithEverythingThatTheCodeFlowNeeds() throws {
        let request = try request()
        let components = try #require(URLComponents(string: request.url))
        // URLComponents leaves the plus of forms alone.
        let items = (components.queryItems ?? []).map { ($0.name, $0.value?.replacing("+", with: " ")) }
        let fields = Dictionary(items) { first, _ in first }
        #expect(items.count == 8 && fields.count == 8)
        #expect(fields["response_type"] == "code")
        #expect(fields["client_id"] == sampleClient)
        #expect(fields["redirect_uri"] == sampleRedirectURI)
        #expect(fields["scope"] == "openid email profile")
        #expect(fields["state"] == request.state)
        #expect(fields["nonce"] == request.pending.nonce)
        #expect(fields["code_challenge"] == AuthorizationRequest.challenge(of: request.pending.verifier))
        #expect(fields["code_challenge_method"] == "S256")
        #expect(!request.url.contains(request.pending.verifier))
    }

    /// RFC 7636, appendix B.
    @Test func theChallengeIsThatOfTheStandard() {
        #expect(
            AuthorizationRequest.challenge(of: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
                == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }

    @Test func whatIsKeptFindsTheSignInAgainButIsNotTheState() throws {
        let request = try request(destination: "/measures?by=team")
        #expect(request.pending.stateDigest == AuthorizationRequest.digest(ofState: request.state))
        #expect(request.pending.stateDigest.count == 32)
        #expect(request.pending.issuer == "https://login.example.com")
        #expect(request.pending.destination.text == "/measures?by=team")
        #expect(request.pending.startedAt == now)
    }

    @Test func theThreeSecretsAreOfTheirOwnAndNeverTheSame() throws {
        var seen: Set<String> = []
        for seed in 0..<50 as Range<UInt64> {
            let request = try request(seed: seed)
            for secret in [request.state, request.pending.nonce, request.pending.verifier] {
                #expect(secret.utf8.count == 43)
                #expect(bytes(ofBase64URL: secret[...])?.count == 32)
                #expect(seen.insert(secret).inserted)
            }
        }
    }

    @Test func anEndpointsOwnQueryStays() throws {
        let url = try request(endpoint: "https://login.example.com/authorize?tenant=5").url
        #expect(url.hasPrefix("https://login.example.com/authorize?tenant=5&response_type=code&"))
    }

    @Test(arguments: [
        "", "measures", "//other.example.com", "/\\other.example.com", "\\\\other.example.com",
        "https://other.example.com",
        "/a\r\nSet-Cookie: b", "/\t/other.example.com", "/a b", "/ä", "javascript:alert(1)",
        "/" + String(repeating: "a", count: 2048),
    ])
    func aPlaceElsewhereIsNotGoneTo(destination: String) throws {
        #expect(try request(destination: destination).pending.destination.text == "/")
    }
}

@Suite struct EncodingTests {
    @Test(arguments: [
        ("", ""), ("azAZ09-._", "azAZ09-._"), (" ", "+"), ("+&=%:/?~*", "%2B%26%3D%25%3A%2F%3F%7E%2A"),
        ("é\n\0", "%C3%A9%0A%00"),
    ])
    func aFormSpellsEverythingUnusual(text: String, spelled: String) {
        #expect(formEncoded(text) == spelled)
        #expect(formEncoded([(name: text, value: "a"), (name: "b", value: text)]) == "\(spelled)=a&b=\(spelled)")
    }

    @Test func everyLengthOfBase64URLIsReadBack() {
        for count in 0...70 {
            let original = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 250) }
            let text = base64URL(original)
            #expect(!text.contains { "+/=".contains($0) })
            #expect(bytes(ofBase64URL: text[...]) == original)
        }
    }

    @Test(arguments: ["A", "AB", "AA==", "AA=", "A+AA", "A/AA", "AA A", "AAA\n", "AAAÄ", "\u{212A}AAA", "="])
    func anyOtherSpellingIsRefused(text: String) {
        #expect(bytes(ofBase64URL: text[...]) == nil)
    }
}

/// Produces the same numbers for the same seed (SplitMix64; Steele, Lea & Flood 2014).
private struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
