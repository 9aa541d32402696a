/// A template's lines, taken apart into words, tags and the sections they stand in.
///
/// It reads the part of Mustache that messages need: `{{tag}}`, `{{#section}}`, `{{^section}}` and `{{/section}}`.
/// A line with nothing but section tags leaves no line behind, as in Mustache.
struct TemplateSource {
    private struct Condition {
        let section: TemplateSection
        let isInverted: Bool
        let line: Int
    }

    private struct Line {
        let number: Int
        var pieces: [(piece: TemplatePiece, conditions: [Condition])] = []
        var hasSectionTag = false

        var isBlank: Bool { pieces.allSatisfy(\.piece.isBlank) }
    }

    private let channel: MessageChannel
    private var lines: [Line] = []
    private var open: [Condition] = []

    /// Takes a template apart.
    init(_ source: String, channel: MessageChannel, problems: inout TemplateProblems) {
        self.channel = channel
        for (index, text) in source.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = line(text, number: index + 1, problems: &problems)
            if !line.hasSectionTag || !line.isBlank { lines.append(line) }
        }
        for condition in open {
            problems.report("the section \(condition.section.rawValue) is not closed", line: condition.line)
        }
    }

    /// The lines that one way of filling the template shows.
    func lines(in variant: TemplateVariant) -> [TemplateLine] {
        lines.compactMap { line in
            let pieces = line.pieces.filter { _, conditions in
                conditions.allSatisfy { variant.holds($0.section) != $0.isInverted }
            }
            let shown = TemplateLine(number: line.number, pieces: pieces.map(\.piece))
            // A line whose words are all hidden does not part the paragraph that it stands in.
            return pieces.isEmpty || (shown.isBlank && !line.isBlank) ? nil : shown
        }
    }

    private mutating func line(_ text: Substring, number: Int, problems: inout TemplateProblems) -> Line {
        var line = Line(number: number)
        var rest = text
        while let start = rest.firstRange(of: "{{") {
            guard let end = rest[start.upperBound...].firstRange(of: "}}") else {
                problems.report("a tag is not closed: }} is missing", line: number)
                break
            }
            line.pieces.append((.words(String(rest[..<start.lowerBound])), open))
            read(rest[start.upperBound..<end.lowerBound], in: &line, problems: &problems)
            rest = rest[end.upperBound...]
        }
        line.pieces.append((.words(String(rest)), open))
        return line
    }

    private mutating func read(_ tag: Substring, in line: inout Line, problems: inout TemplateProblems) {
        switch tag.first {
        case "#", "^":
            line.hasSectionTag = true
            guard let section = TemplateSection(rawValue: tag.dropFirst().trimmed) else {
                let known = TemplateSection.allCases.map(\.rawValue).joined(separator: ", ")
                problems.report("there is no section {{\(tag)}}; known are \(known)", line: line.number)
                return
            }
            open.append(Condition(section: section, isInverted: tag.first == "^", line: line.number))
        case "/":
            line.hasSectionTag = true
            guard open.last?.section.rawValue == tag.dropFirst().trimmed else {
                problems.report("{{\(tag)}} closes a section that is not open there", line: line.number)
                return
            }
            open.removeLast()
        default:
            guard let known = TemplateTag.known(on: channel).first(where: { $0.rawValue == tag.trimmed }) else {
                let known = TemplateTag.known(on: channel).map(\.rawValue).joined(separator: ", ")
                problems.report("there is no tag {{\(tag)}} here; known are \(known)", line: line.number)
                return
            }
            line.pieces.append((.tag(known), open))
        }
    }
}

/// A piece of a template's line.
enum TemplatePiece: Equatable {
    case words(String)
    case tag(TemplateTag)

    var isBlank: Bool {
        if case .words(let text) = self { text.allSatisfy(\.isWhitespace) } else { false }
    }
}

/// A line of a template, as one way of filling it shows it.
struct TemplateLine {
    let number: Int
    let pieces: [TemplatePiece]

    var isBlank: Bool { pieces.allSatisfy(\.isBlank) }
}

extension Substring {
    /// The text without the white space around it.
    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
