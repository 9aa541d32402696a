import Crypto
import Testing

@testable import People

@Suite struct CSRFTokenTests {
    let key = SymmetricKey(data: [UInt8](repeating: 7, count: 32))
    let session: SecretToken
    let token: CSRFToken
    let text = "TClt9_lyHeZUgoqU_F5SSf7DfGEhVuk1VFaXPDzMXME"

    init() {
        var generator = CountingGenerator()
        session = SecretToken(using: &generator)
        token = CSRFToken(for: session, key: key)
    }

    @Test func aFormOfTheSessionIsTaken() {
        #expect(token.text == text)
        #expect(token.matches(text))
    }

    @Test func aFormOfAnotherSessionOrKeyIsRefused() {
        var generator = SystemRandomNumberGenerator()
        #expect(!token.matches(CSRFToken(for: SecretToken(using: &generator), key: key).text))
        #expect(!token.matches(CSRFToken(for: session, key: SymmetricKey(size: .bits256)).text))
    }

    @Test func everySingleChangedCharacterIsRefused() {
        let characters = Array(text)
        for index in characters.indices {
            for character in "ABab01-_" where character != characters[index] {
                var forged = characters
                forged[index] = character
                #expect(!token.matches(String(forged)))
            }
        }
    }

    @Test func theSessionTokenItselfIsNoFormToken() {
        #expect(!token.matches(session.text))
        #expect(!token.matches(TextAlphabet.base64URL.encode(session.digest)))
    }

    @Test(arguments: [nil, "", "A", String(repeating: "A", count: 43), String(repeating: "A", count: 1_000_000)])
    func whatIsNoTokenIsRefused(text: String?) {
        #expect(!token.matches(text))
    }

    @Test func anythingMoreThanTheTokenIsRefused() {
        for text in [text + "A", "A" + text, text + "=", text + "\n", text + "\0", " " + text] {
            #expect(!token.matches(text))
        }
    }
}
