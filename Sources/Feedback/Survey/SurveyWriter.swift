/// A survey as the text of a survey file, with one value a line: a mistake's line tells which value it is in.
public struct SurveyWriter: Sendable {
    /// The file's text.
    public private(set) var text = ""
    /// What stands in each line, such as `questions.2.text.en`; empty for what belongs to the whole survey.
    private var places: [String] = []

    /// Writes a survey, whether it may be published or not.
    public init(_ survey: Survey) {
        line("survey: \(quoted(survey.name))", "")
        line("languages: [\(survey.languages.joined(separator: ", "))]", "")
        write(survey.title, "title", in: survey.languages)
        write(survey.intro, "intro", in: survey.languages)
        write(survey.thanks, "thanks", in: survey.languages)
        line(survey.questions.isEmpty ? "questions: []" : "questions:", "")
        for (index, question) in survey.questions.enumerated() {
            write(question, "questions.\(index)", in: survey.languages)
        }
    }

    /// Where a line's value belongs.
    public func place(ofLine line: Int) -> String {
        places.indices.contains(line - 1) ? places[line - 1] : ""
    }

    private mutating func write(_ question: Question, _ place: String, in languages: [String]) {
        line("  - key: \(quoted(question.key))", place)
        line("    kind: \(question.kind.rawValue)", place)
        if question.required { line("    required: true", place) }
        if question.kind == .ces {
            line("    points: \(question.points)", place)
            line("    direction: \(question.lowerIsBetter ? "lower" : "higher")", place)
        }
        write(question.text, "text", in: languages, of: place, indent: "    ")
        if question.scores != nil {
            write(question.low, "low", in: languages, of: place, indent: "    ")
            write(question.high, "high", in: languages, of: place, indent: "    ")
        }
        if question.help.contains(where: { languages.contains($0.key) && !$0.value.isEmpty }) {
            write(question.help, "help", in: languages, of: place, indent: "    ")
        }
        guard question.kind == .choice else { return }
        line(question.choices.isEmpty ? "    choices: []" : "    choices:", place)
        for (index, option) in question.choices.enumerated() {
            line("      - key: \(quoted(option.key))", "\(place).choices.\(index)")
            write(option.label, "label", in: languages, of: "\(place).choices.\(index)", indent: "        ")
        }
    }

    private mutating func write(
        _ texts: Translations, _ key: String, in languages: [String], of place: String? = nil, indent: String = ""
    ) {
        let own = (place.map { "\($0)." } ?? "") + key
        line("\(indent)\(key):", own)
        for language in languages {
            line("\(indent)  \(language): \(quoted(texts[language] ?? ""))", "\(own).\(language)")
        }
    }

    private mutating func line(_ line: String, _ place: String) {
        text += line + "\n"
        places.append(place)
    }
}

/// A text between double quotes, on one line (YAML 1.1, section 9.1.2).
private func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"", "\\": quoted += "\\\(scalar)"
        case "\n": quoted += "\\n"
        case "\t": quoted += "\\t"
        case "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}": quoted += escaped(scalar)
        default:
            if scalar.properties.generalCategory == .control {
                quoted += escaped(scalar)
            } else {
                quoted.unicodeScalars.append(scalar)
            }
        }
    }
    return quoted + "\""
}

private func escaped(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
}
