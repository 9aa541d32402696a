import Foundation
import TestSupport
import Testing

@testable import OpenIDConnect

@Suite struct DiscoveryTests {
    static let issuer = "https://login.example.com/realms/centre"

    func metadata(_ changes: [String: String?] = [:], issuer: String = issuer) throws -> ProviderMetadata {
        var members: [String: String?] = [
            "issuer": #""\#(issuer)""#, "authorization_endpoint": #""https://login.example.com/authorize?tenant=5""#,
            "token_endpoint": #""https://login.example.com/token""#, "jwks_uri": #""https://keys.example.com/jwks""#,
            "code_challenge_methods_supported": #"["plain", "S256"]"#, "claims_supported": #"["sub"]"#,
        ]
        members.merge(changes) { $1 }
        let text = members.compactMap { name, value in value.map { #""\#(name)": \#($0)"# } }.joined(separator: ",")
        return try ProviderMetadata(Data("{\(text)}".utf8), publishedBy: try #require(WebAddress(issuer)))
    }

    @Test func theMetadataAreRead() throws {
        let read = try metadata()
        #expect(read.authorizationEndpoint.text == "https://login.example.com/authorize?tenant=5")
        #expect(read.tokenEndpoint.text == "https://login.example.com/token")
        #expect(read.keysEndpoint.text == "https://keys.example.com/jwks")
        #expect(read.clientAuthentication == .basic)
        #expect(!read.namesIssuerInCallback)
        #expect(try metadata(["authorization_response_iss_parameter_supported": "true"]).namesIssuerInCallback)
        #expect(try metadata(["code_challenge_methods_supported": nil]) == read)
    }

    static let untrusted: [(String, String?, SignInProblem)] = [
        ("issuer", #""https://login.example.com/realms/centre/""#, .metadataOfOtherIssuer),
        ("issuer", #""https://LOGIN.example.com/realms/centre""#, .metadataOfOtherIssuer),
        ("issuer", #""https://other.example.com""#, .metadataOfOtherIssuer),
        ("issuer", nil, .malformedReply(.metadata)),
        ("token_endpoint", nil, .malformedReply(.metadata)),
        ("jwks_uri", "5", .malformedReply(.metadata)),
        ("token_endpoint", #""http://login.example.com/token""#, .insecureEndpoint),
        ("token_endpoint", #""http://127.0.0.1/token""#, .insecureEndpoint),
        ("jwks_uri", #""file:///etc/passwd""#, .insecureEndpoint),
        ("authorization_endpoint", #""javascript:alert(1)""#, .insecureEndpoint),
        ("authorization_endpoint", #""https://login.example.com/a\r\nb""#, .insecureEndpoint),
        ("code_challenge_methods_supported", #"["plain"]"#, .codeChallengeUnsupported),
        ("token_endpoint_auth_methods_supported", #"["private_key_jwt"]"#, .clientAuthenticationUnsupported),
    ]

    @Test(arguments: untrusted)
    func metadataThatCannotBeTrustedAreRefused(name: String, value: String?, problem: SignInProblem) throws {
        #expect(throws: problem) { try metadata([name: value]) }
    }

    @Test func aProviderOnThisMachineMayHaveEndpointsHere() throws {
        let read = try metadata(
            ["token_endpoint": #""http://127.0.0.1:9000/token""#], issuer: "http://127.0.0.1:9000")
        #expect(read.tokenEndpoint.isLoopback)
    }

    @Test func theMetadataAreKeptForAnHour() async throws {
        try await SignIn.with { signIn in
            let start = Date()
            for seconds in [0.0, 1, 3599, -5] { _ = try await signIn.begin(now: start + seconds) }
            #expect(try await signIn.double.requests(to: "metadata") == 1)
            _ = try await signIn.begin(now: start + 3600)
            #expect(try await signIn.double.requests(to: "metadata") == 2)
            // A clock that is set back does not keep them for longer.
            _ = try await signIn.begin(now: start - 3600)
            #expect(try await signIn.double.requests(to: "metadata") == 3)
        }
    }

    @Test func anIssuerThatIsSpelledOtherwiseIsRefusedAndNotKept() async throws {
        try await SignIn.with { signIn in
            try await signIn.double.control(#"{"metadata": {"issuer": "\#(signIn.double.issuer)/"}}"#)
            await #expect(throws: SignInProblem.metadataOfOtherIssuer) { try await signIn.begin() }
            try await signIn.double.control(#"{"metadata": {}}"#)
            _ = try await signIn.begin()
        }
    }
}
