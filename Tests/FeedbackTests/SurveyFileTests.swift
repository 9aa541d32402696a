import Testing

@testable import Feedback

@Suite struct SurveyFileTests {
    private let valid = """
        survey: short
        languages: [en]
        title: {en: How did we do?}
        intro: {en: Please tell us.}
        thanks: {en: Thank you.}
        questions:
          - key: nps
            kind: nps
            required: true
            text: {en: Would you recommend us?}
            low: {en: No}
            high: {en: Yes}
        """

    private func problems(_ source: String) -> [YAMLProblems.Problem] {
        do {
            _ = try SurveyFile(source)
            return []
        } catch let error as YAMLProblems {
            return error.problems
        } catch {
            Issue.record("unexpected \(error)")
            return []
        }
    }

    @Test func theStandardSurveyAsksAllMeasuresInThreeLanguages() throws {
        let survey = try SurveyFile.standard().survey
        #expect(survey.languages == ["en", "es", "ar"])
        #expect(survey.questions.map(\.kind) == [.nps, .csat, .ces, .resolved, .comment])
        #expect(survey.question(.ces)?.lowerIsBetter == true)
        #expect(survey.question(.ces)?.scores == 1...5)
    }

    @Test func aValidFileIsRead() {
        #expect(problems(valid).isEmpty)
    }

    @Test(arguments: [
        ("kind: nps", "kind: stars", 8, "is not a kind of question"),
        ("    low: {en: No}\n", "", 7, "low is missing"),
        ("required: true", "required: maybe", 9, "true or false"),
        ("title: {en: How did we do?}", "title: {en: How did we do?, fr: Ça va?}", 3, "does not list"),
        ("languages: [en]", "languages: [en, xx]", 2, "not a language"),
        ("Please tell us.", "Please tell us about your debt.", 4, "bystander"),
        ("survey: short", "survey: short\nsurveys: x", 2, "has no key"),
        ("key: nps", "key: Nps Score", 7, "lower-case"),
        ("kind: nps", "kind: ces", 7, "direction"),
        ("thanks: {en: Thank you.}", "thanks: {en: \"\"}", 5, "empty"),
    ])
    func eachMistakeIsReportedWithItsLine(original: String, mistake: String, line: Int, reason: String) {
        let found = problems(valid.replacing(original, with: mistake))
        #expect(found.contains { $0.line == line && $0.reason.contains(reason) }, "\(found)")
    }

    @Test func allMistakesAreReportedAtOnce() {
        let twice = valid.replacing("kind: nps", with: "kind: stars").replacing("[en]", with: "[]")
        #expect(problems(twice).count >= 2)
    }

    @Test(arguments: ["", "[]", "a: [", "a: b: c", "\t", "just words"])
    func whatIsNotASurveyIsRefusedWithoutACrash(source: String) {
        #expect(!problems(source).isEmpty)
    }

    @Test func aLanguageFallsBackToItsBaseAndThenToTheFirst() throws {
        let survey = try SurveyFile.standard().survey
        #expect(survey.language(for: "es-MX") == "es")
        #expect(survey.language(for: "AR") == "ar")
        #expect(survey.language(for: "fr") == "en")
        #expect(survey.language(for: nil) == "en")
    }

    @Test(arguments: ["the DEBT.", "su deuda", "tu Déuda", "عن الدين", "case"])
    func disclosingWordsAreFoundInEveryLanguage(text: String) {
        #expect(!disclosingWords(in: text).isEmpty)
    }

    @Test(arguments: ["showcase", "your request", "indebted gratitude", ""])
    func wordsThatOnlyContainOneAreFine(text: String) {
        #expect(disclosingWords(in: text).isEmpty)
    }
}
