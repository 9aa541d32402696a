/// Lines that are read as one paragraph.
struct TemplateParagraph {
    /// The number of its first line.
    let line: Int
    /// Words and tags in turn, with white space as single spaces and none around them.
    let pieces: [TemplatePiece]

    init(_ lines: [TemplateLine]) {
        line = lines.first?.number ?? 1
        var words = ""
        var pieces: [TemplatePiece] = []
        for piece in lines.map(\.pieces).joined(separator: [.words(" ")]) {
            switch piece {
            case .words(let text):
                words += text
            case .tag:
                pieces += [.words(words), piece]
                words = ""
            }
        }
        pieces.append(.words(words))
        let last = pieces.count - 1
        self.pieces = pieces.enumerated().compactMap { index, piece in
            guard case .words(let text) = piece else { return piece }
            let line = oneLine(text)
            let before = index > 0 && text.first?.isWhitespace == true ? " " : ""
            let after = index < last && !line.isEmpty && text.last?.isWhitespace == true ? " " : ""
            let kept = before + line + after
            return kept.isEmpty || (index == last && line.isEmpty) ? nil : .words(kept)
        }
    }

    /// The tags in it.
    var tags: [TemplateTag] {
        pieces.compactMap { if case .tag(let tag) = $0 { tag } else { nil } }
    }

    /// The paragraph as text.
    func filled(_ value: (TemplateTag) -> String) -> String {
        pieces.map { piece in
            switch piece {
            case .words(let text): text
            case .tag(let tag): value(tag)
            }
        }.joined()
    }
}
