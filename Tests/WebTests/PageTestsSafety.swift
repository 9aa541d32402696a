import Feedback
import Foundation
import TestSupport
import Testing

@testable import Web

@Suite struct PageTestsSafety {
    /// The last one ends an attribute although its quotation mark and accent are one character.
    private static let hostile = [
        "<script>alert(1)</script>", "\" autofocus onfocus=\"alert(1)", "' onfocus='alert(1)", "</title><b>", "&lt;",
        "\"\u{301} onfocus=alert(1) x=\"\u{301}",
    ]

    @Test(arguments: hostile) func hostileTextsStayTexts(text: String) throws {
        let texts = ["en": text]
        let survey = Survey(
            name: text, languages: ["en", "es"], title: texts, intro: texts, thanks: texts,
            questions: QuestionKind.allCases.map { kind in
                Question(
                    key: text, kind: kind, required: false, points: 5, lowerIsBetter: false, text: texts, low: texts,
                    high: texts, help: texts, choices: [AnswerOption(key: text, label: texts)])
            })
        let plain = survey.questions.map { question in
            Question(
                key: "k", kind: question.kind, required: false, points: 5, lowerIsBetter: false, text: ["en": "x"],
                low: ["en": "x"], high: ["en": "x"], help: ["en": "x"],
                choices: [AnswerOption(key: "k", label: ["en": "x"])])
        }
        let harmless = Survey(
            name: "k", languages: ["en", "es"], title: ["en": "x"], intro: ["en": "x"], thanks: ["en": "x"],
            questions: plain)
        let (hostilePages, plainPages) = try (SurveyPages(organisation: text), SurveyPages(organisation: "x"))
        for (page, expected) in [
            (
                hostilePages.form(
                    SurveyVersion(id: 1, number: 1, survey: survey), in: Language.all[0], filled: [text: text]),
                plainPages.form(
                    SurveyVersion(id: 1, number: 1, survey: harmless), in: Language.all[0], filled: ["k": "k"])
            ),
            (
                hostilePages.state(.failure(requestID: text), in: Language.all[0]),
                plainPages.state(.failure(requestID: "x"), in: Language.all[0])
            ),
            (
                hostilePages.state(.thanks(text), in: Language.all[0]),
                plainPages.state(.thanks("x"), in: Language.all[0])
            ),
        ] {
            // Hostile texts change neither how many tags a page has nor how many quotation marks delimit its attributes.
            for mark in ["<", ">", "\"", "'"] as [Unicode.Scalar] {
                let count = page.unicodeScalars.count { $0 == mark }
                #expect(count == expected.unicodeScalars.count { $0 == mark }, "\(mark)")
            }
        }
    }

    @Test(arguments: Language.all) func noPageTellsABystanderWhy(language: Language) throws {
        let pages = try SurveyPages(organisation: "Meridian")
        let form = pages.form(versionOfEveryKind, in: language, problems: threeProblems)
        let all =
            [form, pages.form(versionOfEveryKind, in: language, notSaved: true)]
            + everyState.map { pages.state($0, in: language) }
        for page in all {
            #expect(disclosingWords(in: PageHTML(page).words) == [])
        }
    }

    @Test(arguments: Language.all) func everyStateIsAWholePageInItsLanguage(language: Language) throws {
        let pages = try SurveyPages(organisation: "Meridian")
        let headings = everyState.map { PageText.heading(of: $0, in: language) }
        for (state, heading) in zip(everyState, headings) {
            let page = pages.state(state, in: language)
            #expect(page.utf8.count < 12_000)
            #expect(page.contains("<html lang=\"\(language.code)\""))
            #expect(page.contains("<h1>\(heading)</h1>"))
            #expect(page.contains("<title>\(heading) – Meridian</title>"))
            // Only who has answered can complain of it.
            let hasAnswered =
                heading == PageText.of(language).alreadyAnswered.heading
                || heading == PageText.of(language).thanks.heading
            #expect(page.contains("<form") == hasAnswered && page.contains("name=\"complaint\"") == hasAnswered)
        }
        #expect(Set(headings).count == everyState.count - 1)
    }
}

extension PageText {
    fileprivate static func heading(of state: SurveyPageState, in language: Language) -> String {
        SurveyStatePage(state, language: language, organisation: .test).heading
    }
}
