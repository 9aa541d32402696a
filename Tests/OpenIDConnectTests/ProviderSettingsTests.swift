import TestSupport
import Testing

@testable import OpenIDConnect

@Suite struct ProviderSettingsTests {
    @Test func theSecretIsNeverPrinted() throws {
        let settings = try ProviderSettings.sample(clientSecret: "do-not-print")
        var dumped = ""
        dump(settings, to: &dumped)
        let texts = [
            dumped, "\(settings)", String(reflecting: settings), "\(settings.clientSecret)",
            String(reflecting: settings.clientSecret),
        ]
        for text in texts {
            #expect(!text.contains("do-not-print"))
            #expect(text.contains("[client secret]"))
        }
    }

    @Test(arguments: [
        "https://a.example", "https://a.example/b/", "http://127.0.0.1:80", "http://[::1]/", "http://localhost",
    ])
    func anIssuerIsHTTPSOrOnThisMachine(issuer: String) throws {
        #expect(try ProviderSettings.sample(issuer: issuer).issuer == issuer)
    }

    @Test func whatCannotBeRightIsNamed() {
        func isRefused(_ setting: ProviderSetting, _ make: () throws -> ProviderSettings) {
            #expect(throws: SignInProblem.setting(setting)) { try make() }
        }
        isRefused(.issuer) { try .sample(issuer: "http://login.example.com") }
        isRefused(.issuer) { try .sample(issuer: "https://login.example.com?tenant=5") }
        isRefused(.issuer) { try .sample(issuer: "https://login.example.com#x") }
        isRefused(.clientIdentifier) { try .sample(clientIdentifier: "") }
        isRefused(.clientIdentifier) { try .sample(clientIdentifier: "a\nb") }
        isRefused(.clientSecret) { try .sample(clientSecret: "") }
        isRefused(.clientSecret) { try .sample(clientSecret: "sécret") }
        isRefused(.redirectURI) { try .sample(redirectURI: "http://hearback.example/callback") }
        isRefused(.redirectURI) { try .sample(redirectURI: "/callback") }
        isRefused(.scopes) { try .sample(scopes: ["email"]) }
        isRefused(.scopes) { try .sample(scopes: ["openid", "a b"]) }
        isRefused(.claimNames) { try .sample(claimNames: ClaimNames(roles: "")) }
        isRefused(.claimNames) { try .sample(claimNames: ClaimNames(teams: "")) }
        isRefused(.roles) { try .sample(roles: [:]) }
        isRefused(.clockSkew) { try .sample(clockSkew: -1) }
        isRefused(.clockSkew) { try .sample(clockSkew: 301) }
        isRefused(.clockSkew) { try .sample(clockSkew: .nan) }
        isRefused(.algorithms) { try .sample(algorithms: []) }
    }

    @Test(arguments: ["none", "None", "HS256", "HS512", ""])
    func algorithmsWithoutAKeyOfTheProvidersCannotBeAllowed(name: String) {
        #expect(SigningAlgorithm(rawValue: name) == nil)
    }

    @Test(arguments: [
        "", "https://", "https:///path", "https://a b", "https://a.example:0", "https://a.example:65536",
        "https://a.example:", "https://user@a.example", "https://a.example@b.example/", "https://a.example\\@b.example",
        "HTTPS://a.example", "ftp://a.example", "//a.example", "https://a.example/#b", "https://ä.example",
        "http://127.0.0.1.example", "http://127.0.0.2", "http://localhost.example", "http://[::2]", "https://[::1",
        "http://127.0.0.1@b.example", "https://a.example/\u{0}", "https://a.example/\r\nHost: b",
        "https://" + String(repeating: "a", count: 2048),
    ])
    func whatIsNoSafeAddressIsRefused(text: String) {
        #expect(WebAddress(text) == nil)
    }
}
