import Testing

@testable import Feedback

@Suite struct SurveyWriterTests {
    private let standard: Survey

    init() throws { standard = try SurveyFile.standard().survey }

    @Test func whatIsWrittenIsReadAgain() throws {
        #expect(try SurveyFile(SurveyWriter(standard).text).survey == standard)
    }

    @Test(arguments: [
        "Plain", "\"quoted\" and 'quoted'", "back\\slash \\n", "two\nlines", "tab\tbed", "yes", "12", "null", "- list",
        "{a: b}",
        "# no comment", "a: b", "*star &amp", "&anchor", "<script>alert(1)</script>", "مرحبا، \"كيف\"", "👍🏽 zoë",
        "{{link}}",
        "line\u{2028}separator",
    ])
    func everyTextSurvives(text: String) throws {
        var survey = standard
        survey.intro["en"] = text
        survey.questions[0].text["ar"] = text
        survey.questions[4].help["es"] = text
        #expect(try SurveyFile(SurveyWriter(survey).text).survey == survey)
    }

    @Test func aMistakesLineTellsItsPlace() throws {
        var survey = standard
        survey.title["es"] = ""
        survey.intro["en"] = "About your debt"
        survey.questions[1].low["ar"] = String(repeating: "x", count: 61)
        survey.questions[4].help["en"] = "\u{200B}"
        let writer = SurveyWriter(survey)
        let problems = try #require(throws: YAMLProblems.self) { try SurveyFile(writer.text) }.problems
        #expect(
            problems.map { writer.place(ofLine: $0.line) } == [
                "title.es", "intro.en", "questions.1.low.ar", "questions.4.help.en",
            ])
        survey = standard
        survey.questions[0].required = false
        let whole = SurveyWriter(survey)
        let missing = try #require(throws: YAMLProblems.self) { try SurveyFile(whole.text) }.problems
        #expect(missing.map { whole.place(ofLine: $0.line) } == [""])
        #expect(whole.place(ofLine: 0) == "" && whole.place(ofLine: 10_000) == "")
    }

    @Test func aSurveyWithNothingInItIsWrittenAndRefused() {
        let empty = Survey(name: "", languages: [], title: [:], intro: [:], thanks: [:], questions: [])
        #expect(throws: YAMLProblems.self) { try SurveyFile(SurveyWriter(empty).text) }
    }

    @Test(arguments: [
        "survey: &a x", "survey:\n  &a x", "- &a x", "[&a x]", "[x,&a x]", "{ &a x: y}", "? &a x", "!!str &a x",
        "&a x: y",
        "--- &a x", "a: b\r&c d: e", "\u{FEFF}&a x: y", "x: !t   &a [y]",
    ])
    func anchorsAreRefusedBeforeAnythingIsRead(source: String) throws {
        #expect(try #require(throws: YAMLProblems.self) { try SurveyFile(source) }.description.contains("anchors"))
    }

    @Test(arguments: ["R&D", "Tom & Jerry", "Q &A", "\"a &b\"", "x: Wow! &co", "a, & b"])
    func anAmpersandInWordsIsNoAnchor(source: String) {
        #expect(lineOfAnchor(in: source) == nil)
    }

    @Test func aBombIsRefusedInNoTime() throws {
        let levels = (1...30).map { level in "l\(level): &l\(level) [*l\(level - 1), *l\(level - 1), *l\(level - 1)]\n"
        }
        let source = "l0: &l0 [x, x, x]\n" + levels.joined() + "? *l30\n: x\n"
        #expect(throws: YAMLProblems.self) { try SurveyFile(source) }
        #expect(throws: YAMLProblems.self) { try PolicyFile(source) }
    }

    @Test(arguments: [
        String(repeating: "[", count: 100_000), String(repeating: "- ", count: 100_000),
        String(repeating: "{a: ", count: 900) + String(repeating: "}", count: 900),
        "survey: x\nquestions:\n" + String(repeating: "  - key: x\n", count: 20_000),
    ])
    func deepAndLongFilesAreRefused(source: String) {
        #expect(throws: YAMLProblems.self) { try SurveyFile(source) }
        #expect(throws: YAMLProblems.self) { try PolicyFile(source) }
    }
}
