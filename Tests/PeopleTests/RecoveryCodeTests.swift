import Crypto
import Testing

@testable import People

@Suite struct RecoveryCodeTests {
    @Test func tenDifferentCodesAreMade() {
        var generator = SystemRandomNumberGenerator()
        let codes = RecoveryCode.ten(using: &generator)
        #expect(Set(codes.map(\.text)).count == 10)
        for code in codes {
            #expect(code.text.wholeMatch(of: /[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}/) != nil)
            #expect(RecoveryCode(code.text)?.text == code.text)
        }
    }

    @Test func aCodeIsStoredAsItsDigestUnderAKey() throws {
        var generator = CountingGenerator()
        let code = RecoveryCode.ten(using: &generator)[0]
        #expect(code.text == "0410-6105-0r3g-g28a")
        let key = SymmetricKey(data: [UInt8](repeating: 1, count: 32))
        let other = SymmetricKey(data: [UInt8](repeating: 2, count: 32))
        #expect(code.digest(under: key).count == 32 && code.digest(under: key) != code.digest(under: other))
        #expect(code.plainDigest == nil)
    }

    /// Codes of before had ten characters and were stored as SHA-256.
    @Test func aCodeOfBeforeIsStillRead() throws {
        let code = try #require(RecoveryCode("04106-1050r"))
        let hex = code.plainDigest?.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(hex == "f79b2617f3fa12fc0f355f4157a1eb7f3dbef0838ef961dc8cc314a1a9031de8")
    }

    @Test(arguments: [
        "041061050r3gg28a", "0410-6105-0R3G-G28A", "O4L0-6I05-or3g-g28a", " 0410 6105 - 0r3g g28a ",
    ])
    func aCodeIsReadAsPeopleTypeIt(text: String) {
        #expect(RecoveryCode(text)?.text == "0410-6105-0r3g-g28a")
    }

    @Test(arguments: [
        "", "-", "04106-1050", "0410-6105-0r3g-g28", "0410-6105-0r3g-g28a0", "04106-1050rr", "04106-1050u",
        "04106_1050r", "04106-1050r\n", "04106\01050r",
        "04106–1050r", "٠٤١٠٦-١٠٥٠r", "04106-1050\u{212A}", String(repeating: "0", count: 1_000_000),
        "04106-1050r" + String(repeating: "-", count: 100),
    ])
    func whatIsNoCodeIsRefused(text: String) {
        #expect(RecoveryCode(text) == nil)
    }
}
