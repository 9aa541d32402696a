import Feedback
import Foundation
import Testing

@testable import Delivery

@Suite struct EmailFormTests {
    private let keys: LinkKeys

    init() throws {
        keys = try #require(LinkKeys([1: Array(repeating: 7, count: 32)]))
    }

    /// What an e-mail shows whose links have these tokens.
    private func content(_ tokens: LinkTokens, language: Language) throws -> EmailContent {
        let link = "https://feedback.example.com/s/\(tokens.survey)"
        let model = try MessageModel(
            organisation: "Northgate", language: language, isReminder: false, question: "How was it?", low: "Bad",
            high: "Good", scores: (0...10).map { ScoreLink(score: $0, address: "\(link)?q=\($0)") }, link: link,
            ownPage: "https://feedback.example.com/c/\(tokens.ownPage)", expires: "10 December 2026")
        return try sampleContent(sampleText(model))
    }

    @Test(arguments: Language.all)
    func aFilledFormIsWhatWouldHaveBeenLaidOut(language: Language) throws {
        var generator = SeededGenerator(seed: 5)
        let places = LinkTokens.places(using: &generator)
        let form = EmailForm(try content(places, language: language), places: places)
        for invitation: Int64 in [1, 2, 1_000_000] {
            let tokens = LinkTokens(of: invitation, keys: keys)
            let filled = form.content(with: tokens)
            #expect(filled == (try content(tokens, language: language)))
            #expect(filled.html.contains(tokens.survey) && filled.html.contains(tokens.ownPage))
            #expect(!filled.html.contains(places.survey) && !filled.plain.contains(places.ownPage))
        }
    }

    @Test func placesDifferEachTime() {
        var generator = SeededGenerator(seed: 5)
        let one = LinkTokens.places(using: &generator)
        let other = LinkTokens.places(using: &generator)
        #expect(Set([one.survey, one.ownPage, other.survey, other.ownPage]).count == 4)
    }
}
