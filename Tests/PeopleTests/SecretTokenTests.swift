import Testing

@testable import People

@Suite struct SecretTokenTests {
    let text = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA"
    let hex = "ae216c2ef5247a3782c135efa279a3e4cdc61094270f5d2be58c6204b7a612c9"

    @Test func aTokenIs43CharactersAndItsDigest32Bytes() {
        var generator = CountingGenerator()
        let token = SecretToken(using: &generator)
        #expect(token.text == text)
        #expect(token.digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == hex)
        #expect(SecretToken(text)?.digest == token.digest)
    }

    @Test func tokensDiffer() {
        var generator = SystemRandomNumberGenerator()
        #expect(Set((0..<100).map { _ in SecretToken(using: &generator).text }).count == 100)
    }

    @Test(arguments: [
        "", "A", "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHy", "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAA",
        "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=", "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyB",
        "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eH+A", "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eH/A",
        " QIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA", "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHy\0",
        "éQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHA", String(repeating: "A", count: 1_000_000),
    ])
    func whatIsNoTokenIsRefused(text: String) {
        #expect(SecretToken(text) == nil)
    }

    @Test func nothingPrintsASecret() throws {
        var generator = CountingGenerator()
        let token = SecretToken(using: &generator)
        let code = try #require(RecoveryCode.ten(using: &generator).first)
        let password = try #require(Password("plate velvet outing"))
        let secrets: [(any Hidden, String)] = [
            (token, "SecretToken(hidden)"), (code, "RecoveryCode(hidden)"), (password, "Password(hidden)"),
            (TOTP(using: &generator), "TOTP(hidden)"),
            (CSRFToken(for: token, key: .init(size: .bits256)), "CSRFToken(hidden)"),
        ]
        for (secret, shown) in secrets {
            #expect("\(secret)" == shown)
            #expect(String(describing: secret) == shown)
            #expect(String(reflecting: secret) == shown)
            #expect(Mirror(reflecting: secret).children.isEmpty)
            var dumped = ""
            dump(secret, to: &dumped)
            #expect(dumped == "- \(shown)\n")
            #expect("\([secret])" == "[\(shown)]")
            #expect("\(Optional(secret) as Any)" == "Optional(\(shown))")
        }
    }

    @Test func aTypeThatHoldsASecretDoesNotPrintIt() {
        struct Session {
            let token: SecretToken
        }
        var generator = CountingGenerator()
        let session = Session(token: SecretToken(using: &generator))
        var dumped = ""
        dump(session, to: &dumped)
        #expect("\(session)" == "Session(token: SecretToken(hidden))")
        #expect(dumped.contains("SecretToken(hidden)"))
        #expect(!dumped.contains("bytes"))
    }
}
