import Testing

@testable import Delivery

@Suite struct SMSScoreTests {
    private static let digits = ["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"].map { $0.map(String.init) }

    @Test(arguments: 0...10)
    func everyScoreIsReadInEveryKindOfDigits(score: Int) {
        for digits in Self.digits {
            let number = score == 10 ? digits[1] + digits[0] : digits[score]
            let ten = digits[1] + digits[0]
            for body in [
                number, " \(number)\n", "\(number).", "\(number)!!!", "(\(number))", "\"\(number)\"", "¿\(number)?",
                "*\(number)*",
                "#\(number)", "\u{200F}\(number)\u{200E}", "\(number)\u{20E3}", "\(number)/\(ten)",
                "\(number) / \(ten)!",
                "\(number)／\(ten)", "“\(number)”", "\(number)\u{0}", "\(number) -", "\(number)،",
            ] {
                #expect(SMSReply(body) == .score(score), "\(body)")
            }
        }
    }

    @Test(arguments: ["00", "07", "05/10"])
    func aLeadingZeroChangesNothing(body: String) {
        #expect(soleScore(in: body) == Int(body.prefix(2)))
    }

    @Test(arguments: [
        "11", "12", "99", "100", "010", "1000000000000000000000000", "-1", "- 1", "-9", "–9", "−9", "+9", ".9", ",9",
        "9.5", "9,5",
        "0.9", "9 or 10", "9-10", "9 10", "1 0", "9%", "9٪", "%9", "9/", "/9", "9/5", "10/9", "11/10", "9/10/10",
        "9//10", "9/100",
        "9/ ", "9 out of 10", "nine", "9a", "a9", "9 👍", "$9", "9€", "1\n0", "9:10", "²", "⑨", "1⁰", "½", "९", "Ⅸ",
        "9e0", "٫5",
        "9\\10", "9@10", "9&10", "1'0", "1\u{0}0", "٩ أو ٨", "", "/", "//", "/10",
    ])
    func whatLeavesADoubtIsNoScore(body: String) {
        #expect(SMSReply(body) == .other)
    }

    @Test func aScoreBesideAStopIsNoScore() {
        #expect(SMSReply("9 stop") == .optOut)
        #expect(SMSReply("9/10 END") == .optOut)
    }
}
