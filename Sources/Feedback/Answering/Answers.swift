/// What a customer said, checked against the survey version that asked.
public struct Answers: Sendable, Equatable {
    /// Likelihood to recommend, 0–10.
    public var nps: Int16?
    /// Satisfaction, 1–5.
    public var csat: Int16?
    /// Effort or ease, on the version's own scale.
    public var ces: Int16?
    /// Whether it was resolved the first time.
    public var resolved: Bool?
    /// The chosen option of each `choice` question, by the question's key.
    public var choices: [String: String] = [:]
    /// Free text, long digit runs already removed.
    public var comment: String?

    /// Creates answers with nothing said.
    public init() {}

    /// Whether nothing at all was said.
    public var isEmpty: Bool {
        nps == nil && csat == nil && ces == nil && resolved == nil && choices.isEmpty && comment == nil
    }
}

/// What is wrong with an answer, for the page to say in the customer's language.
public struct AnswerProblem: Error, Sendable, Equatable {
    /// What kind of mistake it is.
    public enum Kind: Sendable, Equatable {
        /// A required question was not answered.
        case missing
        /// The value is not one the question offers, or it was sent more than once.
        case notOffered
        /// The comment is longer than `Answers.longestComment`.
        case tooLong
    }

    /// The question's key.
    public let question: String
    /// The mistake.
    public let kind: Kind
}

extension Answers {
    /// The longest comment that is taken, in Unicode scalars, as the database counts. Removing numbers may at most double it.
    public static let longestComment = 2000

    /// Reads a submitted form by the survey that showed it.
    ///
    /// Fields that belong to no question are ignored; a field sent twice is a mistake, since nobody can tell which was meant.
    ///
    /// - Parameter fields: The form's fields, decoded, in the order they were sent.
    /// - Returns: The answers and every mistake found, in the survey's order.
    public static func read(
        _ fields: [(name: String, value: String)], for survey: Survey
    ) -> (answers: Answers, problems: [AnswerProblem]) {
        var answers = Answers()
        var problems: [AnswerProblem] = []
        for question in survey.questions {
            let values = fields.filter { $0.name == question.key && !$0.value.isEmpty }.map(\.value)
            guard let value = values.first else {
                if question.required { problems.append(AnswerProblem(question: question.key, kind: .missing)) }
                continue
            }
            if values.count > 1 {
                problems.append(AnswerProblem(question: question.key, kind: .notOffered))
            } else if let kind = answers.take(value, for: question) {
                problems.append(AnswerProblem(question: question.key, kind: kind))
            }
        }
        return (answers, problems)
    }

    /// Stores one value, or says what is wrong with it.
    private mutating func take(_ value: String, for question: Question) -> AnswerProblem.Kind? {
        switch question.kind {
        case .nps, .csat, .ces:
            // Digits only: Int16("+9") is a number but no form sends it.
            guard value.utf8.allSatisfy({ (48...57).contains($0) }), let score = Int16(value),
                question.scores?.contains(Int(score)) == true
            else { return .notOffered }
            switch question.kind {
            case .nps: nps = score
            case .csat: csat = score
            default: ces = score
            }
        case .resolved:
            guard value == "yes" || value == "no" else { return .notOffered }
            resolved = value == "yes"
        case .choice:
            guard question.choices.contains(where: { $0.key == value }) else { return .notOffered }
            choices[question.key] = value
        case .comment:
            let text = cleanComment(value)
            if text.unicodeScalars.count > Self.longestComment { return .tooLong }
            if text.isEmpty { return question.required ? .missing : nil }
            comment = redactingLongNumbers(text)
        }
        return nil
    }
}
