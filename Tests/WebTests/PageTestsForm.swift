import Feedback
import TestSupport
import Testing

@testable import Web

@Suite struct PageTestsForm {
    let pages: SurveyPages

    init() throws {
        pages = try SurveyPages(organisation: "Meridian")
    }

    @Test(arguments: Language.all) func everyPageIsSmallAndCompleteInItself(language: Language) {
        let filled = ["nps": "9", "comment": "Fine"]
        let page = pages.form(versionOfEveryKind, in: language, filled: filled, problems: threeProblems)
        #expect(page.utf8.count < 18_000)
        #expect(page.contains("<style>\(SurveyPages.style)</style>"))
        for forbidden in ["<script", " style=", "http:", "https:", "src=", "url(", "@import", "onload", "action="] {
            #expect(!page.contains(forbidden), "\(forbidden)")
        }
    }

    @Test(arguments: Language.all) func thePageIsWrittenInItsLanguageAndDirection(language: Language) {
        let page = pages.form(versionOfEveryKind, in: language)
        let direction = language.code == "ar" ? "rtl" : "ltr"
        #expect(page.contains("<html lang=\"\(language.code)\" dir=\"\(direction)\">"))
        #expect(page.contains("name=\"lang\" value=\"\(language.code)\""))
        #expect(page.contains("name=\"survey\" value=\"41\""))
        #expect(page.contains(versionOfEveryKind.survey.title[language.code] ?? "-"))
    }

    @Test func eachLanguageIsNamedInItself() {
        let page = pages.form(versionOfEveryKind, in: Language.all[0])
        #expect(page.contains("<a href=\"?lang=es\" lang=\"es\" hreflang=\"es\" dir=\"ltr\">Español</a>"))
        #expect(page.contains("<a href=\"?lang=ar\" lang=\"ar\" hreflang=\"ar\" dir=\"rtl\">العربية</a>"))
        #expect(page.contains("<span lang=\"en\" dir=\"ltr\" aria-current=\"true\">English</span>"))
    }

    @Test func nothingIsChosenUnlessTheLinkSaysSo() {
        #expect(!pages.form(versionOfEveryKind, in: Language.all[0]).contains(" checked"))
        let page = PageHTML(pages.form(versionOfEveryKind, in: Language.all[0], filled: ["nps": "0", "csat": "6"]))
        let chosen = page.tags("input").filter { $0.contains(" checked") }
        #expect(chosen.count == 1)
        #expect(chosen.first?.contains("name=\"nps\" value=\"0\"") == true)
    }

    @Test func aChosenScoreSurvivesAChangeOfLanguage() {
        let page = pages.form(
            versionOfEveryKind, in: Language.all[0], filled: ["nps": "9", "comment": "x", "csat": "77"])
        #expect(page.contains("href=\"?lang=es&amp;nps=9\""))
    }

    @Test func whatWasTypedIsShownAgainAfterAMistake() {
        let filled = ["csat": "3", "resolved": "no", "reason": "tone", "comment": "\nFirst line is empty"]
        let page = pages.form(versionOfEveryKind, in: Language.all[0], filled: filled, problems: threeProblems)
        #expect(page.contains(">\n\nFirst line is empty</textarea>"))
        for chosen in ["name=\"csat\" value=\"3\"", "name=\"resolved\" value=\"no\"", "name=\"reason\" value=\"tone\""]
        {
            #expect(PageHTML(page).tags("input").contains { $0.contains(chosen) && $0.contains(" checked") })
        }
    }

    @Test func mistakesAreListedLinkedAndSaidBesideTheirQuestion() {
        let source = pages.form(versionOfEveryKind, in: Language.all[0], problems: threeProblems)
        let page = PageHTML(source)
        #expect(source.contains("<title>Error: "))
        let links = page.values(of: "href").filter { $0.hasPrefix("#") }.map { String($0.dropFirst()) }
        #expect(links.count == 3)
        #expect(links.allSatisfy(page.values(of: "id").contains))
        #expect(source.contains("<p class=\"problem\" id=\"q1-problem\">Choose an answer</p>"))
        #expect(source.contains("aria-describedby=\"q2-help q2-problem\""))
        #expect(source.contains("Shorten your text to 2000 characters or fewer"))
    }

    @Test func answersThatCouldNotBeStoredAreSaidNotToBeSaved() {
        let page = pages.form(versionOfEveryKind, in: Language.all[0], filled: ["nps": "9"], notSaved: true)
        #expect(page.contains("role=\"alert\""))
        #expect(page.contains("Your answers are not saved yet"))
        #expect(page.contains("value=\"9\" aria-label=\"9 out of 10\" checked"))
    }

    @Test func everyScoreIsReadOutWithItsScale() {
        let spoken = PageHTML(pages.form(versionOfEveryKind, in: Language.all[0])).values(of: "aria-label")
        #expect(spoken.contains("0 out of 10, lowest"))
        #expect(spoken.contains("9 out of 10"))
        #expect(spoken.contains("7 out of 7, highest"))
    }

    @Test func onlyQuestionsThatCanBeLeftOutCanBeCleared() {
        let inputs = PageHTML(pages.form(versionOfEveryKind, in: Language.all[0])).tags("input")
        let cleared = inputs.filter { $0.contains("value=\"\"") }
        #expect(cleared.count == 4)
        #expect(!cleared.contains { $0.contains("name=\"nps\"") })
    }

    @Test func identifiersAreUnique() {
        let identifiers = PageHTML(pages.form(versionOfEveryKind, in: Language.all[0], problems: threeProblems))
            .values(of: "id")
        #expect(Set(identifiers).count == identifiers.count)
        #expect(identifiers.count > 30)
    }

    @Test func theSameInputGivesTheSameBytes() {
        let filled = ["nps": "9", "csat": "4", "ces": "2", "comment": "x"]
        let page = pages.form(versionOfEveryKind, in: Language.all[2], filled: filled)
        #expect(
            (0..<20).allSatisfy { _ in pages.form(versionOfEveryKind, in: Language.all[2], filled: filled) == page })
    }
}
