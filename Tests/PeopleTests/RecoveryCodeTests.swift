import Testing

@testable import People

@Suite struct RecoveryCodeTests {
    let hex = "f79b2617f3fa12fc0f355f4157a1eb7f3dbef0838ef961dc8cc314a1a9031de8"

    @Test func tenDifferentCodesAreMade() {
        var generator = SystemRandomNumberGenerator()
        let codes = RecoveryCode.ten(using: &generator)
        #expect(Set(codes.map(\.text)).count == 10)
        for code in codes {
            #expect(code.text.wholeMatch(of: /[0-9a-hjkmnp-tv-z]{5}-[0-9a-hjkmnp-tv-z]{5}/) != nil)
            #expect(RecoveryCode(code.text)?.digest == code.digest)
        }
    }

    @Test func aCodeIsStoredAsItsDigest() {
        var generator = CountingGenerator()
        let code = RecoveryCode.ten(using: &generator)[0]
        #expect(code.text == "04106-1050r")
        #expect(code.digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == hex)
    }

    @Test(arguments: [
        "041061050r", "04106-1050R", "O4L06-I050r", "o4i06 1o5oR", " 04106 - 1050r ", "0-4-1-0-6-1-0-5-0-r",
    ])
    func aCodeIsReadAsPeopleTypeIt(text: String) {
        #expect(RecoveryCode(text)?.text == "04106-1050r")
    }

    @Test(arguments: [
        "", "-", "04106-1050", "04106-1050rr", "04106-1050u", "04106_1050r", "04106-1050r\n", "04106\01050r",
        "04106–1050r", "٠٤١٠٦-١٠٥٠r", "04106-1050\u{212A}", String(repeating: "0", count: 1_000_000),
        "04106-1050r" + String(repeating: "-", count: 100),
    ])
    func whatIsNoCodeIsRefused(text: String) {
        #expect(RecoveryCode(text) == nil)
    }
}
