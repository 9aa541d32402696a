import Feedback
import Testing

@testable import Delivery

@Suite struct LetterTests {
    let batch: LetterBatch
    let letter: Letter

    init() throws {
        batch = try LetterBatch(paper: .a4)
        letter = Letter(
            address: ["Ana Ortega", "27 Harbour View", "YO21 1AB"],
            language: try #require(Language.named("en")),
            date: "23 November 2026", heading: "How did we do?", paragraphs: ["Dear Ana Ortega,", "Tell us."],
            link: "https://ask.example/7kq4x2mpw9", reference: "B-1 / 7",
            sender: LetterSender(name: "Northgate", address: ["12 Canal Street"]))
    }

    @Test func aPageHasEverythingOfTheLetter() throws {
        let page = try batch.page(of: letter)
        for text in [
            "<p dir=\"auto\">Ana Ortega</p><p dir=\"auto\">27 Harbour View</p><p dir=\"auto\">YO21 1AB</p>",
            "<h1>How did we do?</h1>", "<p>Dear Ana Ortega,</p>", "<p>Tell us.</p>", "23 November 2026", "B-1 / 7",
            "<bdi>Northgate</bdi>", "12 Canal Street", "<svg ", "Kind regards,",
        ] {
            #expect(page.contains(text), "\(text)")
        }
    }

    @Test(arguments: [("en", "ltr"), ("es", "ltr"), ("ar", "rtl")])
    func eachLetterHasItsOwnLanguageAndDirection(code: String, direction: String) throws {
        var letter = letter
        letter.language = try #require(Language.named(code))
        let page = try batch.page(of: letter)
        #expect(page.contains("lang=\"\(code)\" dir=\"\(direction)\""))
        #expect(page.contains(LetterText.of(letter.language).scan))
    }

    @Test func theLinkIsShownInGroupsWithNothingBetweenThem() throws {
        let page = try batch.page(of: letter)
        let shown = try #require(page.firstMatch(of: /<p class="link"[^>]*>(.*?)<\/p>/)).1
        #expect(shown == "ask.example/<wbr><span>7kq4</span><wbr><span>x2mp</span><wbr><span>w9</span><wbr>")
        #expect(shown.replacing(/<[^>]*>/, with: "") == "ask.example/7kq4x2mpw9")
    }

    @Test(arguments: [
        "</p><script>alert(1)</script>", "<\u{301}script>", "\"\u{301} onload=\"x", "&amp;", "{{sender}}{{{code}}}",
        "\u{0}\u{1B}\n<b>", "'><img src=x>",
    ])
    func hostileTextAddsNoMarkup(text: String) throws {
        var hostile = letter
        hostile.address = [text]
        hostile.date = text
        hostile.heading = text
        hostile.paragraphs = [text, text]
        hostile.reference = text
        hostile.sender = LetterSender(name: text, address: [text])
        var plain = hostile
        plain.address = ["x"]
        plain.date = "x"
        plain.heading = "x"
        plain.paragraphs = ["x", "x"]
        plain.reference = "x"
        plain.sender = LetterSender(name: "x", address: ["x"])
        let page = try batch.page(of: hostile)
        let expected = try batch.page(of: plain)
        for mark in ["<", ">", "\"", "'"] as [Unicode.Scalar] {
            #expect(count(mark, in: page) == count(mark, in: expected), "\(mark)")
        }
        let isPrintable = page.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control }
        #expect(isPrintable)
    }

    @Test func anAddressKeepsToItsLinesAndItsDirection() throws {
        var hostile = letter
        hostile.address = ["One\r\ntwo\u{2028}three", " \t ", "\u{202E}four\u{2066}", ""]
        let page = try batch.page(of: hostile)
        #expect(page.contains("<p dir=\"auto\">One  two three</p><p dir=\"auto\">four</p></div>"))
    }

    @Test func aLongAddressIsSetSmallerAndATooLongOneIsRefused() throws {
        var letter = letter
        letter.address = Array(repeating: "27 Harbour View", count: 6)
        #expect(try batch.page(of: letter).contains("address large top"))
        letter.address = Array(repeating: String(repeating: "Harbour ", count: 7), count: 4)
        #expect(try batch.page(of: letter).contains("address small top"))
        letter.address = [String(repeating: "Harbour ", count: 60)]
        #expect(throws: LetterError.addressTooLong) { try batch.page(of: letter) }
        letter.address = Array(repeating: "x", count: 7)
        #expect(throws: LetterError.tooManyAddressLines(7)) { try batch.page(of: letter) }
        letter.address = []
        #expect(try batch.page(of: letter).contains("translate=\"no\"></div>"))
    }

    @Test func aLongTextIsSetSmallerAndATooLongOneIsRefused() throws {
        var letter = letter
        #expect(try batch.page(of: letter).contains("content large"))
        letter.paragraphs = [String(repeating: "words ", count: 170)]
        #expect(try batch.page(of: letter).contains("content small"))
        letter.paragraphs = [String(repeating: "words ", count: 400)]
        #expect(throws: LetterError.textTooLong) { try batch.page(of: letter) }
        letter.paragraphs = Array(repeating: "", count: 40)
        #expect(throws: LetterError.textTooLong) { try batch.page(of: letter) }
        letter.paragraphs = []
        letter.heading = String(repeating: "W", count: 2_000)
        #expect(throws: LetterError.textTooLong) { try batch.page(of: letter) }
    }

    @Test func aSenderThatWouldReachTheWindowIsRefused() {
        var letter = letter
        letter.sender.address = Array(repeating: "x", count: 7)
        #expect(throws: LetterError.senderTooLong) { try batch.page(of: letter) }
        letter.sender = LetterSender(name: String(repeating: "W", count: 200), address: [])
        #expect(throws: LetterError.senderTooLong) { try batch.page(of: letter) }
    }

    private func count(_ mark: Unicode.Scalar, in page: String) -> Int {
        page.unicodeScalars.count { $0 == mark }
    }
}
