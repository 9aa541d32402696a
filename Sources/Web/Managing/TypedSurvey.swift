import Feedback

/// A survey as the form of the editor carries it: everything that was typed, whether it may be published or not.
struct TypedSurvey {
    /// The most fields that the form has: 12 questions, each with the texts of 30 choices, and more than that is not read.
    static let mostFields = 2500

    /// What was typed.
    var survey: Survey
    /// The newest version that whoever typed knows of.
    var base: Int32

    init(_ survey: Survey, base: Int32) {
        self.survey = survey
        self.base = base
    }

    /// Reads a form. What answers are compared by, a question's kind and scale, is taken from the versions that had the question.
    ///
    /// - Returns: nil for what the editor never sends.
    init?(_ fields: FormFields, name: String, known: [String: Question]) {
        let fields = fields.byName
        guard let base = fields["base"].flatMap({ Int32($0) }) else { return nil }
        let codes = (fields["languages"] ?? "").split(separator: " ").map(String.init)
        let languages = codes.filter { Language.named($0) != nil }
        guard languages.count == codes.count, Set(codes).count == codes.count else { return nil }
        func text(_ place: String) -> String { typed(fields[place] ?? "") }
        func texts(_ place: String) -> Translations {
            Dictionary(uniqueKeysWithValues: languages.map { ($0, text("\(place).\($0)")) })
        }
        var questions: [Question] = []
        while questions.count < 40, let key = fields["questions.\(questions.count).key"] {
            let place = "questions.\(questions.count)"
            guard var question = known[key] ?? NewQuestion(fields["\(place).new"] ?? "")?.question(key: key) else {
                return nil
            }
            question.required = fields["\(place).required"] == "yes"
            question.text = texts("\(place).text")
            if question.scores != nil {
                (question.low, question.high) = (texts("\(place).low"), texts("\(place).high"))
            }
            question.help = texts("\(place).help")
            var choices: [AnswerOption] = []
            while question.kind == .choice, choices.count < 60,
                let key = fields["\(place).choices.\(choices.count).key"]
            {
                choices.append(AnswerOption(key: key, label: texts("\(place).choices.\(choices.count).label")))
            }
            question.choices = choices
            questions.append(question)
        }
        survey = Survey(
            name: name, languages: languages, title: texts("title"), intro: texts("intro"), thanks: texts("thanks"),
            questions: questions)
        self.base = base
    }

    /// The file that it is.
    ///
    /// - Throws: ``Mistakes`` by the places of its values.
    func file() throws -> SurveyFile {
        let writer = SurveyWriter(survey)
        do { return try SurveyFile(writer.text) } catch let problems as YAMLProblems {
            throw Mistakes(problems, writer)
        }
    }

    /// What is wrong, by the place of the value: `questions.2.text.en`, or empty for the whole survey.
    struct Mistakes: Error {
        private(set) var byPlace: [String: String] = [:]
        /// How many there are.
        var count: Int { byPlace.count }

        init(_ problems: YAMLProblems, _ writer: SurveyWriter) {
            for problem in problems.problems {
                let place = writer.place(ofLine: problem.line)
                let reason =
                    problem.reason.hasSuffix("is empty or not a text")
                    ? "This text is missing." : sentence(problem.reason)
                byPlace[place] = byPlace[place].map { "\($0) \(reason)" } ?? reason
            }
        }
    }
}

/// A text as it was typed, without the white space around it.
private func typed(_ text: String) -> String {
    var text = withPlainLineEnds(text)[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
}

/// A kind of question that can be added, with its scale: `nps`, or `ces 5 lower`.
struct NewQuestion {
    let kind: QuestionKind
    let points: Int
    let lowerIsBetter: Bool

    /// What the form calls it.
    var value: String { kind == .ces ? "ces \(points) \(lowerIsBetter ? "lower" : "higher")" : kind.rawValue }

    init?(_ value: String) {
        let parts = value.split(separator: " ").map(String.init)
        guard let kind = parts.first.flatMap(QuestionKind.init) else { return nil }
        self.kind = kind
        switch kind {
        case .nps: (points, lowerIsBetter) = (10, false)
        case .csat: (points, lowerIsBetter) = (5, false)
        case .ces:
            guard parts.count == 3, parts[1] == "5" || parts[1] == "7", parts[2] == "lower" || parts[2] == "higher"
            else { return nil }
            (points, lowerIsBetter) = (parts[1] == "5" ? 5 : 7, parts[2] == "lower")
        case .resolved, .choice, .comment: (points, lowerIsBetter) = (0, false)
        }
    }

    init(_ question: Question) {
        (kind, points, lowerIsBetter) = (question.kind, question.points, question.lowerIsBetter)
    }

    /// Every one.
    static let all = [
        "nps", "csat", "ces 5 lower", "ces 7 lower", "ces 5 higher", "ces 7 higher", "resolved", "choice", "comment",
    ]
    .compactMap { NewQuestion($0) }

    /// The question, with nothing written yet.
    func question(key: String) -> Question {
        Question(
            key: key, kind: kind, required: false, points: points, lowerIsBetter: lowerIsBetter, text: [:], low: [:],
            high: [:], help: [:], choices: [])
    }

    /// A key that no question of any version has, but for one that measured the same, whose answers go on.
    func key(besides used: Set<String>, known: [String: Question]) -> String {
        let names = [kind.rawValue] + (2...100).map { "\(kind.rawValue)_\($0)" }
        return names.first { name in
            guard !used.contains(name) else { return false }
            guard let earlier = known[name] else { return true }
            return kind != .choice && NewQuestion(earlier).value == value
        } ?? kind.rawValue
    }

    /// What it measures, in words.
    var words: String {
        switch kind {
        case .nps: "Likelihood to recommend, 0 to 10 (NPS)"
        case .csat: "Satisfaction, 1 to 5 (CSAT)"
        case .ces where lowerIsBetter: "Effort, 1 to \(points), where a low score is good (CES)"
        case .ces: "Ease, 1 to \(points), where a high score is good (CES)"
        case .resolved: "Resolved at the first contact: yes or no"
        case .choice: "One of several named answers"
        case .comment: "The customer’s own words"
        }
    }
}
