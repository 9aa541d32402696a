/// What a question measures, and so which scale its answers are on.
public enum QuestionKind: String, Sendable, Codable, CaseIterable {
    /// Likelihood to recommend, 0–10 (Reichheld 2003).
    case nps
    /// Satisfaction, 1–5, higher is better.
    case csat
    /// Effort or ease; points and direction belong to the question.
    case ces
    /// Stated first contact resolution: yes or no.
    case resolved
    /// One of several named options.
    case choice
    /// Free text.
    case comment
}

/// Text in several languages, by language code.
public typealias Translations = [String: String]

/// One option of a `choice` question.
public struct AnswerOption: Sendable, Codable, Equatable {
    /// The value that is stored.
    public var key: String
    /// What the customer reads.
    public var label: Translations

    /// Creates an option.
    public init(key: String, label: Translations) {
        self.key = key
        self.label = label
    }
}

/// One question of a survey.
public struct Question: Sendable, Codable, Equatable {
    /// The form field's name, unique in the survey.
    public var key: String
    /// What it measures.
    public var kind: QuestionKind
    /// Whether the form cannot be sent without it.
    public var required: Bool
    /// The highest score; the number of points for an effort scale. 0 for kinds without a scale.
    public var points: Int
    /// Whether a low score is the good one (effort, not ease).
    public var lowerIsBetter: Bool
    /// The question itself.
    public var text: Translations
    /// What the lowest score means.
    public var low: Translations
    /// What the highest score means.
    public var high: Translations
    /// A line of help under the question.
    public var help: Translations
    /// The options of a `choice` question.
    public var choices: [AnswerOption]

    /// Creates a question.
    public init(
        key: String, kind: QuestionKind, required: Bool, points: Int, lowerIsBetter: Bool, text: Translations,
        low: Translations, high: Translations, help: Translations, choices: [AnswerOption]
    ) {
        self.key = key
        self.kind = kind
        self.required = required
        self.points = points
        self.lowerIsBetter = lowerIsBetter
        self.text = text
        self.low = low
        self.high = high
        self.help = help
        self.choices = choices
    }

    /// The scores this question accepts, lowest first; nil for kinds without a scale.
    public var scores: ClosedRange<Int>? {
        switch kind {
        case .nps: 0...10
        case .csat, .ces: 1...points
        case .resolved, .choice, .comment: nil
        }
    }
}

/// What a survey asks, in every language it is offered in; ``SurveyFile`` says whether it may be published.
public struct Survey: Sendable, Codable, Equatable {
    /// The survey's name among the operator's surveys.
    public var name: String
    /// Language codes, the fall-back first.
    public var languages: [String]
    /// The page's heading.
    public var title: Translations
    /// Why the customer is asked.
    public var intro: Translations
    /// What the customer reads once the answer is stored.
    public var thanks: Translations
    /// The questions in order.
    public var questions: [Question]

    /// Creates a survey.
    public init(
        name: String, languages: [String], title: Translations, intro: Translations, thanks: Translations,
        questions: [Question]
    ) {
        self.name = name
        self.languages = languages
        self.title = title
        self.intro = intro
        self.thanks = thanks
        self.questions = questions
    }

    /// The question of a kind, of which a survey has at most one (except `choice`).
    public func question(_ kind: QuestionKind) -> Question? {
        questions.first { $0.kind == kind }
    }

    /// The best language for a wish like `es-MX`: the same tag, then its base language, then the first one offered.
    public func language(for wish: String?) -> String {
        let fallback = languages.first ?? "en"
        guard let wish = wish?.lowercased() else { return fallback }
        let base = wish.split(separator: "-").first.map(String.init) ?? wish
        return languages.first { $0.lowercased() == wish } ?? languages.first { $0.lowercased() == base } ?? fallback
    }
}

/// A published survey: what it asks never changes, so that every answer keeps its meaning.
public struct SurveyVersion: Sendable, Equatable, Identifiable {
    /// The version's identifier.
    public let id: Int32
    /// The version's number within its survey, from 1.
    public let number: Int32
    /// What it asks.
    public let survey: Survey

    /// Creates a version.
    public init(id: Int32, number: Int32, survey: Survey) {
        self.id = id
        self.number = number
        self.survey = survey
    }
}
