import Dashboards
import Feedback
import Store

/// Every survey.
struct SurveysPage {
    let frame: StaffFrame
    let surveys: [Row]

    /// A survey with its newest version.
    struct Row {
        let id: Int
        let name: String
        let number: Int
        let at: String
        let by: String
        let answers: String
        let askedBy: String

        init(_ versions: [PublishedSurvey], newest: PublishedSurvey, askedBy: [String]) {
            id = Int(newest.survey)
            name = newest.name
            number = Int(newest.number)
            at = staffMoment(newest.publication.at)
            by = newest.publication.by.map(actorWords) ?? "–"
            answers = Figures.whole(versions.reduce(0) { $0 + $1.answers })
            self.askedBy = askedBy.isEmpty ? "no policy" : askedBy.joined(separator: ", ")
        }
    }
}

/// A version of a survey.
struct SurveyPage {
    let frame: StaffFrame
    let survey: Int
    let number: Int
    let written: String
    let answers: String
    let isNewest: Bool
    let languages: [SurveyEditPage.EditedLanguage]
    let firstLanguage: String
    let questions: [Question]
    let versions: [Version]

    /// A question, by what answers to it are compared by.
    struct Question {
        let key: String
        let text: String
        let language: String
        let direction: String
        let measures: String
        let isRequired: Bool
    }

    /// A version in the list.
    struct Version {
        let number: Int
        let at: String
        let by: String
        let answers: String
        let isNewest: Bool
        let isShown: Bool

        init(_ version: PublishedSurvey, shown: Int32, newest: Int32) {
            number = Int(version.number)
            at = staffMoment(version.publication.at)
            by = version.publication.by.map(actorWords) ?? "–"
            answers = Figures.whole(version.answers)
            isNewest = version.number == newest
            isShown = version.number == shown
        }
    }

    init(frame: StaffFrame, _ shown: PublishedSurvey, _ survey: Survey, versions: [PublishedSurvey]) {
        let newest = versions.last?.number ?? shown.number
        let languages = survey.languages.compactMap(Language.named)
        let first = languages.first
        self.frame = frame
        self.survey = Int(shown.survey)
        number = Int(shown.number)
        written = Web.written(shown.publication)
        answers = shown.answers == 1 ? "1 answer" : "\(Figures.whole(shown.answers)) answers"
        isNewest = shown.number == newest
        self.languages = languages.map { .init($0) }
        firstLanguage = first?.code ?? "en"
        questions = survey.questions.map { question in
            Question(
                key: question.key, text: question.text[first?.code ?? "en"] ?? "", language: first?.code ?? "en",
                direction: first?.isRightToLeft == true ? "rtl" : "ltr", measures: NewQuestion(question).words,
                isRequired: question.required)
        }
        self.versions = versions.reversed().map { Version($0, shown: shown.number, newest: newest) }
    }
}

/// A survey as the text of its file.
struct SurveyFilePage {
    let frame: StaffFrame
    let token: String
    let action: String
    let publishing: String
    let back: String
    let base: Int
    let editor: TextEditor
    let mayPublish: Bool
    let isNew: Bool
}
