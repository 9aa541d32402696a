import Feedback

/// A change to a survey's build, by the value of the button: `up 2`, `remove-choice 3 1`, `add-language es`.
enum SurveyEdit {
    case up(Int), down(Int), remove(Int)
    case add(NewQuestion)
    case addChoice(Int), removeChoice(Int, Int)
    case addLanguage(String), removeLanguage(String)

    /// - Parameter kind: What is chosen to be added.
    init?(_ value: String, kind: String) {
        let parts = value.split(separator: " ").map(String.init)
        let numbers = parts.dropFirst().compactMap { Int($0) }
        switch (parts.first, parts.count, numbers.count) {
        case ("up", 2, 1): self = .up(numbers[0])
        case ("down", 2, 1): self = .down(numbers[0])
        case ("remove", 2, 1): self = .remove(numbers[0])
        case ("add-choice", 2, 1): self = .addChoice(numbers[0])
        case ("remove-choice", 3, 2): self = .removeChoice(numbers[0], numbers[1])
        case ("add-language", 2, _) where Language.named(parts[1]) != nil: self = .addLanguage(parts[1])
        case ("remove-language", 2, _): self = .removeLanguage(parts[1])
        case ("add", 1, _):
            guard let question = NewQuestion(kind) else { return nil }
            self = .add(question)
        default: return nil
        }
    }

    /// Changes the survey; what it does not have stays as it is.
    func change(_ survey: inout Survey, known: [String: Question]) {
        switch self {
        case .up(let index) where survey.questions.indices.contains(index) && index > 0:
            survey.questions.swapAt(index, index - 1)
        case .down(let index) where survey.questions.indices.contains(index) && index + 1 < survey.questions.count:
            survey.questions.swapAt(index, index + 1)
        case .remove(let index) where survey.questions.indices.contains(index): survey.questions.remove(at: index)
        case .add(let question) where survey.questions.count < 12:
            let key = question.key(besides: Set(survey.questions.map(\.key)), known: known)
            var added = known[key] ?? question.question(key: key)
            if added.kind == .choice { added.choices = [empty("option_1"), empty("option_2")] }
            added.required = false
            survey.questions.append(added)
        case .addChoice(let index) where survey.questions.indices.contains(index):
            guard survey.questions[index].kind == .choice, survey.questions[index].choices.count < 30 else { return }
            let used = Set(
                (survey.questions[index].choices + (known[survey.questions[index].key]?.choices ?? [])).map(\.key))
            let key = (1...100).map { "option_\($0)" }.first { !used.contains($0) } ?? "option"
            survey.questions[index].choices.append(empty(key))
        case .removeChoice(let index, let choice) where survey.questions.indices.contains(index):
            guard survey.questions[index].choices.indices.contains(choice) else { return }
            survey.questions[index].choices.remove(at: choice)
        case .addLanguage(let code) where !survey.languages.contains(code): survey.languages.append(code)
        case .removeLanguage(let code) where survey.languages.count > 1: survey.languages.removeAll { $0 == code }
        default: break
        }
    }

    private func empty(_ key: String) -> AnswerOption { AnswerOption(key: key, label: [:]) }
}
