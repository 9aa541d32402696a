import Feedback

/// The page with the questions.
struct SurveyForm {
    let frame: SurveyFrame
    let text: PageText
    /// The version that asked, which the answers come back with.
    let version: String
    let title: String
    let intro: String
    let readers: String
    let notSaved: PageText.Message?
    let problemSummary: ProblemSummary?
    let questions: [QuestionField]

    init(
        _ version: SurveyVersion, language: Language, organisation: PageHead, filled: [String: String],
        problems: [AnswerProblem], notSaved: Bool
    ) {
        let survey = version.survey
        let text = PageText.of(language)
        let questions = survey.questions.enumerated().map { position, question in
            QuestionField(
                question, position: position + 1, language: language, text: text, value: filled[question.key],
                problem: problems.first { $0.question == question.key }?.kind)
        }
        let title = survey.title[language.code] ?? ""
        // A page that shows a mistake answers a POST; its links lead to the empty form, as a GET must.
        let kept = problems.isEmpty && !notSaved ? Self.keptQuery(survey, filled) : ""
        let languages = survey.languages.compactMap(Language.named)
        frame = SurveyFrame(
            title: (problems.isEmpty ? "" : text.errorPrefix) + title, language: language, organisation: organisation,
            text: text,
            languages: languages.count < 2
                ? [] : languages.map { LanguageLink($0, current: language, kept: kept) })
        self.text = text
        self.version = String(version.id)
        self.title = title
        intro = survey.intro[language.code] ?? ""
        readers = PageText.filled(text.readers, "organisation", isolating: organisation.name)
        self.notSaved = notSaved ? text.notSaved : nil
        let items = questions.compactMap { question in
            question.problem.map {
                ProblemSummary.Item(target: question.firstField, message: "\($0): \(question.legend)")
            }
        }
        problemSummary = items.isEmpty ? nil : ProblemSummary(items: items)
        self.questions = questions
    }

    /// The scores that are already chosen, as a query that chooses them again.
    private static func keptQuery(_ survey: Survey, _ filled: [String: String]) -> String {
        survey.questions.compactMap { question in
            guard let scores = question.scores, let value = filled[question.key], let score = Int(value),
                scores.contains(score)
            else { return nil }
            return "&\(question.key)=\(score)"
        }.joined()
    }
}

/// The list of mistakes at the top of the page.
struct ProblemSummary {
    let items: [Item]

    struct Item {
        let target: String
        let message: String
    }
}
