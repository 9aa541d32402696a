import Feedback
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Store
@testable import Web

@Suite struct OwnPageFormTests {
    /// A customer who can be reached by every channel and has answered every kind of question.
    private func content(
        done: OwnPageAction? = nil, problems: [ChoiceProblem] = [], surveysAreStopped: Bool = false,
        comment: String = "x",
        opens: Int = 0, closes: Int = 1440
    ) -> OwnPageContent {
        var answers = Answers()
        answers.nps = 0
        answers.csat = 5
        answers.ces = 7
        answers.resolved = true
        answers.choices = ["reason": "tone"]
        answers.comment = comment
        let day = CalendarDay(dayNumber: 9823)
        let page = OwnPage(
            choice: CustomerChoice(
                channel: .email, language: "es-MX",
                hours: ContactHours(days: [.monday, .sunday], opens: opens, closes: closes)),
            chosenLanguage: nil, askedLanguage: "en", maskedEmail: "j…@e…", maskedPhone: "…0100",
            hasPostalAddress: true, surveysAreStopped: surveysAreStopped, messagesAreStopped: false,
            hasOwnStop: surveysAreStopped,
            asked: SurveyChannel.allCases.map { channel in
                OwnPage.Asked(
                    askedOn: day, channel: channel, surveyVersion: 41, answeredOn: channel == .email ? day : nil,
                    answers: channel == .email ? answers : Answers())
            })
        return OwnPageContent(
            page: page, versions: [41: versionOfEveryKind], done: done, typed: nil, problems: problems)
    }

    @Test func everyTagIsKnownToItsModel() {
        let tags = TemplateTags(SurveyPages.templates.mapValues { String(decoding: $0, as: UTF8.self) })
        let forms = [
            content(done: .save), content(problems: ChoiceProblem.allCases, surveysAreStopped: true),
        ].map { OwnPageForm($0, language: Language.all[0], organisation: .test) }
        let faults = tags.faults(of: "own-page", with: forms)
        // The page always has links to its other languages.
        #expect(
            faults.filter { !($0.hasPrefix("survey-layout:") && $0.hasSuffix("never entered by these models")) } == [])
    }

    @Test(arguments: Language.all) func everyPageIsCompleteInItselfAndDiscreet(language: Language) throws {
        let pages = try SurveyPages(organisation: "Meridian")
        for content in [content(done: .stopAll), content(problems: ChoiceProblem.allCases, surveysAreStopped: true)] {
            let page = pages.ownPage(content, in: language)
            #expect(page.utf8.count < 30_000)
            for forbidden in [
                "<script", " style=", "http:", "https:", "src=", "url(", "@import", "onload", "action=\"",
            ] {
                #expect(!page.contains(forbidden), "\(forbidden)")
            }
            #expect(disclosingWords(in: PageHTML(page).words) == [])
            #expect(PageHTML(page).words.firstRange(of: /\{[a-z]+\}/) == nil)
            #expect(page.contains(" dir=\"\(language.isRightToLeft ? "rtl" : "ltr")\">\n<head>"))
        }
    }

    @Test func everyKindOfAnswerIsShownWithItsQuestion() throws {
        let page = try SurveyPages(organisation: "Meridian").ownPage(content(), in: Language.all[0])
        for said in ["0 out of 10", "5 out of 5", "7 out of 7", "Yes", "Tone", "x"] {
            #expect(page.contains("<dd dir=\"auto\">\(said)</dd>"), "\(said)")
        }
        #expect(page.contains("<dt dir=\"auto\">Question nps</dt>"))
    }

    @Test(arguments: [
        (0, 1440, "0", "24"), (510, 1050, "9", "17"), (540, 1020, "9", "17"), (545, 575, "9", "10"),
    ])
    func hoursThatAreNotFullAreShownWithinThem(opens: Int, closes: Int, from: String, to: String) {
        let fields = ChoiceFields(content(opens: opens, closes: closes).page)
        #expect(fields.from == from && fields.to == to)
    }

    @Test func whatIsShownReadsBackAsTheSameChoice() {
        let page = content(opens: 540, closes: 1020).page
        let (choice, problems) = ChoiceFields(page).read(offering: page.offeredChannels)
        #expect(problems == [] && choice?.hours == page.choice.hours)
        #expect(choice?.channel == .email && choice?.language == "es")
    }

    @Test(arguments: ["<b>", "\" autofocus onfocus=\"alert(1)", "\"\u{301} x=\"\u{301}", "</dd><script>"])
    func hostileTextsStayTexts(text: String) throws {
        let hostile = try SurveyPages(organisation: text).ownPage(content(comment: text), in: Language.all[0])
        let plain = try SurveyPages(organisation: "x").ownPage(content(), in: Language.all[0])
        for mark in ["<", ">", "\"", "'"] as [Unicode.Scalar] {
            let expected = plain.unicodeScalars.count { $0 == mark }
            #expect(hostile.unicodeScalars.count { $0 == mark } == expected, "\(mark)")
        }
    }

    @Test func everyLanguageSaysEverythingInItsOwnWords() {
        let english = sentences(of: .english)
        #expect(english.count > 35)
        for language in Language.all.dropFirst() {
            let translated = sentences(of: OwnPageText.of(language))
            #expect(translated.keys == english.keys)
            for (name, sentence) in translated {
                #expect(!sentence.isEmpty && sentence != english[name], "\(name) in \(language.code)")
                for place in ["{organisation}", "{date}"] {
                    #expect(sentence.contains(place) == english[name]?.contains(place), "\(name) in \(language.code)")
                }
            }
        }
    }

    private func sentences(of text: OwnPageText) -> [String: String] {
        var sentences: [String: String] = [:]
        for child in Mirror(reflecting: text).children {
            guard let name = child.label else { continue }
            if let sentence = child.value as? String { sentences[name] = sentence }
            for (number, word) in ((child.value as? [String]) ?? []).enumerated() {
                sentences["\(name)\(number)"] = word
            }
        }
        return sentences
    }
}
