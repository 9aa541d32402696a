import Feedback

/// The editor of a survey's texts and order.
struct SurveyEditPage {
    let frame: StaffFrame
    let token: String
    let survey: Int
    let base: Int
    let next: Int
    let mayPublish: Bool
    let languageCodes: String
    let languages: [EditedLanguage]
    let offered: [EditedLanguage]
    let problems: [Problem]
    let hasProblems: Bool
    let parts: [TextGroup]
    let questions: [EditedQuestion]
    let kinds: [Kind]
    let mayAdd: Bool
    /// The place of a question that is added.
    let count: Int
    /// What is written, as customers would see it.
    let seen: String

    /// A language that the survey is offered in, or could be.
    struct EditedLanguage {
        let code: String
        let name: String
        let direction: String
        let isFirst: Bool
        let mayGo: Bool

        init(_ language: Language, isFirst: Bool = false, mayGo: Bool = false) {
            code = language.code
            name = language.name
            direction = language.isRightToLeft ? "rtl" : "ltr"
            self.isFirst = isFirst
            self.mayGo = mayGo
        }
    }

    /// Something to correct, with a link to where.
    struct Problem {
        let target: String
        let words: String
    }

    /// A kind of question to add.
    struct Kind {
        let value: String
        let words: String
    }

    init(
        frame: StaffFrame, _ typed: TypedSurvey, survey id: Int32, mistakes: TypedSurvey.Mistakes?, seen: String,
        token: String, mayPublish: Bool
    ) {
        let survey = typed.survey
        let languages = survey.languages.compactMap(Language.named)
        let wrong = mistakes?.byPlace ?? [:]
        func group(_ name: String, _ place: String, _ texts: Translations, rows: Int, help: String? = nil) -> TextGroup
        {
            TextGroup(
                name: name, place: place, texts: texts, languages: languages, rows: rows, help: help, wrong: wrong)
        }
        self.frame = frame
        self.token = token
        self.survey = Int(id)
        base = Int(typed.base)
        next = base + 1
        self.mayPublish = mayPublish
        languageCodes = survey.languages.joined(separator: " ")
        self.languages = languages.enumerated().map {
            EditedLanguage($1, isFirst: $0 == 0, mayGo: languages.count > 1)
        }
        offered = Language.all.filter { !languages.contains($0) }.map { EditedLanguage($0) }
        parts = [
            group("Heading", "title", survey.title, rows: 2),
            group(
                "Introduction", "intro", survey.intro, rows: 4,
                help: "Why the customer is asked, and how long it takes."),
            group("Thanks", "thanks", survey.thanks, rows: 3, help: "Read once the answers are stored."),
        ]
        let last = survey.questions.count - 1
        questions = survey.questions.enumerated().map { index, question in
            EditedQuestion(question, index: index, isLast: index == last, wrong: wrong["questions.\(index)"], group)
        }
        problems = Self.problems(wrong, parts, questions)
        hasProblems = !problems.isEmpty
        let asked = Set(survey.questions.map(\.kind))
        kinds = NewQuestion.all.filter { $0.kind == .choice || !asked.contains($0.kind) }
            .map { Kind(value: $0.value, words: $0.words) }
        mayAdd = survey.questions.count < 12
        count = survey.questions.count
        self.seen = seen
    }

    /// Each mistake with where it is, in the order of the page.
    private static func problems(
        _ wrong: [String: String], _ parts: [TextGroup], _ questions: [EditedQuestion]
    ) -> [Problem] {
        var rest = wrong
        func take(_ place: String, _ words: String, _ target: String) -> Problem? {
            rest.removeValue(forKey: place).map { Problem(target: target, words: words + $0) }
        }
        func take(_ group: TextGroup, _ words: String = "") -> [Problem] {
            group.fields.compactMap { take($0.name, "\(words)\(group.name), \($0.language): ", $0.id) }
        }
        var found = parts.flatMap { take($0) }
        for question in questions {
            let words = "Question \(question.number)"
            let place = "questions.\(question.index)"
            if let problem = take(place, "\(words): ", fieldID(place)) { found.append(problem) }
            for group in question.groups + [question.helpTexts] + question.choices.map(\.group) {
                found += take(group, "\(words), ")
            }
        }
        // What belongs to no field, such as a survey in which nothing is required.
        return rest.sorted { $0.key < $1.key }.map { Problem(target: "languages", words: $0.value) } + found
    }
}

/// The identifier of the field of a place.
private func fieldID(_ place: String) -> String { place.replacing(".", with: "-") }

/// One text in every language.
struct TextGroup {
    let name: String
    let id: String
    let help: String?
    let fields: [Field]

    /// The text in one language.
    struct Field {
        let id: String
        let name: String
        let of: String
        let language: String
        let code: String
        let direction: String
        let rows: Int
        let value: String
        let problem: String?
        let describedBy: String?
    }

    init(
        name: String, place: String, texts: Translations, languages: [Language], rows: Int, help: String?,
        wrong: [String: String]
    ) {
        let id = fieldID(place)
        self.name = name
        self.id = id
        self.help = help
        fields = languages.map { language in
            let own = "\(place).\(language.code)"
            let describing = [help == nil ? nil : "\(id)-help", wrong[own] == nil ? nil : "\(fieldID(own))-problem"]
                .compactMap { $0 }
            return Field(
                id: fieldID(own), name: own, of: name, language: language.name, code: language.code,
                direction: language.isRightToLeft ? "rtl" : "ltr", rows: rows, value: texts[language.code] ?? "",
                problem: wrong[own], describedBy: describing.isEmpty ? nil : describing.joined(separator: " "))
        }
    }
}

/// A question to be edited.
struct EditedQuestion {
    let index: Int
    let number: Int
    /// The places before and after.
    let previous, following: Int
    let key: String
    let new: String
    let measures: String
    let isRequired: Bool
    let isFirst: Bool
    let isLast: Bool
    let mistake: String?
    let groups: [TextGroup]
    let helpTexts: TextGroup
    /// Whether help is given, or has to be corrected.
    let hasHelp: Bool
    let isChoice: Bool
    let choices: [Choice]

    /// An option of a question with named answers.
    struct Choice {
        let question: Int
        let index: Int
        let number: Int
        let key: String
        let group: TextGroup
    }

    init(
        _ question: Question, index: Int, isLast: Bool, wrong: String?,
        _ group: (String, String, Translations, Int, String?) -> TextGroup
    ) {
        let place = "questions.\(index)"
        let kind = NewQuestion(question)
        self.index = index
        number = index + 1
        (previous, following) = (index - 1, index + 1)
        key = question.key
        new = kind.value
        measures = kind.words
        isRequired = question.required
        isFirst = index == 0
        self.isLast = isLast
        mistake = wrong
        var groups = [group("Question", "\(place).text", question.text, 3, nil)]
        if let scores = question.scores {
            groups.append(group("What \(scores.lowerBound) means", "\(place).low", question.low, 1, nil))
            groups.append(group("What \(scores.upperBound) means", "\(place).high", question.high, 1, nil))
        }
        self.groups = groups
        helpTexts = group("Help below the question", "\(place).help", question.help, 2, nil)
        hasHelp = helpTexts.fields.contains { !$0.value.isEmpty || $0.problem != nil }
        isChoice = question.kind == .choice
        choices = question.choices.enumerated().map { position, option in
            Choice(
                question: index, index: position, number: position + 1, key: option.key,
                group: group("Answer \(position + 1)", "\(place).choices.\(position).label", option.label, 1, nil))
        }
    }
}
