import Foundation
import Testing

@testable import People

@Suite struct TOTPTests {
    let totp: TOTP
    /// The middle of step 1,000,000 and its codes, with those of its neighbours.
    let now = Date(timeIntervalSince1970: 30_000_015)

    init() throws {
        totp = try #require(TOTP(secret: Array("12345678901234567890".utf8)))
    }

    private func code(_ step: Int64) -> String {
        let digits = String(totp.code(step))
        return String(repeating: "0", count: 6 - digits.count) + digits
    }

    @Test(
        arguments: [
            (59, 94_287_082), (1_111_111_109, 7_081_804), (1_111_111_111, 14_050_471), (1_234_567_890, 89_005_924),
            (2_000_000_000, 69_279_037), (20_000_000_000, 65_353_130),
        ] as [(Int64, UInt32)])
    func theCodesOfRFC6238AreGiven(seconds: Int64, code: UInt32) {
        #expect(totp.truncatedCode(seconds / 30) % 100_000_000 == code)
    }

    @Test func theCodesOfRFC4226AreGiven() {
        let codes: [UInt32] = [
            755_224, 287_082, 359_152, 969_429, 338_314, 254_676, 287_922, 162_583, 399_871, 520_489,
        ]
        #expect((0..<10).map { totp.code($0) } == codes)
    }

    @Test func aCodeServesOneStepBeforeAndAfter() {
        for step in [999_999, 1_000_000, 1_000_001] as [Int64] {
            #expect(totp.step(matching: code(step), at: now, after: nil) == step)
        }
        for step in [999_997, 999_998, 1_000_002, 1_000_003] as [Int64] {
            #expect(totp.step(matching: code(step), at: now, after: nil) == nil)
        }
    }

    @Test func stepsChangeEveryThirtySeconds() {
        let beginning = Date(timeIntervalSince1970: 30_000_000)
        #expect(totp.step(matching: code(1_000_001), at: beginning, after: nil) == 1_000_001)
        let before = beginning.addingTimeInterval(-0.001)
        #expect(totp.step(matching: code(1_000_001), at: before, after: nil) == nil)
        #expect(totp.step(matching: code(999_998), at: before, after: nil) == 999_998)
    }

    @Test func noCodeServesTwice() {
        #expect(totp.step(matching: code(1_000_000), at: now, after: 1_000_000) == nil)
        #expect(totp.step(matching: code(999_999), at: now, after: 1_000_000) == nil)
        #expect(totp.step(matching: code(1_000_001), at: now, after: 1_000_000) == 1_000_001)
        #expect(totp.step(matching: code(1_000_000), at: now, after: 999_999) == 1_000_000)
        #expect(totp.step(matching: code(1_000_001), at: now, after: .max) == nil)
        #expect(totp.step(matching: code(1_000_000), at: now, after: .min) == 1_000_000)
    }

    @Test func ofTwoStepsWithOneCodeTheLaterCounts() {
        // With this secret, two neighbours have one code here for the first time.
        let step: Int64 = 910_737
        #expect([step, step + 1].map(totp.code) == [911_617, 911_617])
        let time = Date(timeIntervalSince1970: Double(step) * 30)
        #expect(totp.step(matching: code(step), at: time, after: nil) == step + 1)
        #expect(totp.step(matching: code(step), at: time, after: step + 1) == nil)
    }

    @Test func spacesInACodeDoNotCount() {
        let digits = code(1_000_000)
        #expect(totp.step(matching: "\(digits.prefix(3)) \(digits.suffix(3)) ", at: now, after: nil) == 1_000_000)
    }

    @Test func whatIsNoCodeIsRefused() {
        let right = code(1_000_000)
        // The same digits in full width.
        let wide = right.unicodeScalars.compactMap { Unicode.Scalar($0.value + 0xFEE0) }.map { String($0) }.joined()
        for text in [
            "", "      ", String(right.dropLast()), right + "0", "0" + right, "+" + right, "-" + right, right + "\n",
            right + "\0", String(right.dropLast()) + "x", wide, String(repeating: "0", count: 1_000_000),
            right + String(repeating: " ", count: 100),
        ] {
            #expect(totp.step(matching: text, at: now, after: nil) == nil)
        }
    }

    @Test(arguments: [-1, -62_135_769_600, 1e300, -1e300, .infinity, -.infinity, .nan] as [TimeInterval])
    func impossibleTimesAreRefused(seconds: TimeInterval) {
        #expect(totp.step(matching: "755224", at: Date(timeIntervalSince1970: seconds), after: nil) == nil)
    }

    @Test func theFirstStepOfAllIsTaken() {
        let beginning = Date(timeIntervalSince1970: 0)
        #expect(totp.step(matching: "755224", at: beginning, after: nil) == 0)
    }

    @Test func aSecretIsWrittenInBase32() {
        #expect(totp.base32 == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    }

    @Test(arguments: [
        "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "gezdgnbvgy3tqojqgezdgnbvgy3tqojq",
        " GEZD GNBV GY3T QOJQ gezd gnbv gy3t qojq ",
    ])
    func aSecretIsReadInEitherCaseAndWithSpaces(text: String) {
        #expect(TOTP(base32: text)?.secret == totp.secret)
    }

    @Test(arguments: [
        "", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGE", "GEZDGNBVGY3TQOJQ",
        "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ0", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ=",
        "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ-", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJé",
        "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ\u{212A}", String(repeating: "A", count: 1_000_000),
    ])
    func whatIsNoSecretIsRefused(text: String) {
        #expect(TOTP(base32: text) == nil)
    }

    @Test func aSecretHasTwentyBytes() {
        var generator = CountingGenerator()
        #expect(TOTP(using: &generator).secret == Array(1...20))
        #expect(TOTP(secret: Array(1...19)) == nil)
        #expect(TOTP(secret: Array(1...21)) == nil)
        #expect(TOTP(secret: []) == nil)
    }

    @Test func theAddressForAppsHoldsIssuerAndAccount() {
        #expect(
            totp.address(issuer: "Hearback", account: "mary+1@example.org")
                == "otpauth://totp/Hearback:mary%2B1%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                + "&issuer=Hearback&algorithm=SHA1&digits=6&period=30")
    }

    @Test func namesCannotChangeTheAddress() throws {
        let address = totp.address(issuer: "A: & B/é\u{1}", account: "x?secret=AAAA&digits=8#:y")
        #expect(
            address == "otpauth://totp/A%20%26%20B%2F%C3%A9%01:x%3Fsecret%3DAAAA%26digits%3D8%23y"
                + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=A%20%26%20B%2F%C3%A9%01"
                + "&algorithm=SHA1&digits=6&period=30")
        let items = try #require(URLComponents(string: address)?.queryItems)
        #expect(items.map(\.name) == ["secret", "issuer", "algorithm", "digits", "period"])
    }
}
