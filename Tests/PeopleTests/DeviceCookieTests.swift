import Crypto
import Testing

@testable import People

@Suite struct DeviceCookieTests {
    let key = SymmetricKey(data: [UInt8](repeating: 7, count: 32))
    let text = "AAAAAAAAACoBAgMEBQYHCAkKCwwNDg8Q0lZ0-645JKJwsDhaLx_Eur6DgC_Z_HL7eU4R_12yuTw"

    @Test func aCookieHoldsAccountNonceAndProof() {
        var generator = CountingGenerator()
        #expect(DeviceCookie(account: 42, using: &generator).text(key: key) == text)
    }

    @Test(arguments: [0, 1, 42, -1, Int64.max, Int64.min])
    func aCookieProvesItsAccount(account: Int64) {
        var generator = SystemRandomNumberGenerator()
        let cookie = DeviceCookie(account: account, using: &generator)
        #expect(cookie.nonce.count == 16)
        #expect(DeviceCookie(cookie.text(key: key), key: key) == cookie)
    }

    @Test func everySingleChangedCharacterIsRefused() {
        let characters = Array(text)
        for index in characters.indices {
            for character in "ABab01-_" where character != characters[index] {
                var forged = characters
                forged[index] = character
                #expect(DeviceCookie(String(forged), key: key) == nil)
            }
        }
    }

    @Test func anotherKeyProvesNothing() {
        #expect(DeviceCookie(text, key: SymmetricKey(data: [UInt8](repeating: 8, count: 32))) == nil)
    }

    @Test func aProofOfAnotherKindIsNoCookie() {
        let content = [UInt8](repeating: 0, count: 24)
        let proof = HMAC<SHA256>.authenticationCode(for: content, using: key)
        #expect(DeviceCookie(TextAlphabet.base64URL.encode(content + proof), key: key) == nil)
    }

    @Test(arguments: [
        "", "A", String(repeating: "A", count: 75), String(repeating: "A", count: 74),
        String(repeating: "é", count: 37),
        String(repeating: "A", count: 1_000_000),
    ])
    func whatIsNoCookieIsRefused(text: String) {
        #expect(DeviceCookie(text, key: key) == nil)
    }
}
