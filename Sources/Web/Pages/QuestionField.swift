import Feedback

/// One question as the page shows it: exactly one of `scale`, `list` and `comment` is there.
struct QuestionField {
    let id: String
    let name: String
    let legend: String
    let optionalMark: String?
    let help: String?
    let problem: String?
    /// The identifiers of the help and the problem, for screen readers.
    let describedBy: String?
    let scale: ScaleField?
    let list: ListField?
    let comment: CommentField?
    /// Where a link to this question leads.
    let firstField: String

    init(
        _ question: Question, position: Int, language: Language, text: PageText, value: String?,
        problem: AnswerProblem.Kind?
    ) {
        let id = "q\(position)"
        let legend = question.text[language.code] ?? ""
        let help = question.help[language.code] ?? (question.kind == .comment ? text.commentHint : nil)
        self.id = id
        name = question.key
        self.legend = legend
        optionalMark = question.required ? nil : text.optional
        self.help = help
        self.problem = problem.map { Self.message(for: $0, text: text) }
        let describing = [help == nil ? nil : "\(id)-help", problem == nil ? nil : "\(id)-problem"].compactMap { $0 }
        describedBy = describing.isEmpty ? nil : describing.joined(separator: " ")
        scale = ScaleField(question, id: id, language: language, text: text, value: value)
        list = ListField(question, id: id, language: language, text: text, value: value)
        comment = question.kind == .comment ? CommentField(value: value ?? "", limit: Answers.longestComment) : nil
        firstField = comment == nil ? "\(id)-1" : id
    }

    private static func message(for problem: AnswerProblem.Kind, text: PageText) -> String {
        switch problem {
        case .missing: text.missing
        case .notOffered: text.notOffered
        case .tooLong: PageText.filled(text.tooLong, "limit", with: String(Answers.longestComment))
        }
    }
}

/// One radio button.
struct ChoiceField {
    let id: String
    let value: String
    let label: String
    /// What a screen reader says instead of the label.
    let spoken: String?
    let isChosen: Bool
}

/// Numbers in a row, with words for both ends.
struct ScaleField {
    let columns: Int
    let points: [ChoiceField]
    let lowest: Int
    let highest: Int
    let low: String
    let high: String
    let clearLabel: String?

    init?(_ question: Question, id: String, language: Language, text: PageText, value: String?) {
        guard let scores = question.scores else { return nil }
        let low = question.low[language.code] ?? ""
        let high = question.high[language.code] ?? ""
        columns = scores.count
        points = scores.enumerated().map { position, score in
            let outOf = PageText.filled(
                PageText.filled(text.outOf, "score", with: String(score)), "highest", with: String(scores.upperBound))
            let end = score == scores.lowerBound ? low : score == scores.upperBound ? high : ""
            return ChoiceField(
                id: "\(id)-\(position + 1)", value: String(score), label: String(score),
                spoken: end.isEmpty ? outOf : "\(outOf), \(end)", isChosen: value == String(score))
        }
        lowest = scores.lowerBound
        highest = scores.upperBound
        self.low = low
        self.high = high
        clearLabel = question.required ? nil : text.clear
    }
}

/// Named options, one under the other, or side by side when they are yes and no.
struct ListField {
    let isShort: Bool
    let options: [ChoiceField]
    let clearLabel: String?

    init?(_ question: Question, id: String, language: Language, text: PageText, value: String?) {
        let options: [(value: String, label: String)]
        switch question.kind {
        case .resolved: options = [("yes", text.yes), ("no", text.no)]
        case .choice: options = question.choices.map { ($0.key, $0.label[language.code] ?? $0.key) }
        case .nps, .csat, .ces, .comment: return nil
        }
        isShort = question.kind == .resolved
        self.options = options.enumerated().map { position, option in
            ChoiceField(
                id: "\(id)-\(position + 1)", value: option.value, label: option.label, spoken: nil,
                isChosen: value == option.value)
        }
        clearLabel = question.required ? nil : text.clear
    }
}

/// The text box.
struct CommentField {
    let value: String
    let limit: Int
}
