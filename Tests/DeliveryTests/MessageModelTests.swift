import Feedback
import Testing

@testable import Delivery

@Suite struct MessageModelTests {
    @Test(arguments: [
        ("Northgate\r\nBcc: all@mail.example", "Northgate Bcc: all@mail.example"),
        ("  two\u{A0}words\t", "two words"),
        ("line\u{2028}line\nline", "line line line"),
        ("\u{202E}etagtroN\u{202C}", "etagtroN"),
        ("\u{2067}Northgate\u{0}\u{1B}[31m", "Northgate[31m"),
        ("North\u{AD}ga\u{200B}te\u{FEFF}", "Northgate"),
        ("Northgate 👩🏽‍💻", "Northgate 👩🏽‍💻"),
        ("شركة\u{200F}", "شركة\u{200F}"),
    ])
    func textsAreOneLineThatActsOnNothingAroundIt(given: String, kept: String) throws {
        let model = try sampleModel(organisation: given)
        #expect(model.organisation == kept)
    }

    @Test func aTextOfTheOtherDirectionIsIsolatedAndNoOther() throws {
        let (english, arabic) = (Language.all[0], Language.all[2])
        #expect(isolated("Northgate 24/7", in: english) == "Northgate 24/7")
        #expect(isolated("Northgate 24/7", in: arabic) == "\u{2068}Northgate 24/7\u{2069}")
        #expect(isolated("شركة", in: english) == "\u{2068}شركة\u{2069}")
        #expect(isolated("شركة 24", in: arabic) == "شركة 24")
        #expect(isolated("24/7", in: arabic) == "24/7")
    }

    @Test(arguments: [
        "", "www.meridian.example", "javascript:alert(1)", "ftp://meridian.example/", "https://", "https:///s/x",
        "https://a b.example/", "https://a.example/\"onclick=x", "https://a.example/<b>", "https://a.example/\r\nX: y",
        "https://bank.example@evil.example/", "https://a.example/é", "https://a.example/'", "HTTPS://a.example/\\",
        "https://a.example/" + String(repeating: "x", count: 500),
    ])
    func whatIsNoWebAddressIsRefusedWithoutRepeatingIt(address: String) throws {
        #expect(throws: MessageModelProblem.notAWebAddress(field: "link")) { try model(link: address) }
        #expect(throws: MessageModelProblem.notAWebAddress(field: "ownPage")) { try model(ownPage: address) }
        #expect(throws: MessageModelProblem.notAWebAddress(field: "scores")) {
            try model(scores: [ScoreLink(score: 0, address: sampleLink), ScoreLink(score: 1, address: address)])
        }
    }

    @Test(arguments: [
        ("https://www.meridian.example/s/a-b_c?lang=ar&nps=10", "www.meridian.example"),
        ("http://127.0.0.1:8080/s/x", "127.0.0.1"), ("https://a.example", "a.example"),
        ("https://a.example?x#y", "a.example"),
    ])
    func aWebAddressHasAHost(address: String, host: String) {
        #expect(webHost(of: address) == host)
    }

    @Test func noNameOrHostTellsWhy() throws {
        #expect(throws: MessageModelProblem.disclosingWord("collections", field: "organisation")) {
            try model(organisation: "Northgate Collections")
        }
        #expect(throws: MessageModelProblem.disclosingWord("arrears", field: "link")) {
            try model(link: "https://arrears.meridian.example/s/x")
        }
        // A token is chance, and may spell anything.
        #expect(try model(link: "https://www.meridian.example/s/a-debt-1").link.hasSuffix("a-debt-1"))
    }

    @Test(arguments: ["", " \n", "\u{202E}\u{0}"])
    func aMessageFromNobodyOrAboutNothingIsRefused(text: String) {
        #expect(throws: MessageModelProblem.empty(field: "organisation")) { try model(organisation: text) }
        #expect(throws: MessageModelProblem.empty(field: "question")) { try sampleModel(text: text) }
    }

    private func model(
        organisation: String = "Northgate", scores: [ScoreLink] = [], link: String = sampleLink,
        ownPage: String = sampleOwnPage
    ) throws -> MessageModel {
        try MessageModel(
            organisation: organisation, language: Language.all[0], isReminder: false, question: "How was it?",
            scores: scores, link: link, ownPage: ownPage, expires: "10 December 2026")
    }
}
