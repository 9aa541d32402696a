/// What one way of filling a template shows: its head lines, its paragraphs and its small print.
struct TemplateLayout {
    private(set) var head: [HeadLine: TemplateParagraph] = [:]
    private(set) var body: [TemplateParagraph] = []
    private(set) var footer: [TemplateParagraph] = []

    /// A line of the head: `Subject: …`.
    enum HeadLine: String {
        case subject = "Subject"
        case preheader = "Preheader"
        case heading = "Heading"

        /// The lines that a template of a channel begins with.
        static func expected(on channel: MessageChannel) -> [HeadLine] {
            switch channel {
            case .email: [.subject, .preheader]
            case .sms: []
            case .letter: [.heading]
            }
        }
    }

    /// Sorts lines into head, body and footer.
    init(_ lines: [TemplateLine], channel: MessageChannel, problems: inout TemplateProblems) {
        var rest = lines.drop(while: \.isBlank)
        let expected = HeadLine.expected(on: channel)
        let names = expected.map { "\($0.rawValue):" }.joined(separator: " and ")
        while !expected.isEmpty, let line = rest.first, !line.isBlank {
            rest = rest.dropFirst()
            guard let (name, value) = line.headLine(among: expected) else {
                problems.report("a head line begins with \(names); the text follows an empty line", line: line.number)
                continue
            }
            if head[name] != nil { problems.report("\(name.rawValue): is given twice", line: line.number) }
            head[name] = TemplateParagraph([value])
        }
        for name in expected where head[name] == nil {
            problems.report("the head line \(name.rawValue): is missing", line: lines.first?.number ?? 1)
        }
        let paragraphs = rest.split(whereSeparator: \.isBlank).map { TemplateParagraph(Array($0)) }
        // The mark that sets off a signature (RFC 3676, section 4.3).
        let parts = paragraphs.split(maxSplits: 1, omittingEmptySubsequences: false) { $0.pieces == [.words("--")] }
        body = Array(parts[0])
        footer = parts.count > 1 ? Array(parts[1]) : []
    }

    /// The tags that stand below the head.
    var tags: Set<TemplateTag> {
        Set((body + footer).flatMap(\.tags))
    }
}

extension TemplateLine {
    /// The line's name among those expected, and what follows its colon.
    fileprivate func headLine(
        among expected: [TemplateLayout.HeadLine]
    ) -> (TemplateLayout.HeadLine, TemplateLine)? {
        guard let index = pieces.firstIndex(where: { !$0.isBlank }), case .words(let text) = pieces[index],
            let colon = text.firstIndex(of: ":"),
            let name = expected.first(where: { $0.rawValue == text[..<colon].trimmed })
        else { return nil }
        let value = TemplatePiece.words(String(text[text.index(after: colon)...]))
        return (name, TemplateLine(number: number, pieces: [value] + pieces[(index + 1)...]))
    }
}
