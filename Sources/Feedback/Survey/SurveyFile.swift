import Yams

/// A survey as its author writes it: a YAML file, checked in whole, each problem with its line.
public struct SurveyFile: Sendable {
    /// What the file asks.
    public let survey: Survey
    /// The file's text, kept with the version it becomes.
    public let source: String

    /// Reads a survey file.
    ///
    /// - Throws: ``YAMLProblems`` with everything that is wrong, in line order.
    public init(_ source: String) throws {
        var reader = try YAMLReader(source)
        let root = reader.root
        reader.allow(
            ["survey", "languages", "title", "intro", "thanks", "questions"], in: root, what: "survey file")
        let name = reader.text("survey", in: root, maximum: 80)
        let languages = reader.languages(in: root)
        let survey = Survey(
            name: name, languages: languages,
            title: reader.translations("title", in: root, languages: languages, maximum: 120),
            intro: reader.translations("intro", in: root, languages: languages, maximum: 600),
            thanks: reader.translations("thanks", in: root, languages: languages, maximum: 600),
            questions: reader.questions(in: root, languages: languages))
        reader.refuseDisclosure(in: root)
        try reader.finish()
        self.survey = survey
        self.source = source
    }
}

extension YAMLReader {
    fileprivate mutating func languages(in root: Node) -> [String] {
        let codes = list("languages", in: root).compactMap { node -> String? in
            guard let code = node.string, Language.named(code) != nil else {
                let known = Language.all.map(\.code).joined(separator: ", ")
                report("\"\(node.string ?? "")\" is not a language with page texts; known are \(known)", at: node)
                return nil
            }
            return code
        }
        if Set(codes).count != codes.count { report("a language is named twice", at: root["languages"] ?? root) }
        return codes
    }

    fileprivate mutating func questions(in root: Node, languages: [String]) -> [Question] {
        var questions: [Question] = []
        for node in list("questions", in: root) {
            guard let question = question(node, languages: languages) else { continue }
            if questions.contains(where: { $0.key == question.key }) {
                report("the key \"\(question.key)\" is used by an earlier question", at: node)
            }
            if question.kind != .choice, questions.contains(where: { $0.kind == question.kind }) {
                report("a survey has at most one question of kind \(question.kind.rawValue)", at: node)
            }
            questions.append(question)
        }
        if !questions.isEmpty, !questions.contains(where: \.required) {
            report("one question must be \"required: true\", so that no empty form can be sent", at: root)
        }
        if questions.count > 12 { report("a survey has at most 12 questions", at: root) }
        return questions
    }

    private mutating func question(_ node: Node, languages: [String]) -> Question? {
        allow(
            ["key", "kind", "required", "points", "direction", "text", "low", "high", "help", "choices"],
            in: node, what: "question")
        let kindName = text("kind", in: node, maximum: 20)
        guard let kind = QuestionKind(rawValue: kindName) else {
            let known = QuestionKind.allCases.map(\.rawValue).joined(separator: ", ")
            report("\"\(kindName)\" is not a kind of question; known are \(known)", at: node["kind"] ?? node)
            return nil
        }
        let key = text("key", in: node, maximum: 40)
        if !isFieldName(key) {
            report("a key is lower-case letters, digits and _ (not lang or survey)", at: node["key"] ?? node)
        }
        let hasEnds = kind == .nps || kind == .csat || kind == .ces
        if !hasEnds, let misplaced = node["low"] ?? node["high"] {
            report("low and high belong to nps, csat and ces questions", at: misplaced)
        }
        return Question(
            key: key, kind: kind,
            required: boolean("required", in: node) ?? false,
            points: points(of: kind, in: node),
            lowerIsBetter: lowerIsBetter(kind, in: node),
            text: translations("text", in: node, languages: languages, maximum: 300),
            low: hasEnds ? translations("low", in: node, languages: languages, maximum: 60) : [:],
            high: hasEnds ? translations("high", in: node, languages: languages, maximum: 60) : [:],
            help: node["help"] == nil ? [:] : translations("help", in: node, languages: languages, maximum: 300),
            choices: choices(of: kind, in: node, languages: languages))
    }

    private func isFieldName(_ key: String) -> Bool {
        !key.isEmpty && key != "lang" && key != "survey"
            && key.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
    }

    private mutating func points(of kind: QuestionKind, in node: Node) -> Int {
        if kind != .ces, let misplaced = node["points"] {
            report("points belongs to a ces question; the scale of \(kind.rawValue) is fixed", at: misplaced)
        }
        switch kind {
        case .nps: return 10
        case .csat: return 5
        case .ces:
            let points = whole("points", in: node) ?? 5
            // An odd number, so that the scale has a middle.
            if points != 5 && points != 7 { report("points is 5 or 7", at: node["points"] ?? node) }
            return points
        case .resolved, .choice, .comment: return 0
        }
    }

    private mutating func lowerIsBetter(_ kind: QuestionKind, in node: Node) -> Bool {
        guard let direction = node["direction"] else {
            if kind == .ces {
                report("a ces question says \"direction: lower\" (effort) or \"direction: higher\" (ease)", at: node)
            }
            return false
        }
        guard kind == .ces, let word = direction.string, word == "lower" || word == "higher" else {
            report("direction is lower or higher, and belongs to a ces question", at: direction)
            return false
        }
        return word == "lower"
    }

    private mutating func choices(of kind: QuestionKind, in node: Node, languages: [String]) -> [AnswerOption] {
        guard kind == .choice else {
            if let misplaced = node["choices"] { report("choices belongs to a choice question", at: misplaced) }
            return []
        }
        let choices = list("choices", in: node).map { option in
            allow(["key", "label"], in: option, what: "choice")
            return AnswerOption(
                key: text("key", in: option, maximum: 40),
                label: translations("label", in: option, languages: languages, maximum: 120))
        }
        if Set(choices.map(\.key)).count != choices.count { report("a choice's key is used twice", at: node) }
        if choices.count > 30 { report("a choice question has at most 30 choices", at: node) }
        if choices.count < 2 { report("a choice question has at least two choices", at: node) }
        return choices
    }

    /// Refuses words that would tell a bystander about a debt, wherever they stand in the file's texts.
    fileprivate mutating func refuseDisclosure(in node: Node) {
        switch node {
        case .scalar(let scalar):
            for word in disclosingWords(in: scalar.string) {
                report("\"\(word)\" would tell a bystander about a debt; say it without that word", at: node)
            }
        case .mapping(let mapping):
            for (key, value) in mapping where key.string != "key" && key.string != "survey" {
                refuseDisclosure(in: value)
            }
        case .sequence(let sequence):
            for item in sequence { refuseDisclosure(in: item) }
        case .alias:
            break
        }
    }
}
