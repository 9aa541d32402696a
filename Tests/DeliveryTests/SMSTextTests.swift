import Testing

@testable import Delivery

private func repeated(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
}

@Suite struct SMSTextTests {
    @Test func theAlphabetIsThatOfTheStandard() {
        #expect(GSM7.basic.count == 127)
        let ascii = GSM7.basic.filter(\.isASCII)
        // Of ASCII it lacks the control characters but two, and ` [ \ ] ^ { | } ~, some of which are in the extension.
        #expect(ascii.count == 95 + 2 - 9)
        #expect(
            GSM7.basic.filter { !$0.isASCII }.map(\.value) == [
                0xA3, 0xA5, 0xE8, 0xE9, 0xF9, 0xEC, 0xF2, 0xC7, 0xD8, 0xF8, 0xC5, 0xE5, 0x394, 0x3A6, 0x393, 0x39B,
                0x3A9, 0x3A0, 0x3A8, 0x3A3, 0x398, 0x39E, 0xC6, 0xE6, 0xDF, 0xC9, 0xA4, 0xA1, 0xC4, 0xD6, 0xD1, 0xDC,
                0xA7, 0xBF, 0xE4, 0xF6, 0xF1, 0xFC, 0xE0,
            ])
        #expect(GSM7.extended.map(\.value) == [0x0C, 0x5E, 0x7B, 0x7D, 0x5C, 0x5B, 0x7E, 0x5D, 0x7C, 0x20AC])
    }

    @Test(arguments: [
        (0, 0), (1, 1), (153, 1), (159, 1), (160, 1), (161, 2), (305, 2), (306, 2), (307, 3), (459, 3), (460, 4),
        (1530, 10), (1531, 11),
    ])
    func segmentsOfPlainTextAreThoseOfGSM7(length: Int, segments: Int) {
        let text = SMSText(repeated("à", length))
        #expect(text.encoding == .gsm7)
        #expect(text.units == length)
        #expect(text.segments == segments)
        #expect(text.charactersForcingUCS2.isEmpty)
    }

    @Test(arguments: [(1, 1), (67, 1), (69, 1), (70, 1), (71, 2), (134, 2), (135, 3), (201, 3), (202, 4), (670, 10)])
    func segmentsOfOtherScriptsAreThoseOfUCS2(length: Int, segments: Int) {
        let text = SMSText(repeated("ش", length))
        #expect(text.encoding == .ucs2)
        #expect(text.units == length)
        #expect(text.segments == segments)
    }

    @Test(arguments: ["€", "{", "}", "[", "]", "~", "\\", "|", "^", "\u{0C}"])
    func extensionCharactersCostTwoSeptets(character: String) {
        #expect(SMSText(repeated(character, 80)).segments == 1)
        #expect(SMSText(repeated(character, 80)).units == 160)
        // Seventy-six pairs fill a segment of 153, with one septet left over.
        #expect(SMSText(repeated(character, 81)).segments == 2)
        #expect(SMSText(repeated(character, 152)).segments == 2)
        #expect(SMSText(repeated(character, 153)).segments == 3)
    }

    @Test func anEscapePairIsNotSplit() {
        let fits = SMSText(repeated("a", 151) + "€" + repeated("a", 153))
        #expect((fits.units, fits.segments) == (306, 2))
        let straddles = SMSText(repeated("a", 152) + "€" + repeated("a", 152))
        #expect((straddles.units, straddles.segments) == (306, 3))
        let straddlesTwice = SMSText(repeated("a", 152) + "€" + repeated("a", 150) + "€" + repeated("a", 151))
        #expect((straddlesTwice.units, straddlesTwice.segments) == (457, 3))
        let alone = SMSText(repeated("a", 152) + "€" + repeated("a", 6))
        #expect((alone.units, alone.segments) == (160, 1))
    }

    @Test func aSurrogatePairIsNotSplit() {
        #expect(SMSText(repeated("😀", 35)).segments == 1)
        #expect(SMSText(repeated("😀", 36)).segments == 2)
        #expect(SMSText(repeated("😀", 66)).segments == 2)
        let many = SMSText(repeated("😀", 67))
        #expect((many.units, many.segments) == (134, 3))
        let straddles = SMSText(repeated("я", 66) + "😀" + repeated("я", 66))
        #expect((straddles.units, straddles.segments) == (134, 3))
    }

    @Test(arguments: [
        ("Thank you for calling.", ""), ("“Thank you” – “bye”", "“”–"), ("ça va", "ç"), ("Ça va", ""), ("a\tb", "\t"),
        ("\r\n", ""), ("`", "`"), ("e\u{301}", "é"), ("👨‍👩‍👧 9 👨‍👩‍👧", "👨‍👩‍👧"), ("\u{2126}", "\u{2126}"), ("a\u{0}b", "\u{0}"),
        ("\u{1B}", "\u{1B}"),
    ])
    func whatForcesUCS2IsNamedOnceInOrder(text: String, forcing: String) {
        let measured = SMSText(text)
        #expect(measured.charactersForcingUCS2.map(String.init) == forcing.map(String.init))
        #expect(measured.encoding == (forcing.isEmpty ? .gsm7 : .ucs2))
        #expect(measured.text == text)
    }

    @Test func charactersThatWouldJoinAreNamedApart() {
        #expect(SMSText("🇺a🇸").charactersForcingUCS2 == ["🇺", "🇸"])
    }

    @Test func aCharacterWithManyAccentsIsStillMeasured() {
        let tower = "e" + String(repeating: "\u{301}\u{316}", count: 20_000)
        let measured = SMSText("“" + tower)
        #expect(measured.units == 40_002)
        #expect(measured.charactersForcingUCS2.count == 2)
        #expect(SMSText.economical("“" + tower).unicodeScalars.count == 40_002)
    }

    @Test(arguments: [(["a", "é", "€", "["], 160, 153), (["ب", "ب", "😀"], 70, 67)])
    func noOtherWayOfSplittingNeedsFewerSegments(characters: [String], alone: Int, joined: Int) throws {
        var generator = SeededGenerator(seed: 20)
        for _ in 0..<80 {
            let text = characters.draws(.random(in: 1...400, using: &generator), using: &generator).joined()
            let costs = text.unicodeScalars.map { joined == 153 ? GSM7.septets(of: $0) ?? 0 : UTF16.width($0) }
            // The fewest segments that hold the first n characters, tried over every last segment.
            var fewest = [0]
            for end in 1...costs.count {
                var start = end
                var filled = 0
                var best = Int.max
                while start > 0, filled + costs[start - 1] <= joined {
                    start -= 1
                    filled += costs[start]
                    best = min(best, fewest[start] + 1)
                }
                fewest.append(best)
            }
            let measured = SMSText(text)
            let last = try #require(fewest.last)
            let total = costs.reduce(0, +)
            #expect(measured.units == total)
            #expect(measured.segments == (total <= alone ? 1 : last))
        }
    }
}
