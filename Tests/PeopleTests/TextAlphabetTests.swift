import Foundation
import Testing

@testable import People

@Suite struct TextAlphabetTests {
    @Test(arguments: [
        ("", "", ""), ("f", "Zg", "MY"), ("fo", "Zm8", "MZXQ"), ("foo", "Zm9v", "MZXW6"), ("foob", "Zm9vYg", "MZXW6YQ"),
        ("fooba", "Zm9vYmE", "MZXW6YTB"), ("foobar", "Zm9vYmFy", "MZXW6YTBOI"),
    ])
    func theTextsOfRFC4648AreWrittenAndRead(plain: String, base64: String, base32: String) {
        #expect(TextAlphabet.base64.encode(plain.utf8) == base64)
        #expect(TextAlphabet.base32.encode(plain.utf8) == base32)
        #expect(TextAlphabet.base64.decode(base64) == Array(plain.utf8))
        #expect(TextAlphabet.base32.decode(base32) == Array(plain.utf8))
    }

    @Test func everyLengthAndByteComesBack() {
        var generator = SystemRandomNumberGenerator()
        for length in 0..<100 {
            let bytes = generator.bytes(length)
            for alphabet in [TextAlphabet.base64, .base64URL, .base32, .crockford] {
                #expect(alphabet.decode(alphabet.encode(bytes)) == bytes)
            }
            let expected = Data(bytes).base64EncodedString().filter { $0 != "=" }
            #expect(TextAlphabet.base64.encode(bytes) == expected)
        }
    }

    @Test(arguments: ["A", "AB", "AAB", "AAAAA", "Zg==", "Zm 8", "Zm-8", "Zm8\n", "Zmé"])
    func otherSpellingsOfBase64AreRefused(text: String) {
        #expect(TextAlphabet.base64.decode(text) == nil)
    }

    @Test(arguments: ["A", "AB", "AAA", "AAAAAA", "MZ", "my", "M1", "MY======"])
    func otherSpellingsOfBase32AreRefused(text: String) {
        #expect(TextAlphabet.base32.decode(text) == nil)
    }
}
