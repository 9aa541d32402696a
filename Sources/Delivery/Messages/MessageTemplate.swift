import Feedback

/// What a message says, for one channel in one language: plain words, and tags for what differs between customers.
///
/// An e-mail begins with `Subject:` and `Preheader:`, a letter with `Heading:`, then an empty line. Paragraphs have
/// empty lines between them; `--` alone begins the small print. `{{question}}` and `{{scores}}` alone are set apart,
/// and a paragraph that ends with a colon and an address, such as `Answer on our page: {{link}}`, becomes a button or
/// a link.
public struct MessageTemplate: Sendable {
    /// The channel it is written for.
    public let channel: MessageChannel
    /// The language it is written in.
    public let language: Language
    /// The template as its author wrote it.
    public let source: String

    private let layouts: [TemplateVariant: TemplateLayout]

    /// Reads a template and checks every way in which it can be filled.
    ///
    /// - Throws: ``TemplateProblems`` with everything that is wrong, in line order.
    public init(channel: MessageChannel, language: Language, source: String) throws {
        var problems = TemplateProblems()
        checkWords(of: source, problems: &problems)
        let read = TemplateSource(source, channel: channel, problems: &problems)
        var layouts: [TemplateVariant: TemplateLayout] = [:]
        for variant in TemplateVariant.all {
            let lines = read.lines(in: variant)
            let layout = TemplateLayout(lines, channel: channel, problems: &problems)
            check(lines, in: variant, channel: channel, problems: &problems)
            check(layout, in: variant, channel: channel, problems: &problems)
            layouts[variant] = layout
        }
        checkTags(of: layouts, channel: channel, problems: &problems)
        try problems.finish()
        self.channel = channel
        self.language = language
        self.source = source
        self.layouts = layouts
    }

    /// Fills the template.
    ///
    /// - Parameter model: What the message is about, in the template's language.
    public func text(for model: MessageModel) -> MessageText {
        let variant = TemplateVariant(isReminder: model.isReminder, hasScale: !model.scores.isEmpty)
        let layout = layouts[variant]
        func line(_ name: TemplateLayout.HeadLine) -> String? {
            layout?.head[name]?.filled { $0.value(in: model, on: channel) }
        }
        return MessageText(
            language: language,
            organisation: model.organisation,
            subject: line(.subject) ?? line(.heading) ?? "",
            preheader: line(.preheader) ?? "",
            blocks: layout?.body.compactMap { block(of: $0, for: model) } ?? [],
            footer: layout?.footer.compactMap { block(of: $0, for: model) } ?? [])
    }

    private func block(of paragraph: TemplateParagraph, for model: MessageModel) -> MessageBlock? {
        switch paragraph.pieces {
        case [.tag(.scores)]:
            return model.scores.isEmpty ? nil : .scores(model.scores, low: model.low, high: model.high)
        case [.tag(.question)] where channel != .sms:
            return .question(model.question)
        default:
            let pieces = paragraph.pieces.map { piece(of: $0, for: model) }
            return action(of: pieces) ?? .paragraph(pieces)
        }
    }

    private func piece(of piece: TemplatePiece, for model: MessageModel) -> MessagePiece {
        switch piece {
        case .words(let text): .words(text)
        case .tag(let tag) where tag.isAddress(on: channel): .address(tag.value(in: model, on: channel))
        case .tag(let tag): .words(tag.value(in: model, on: channel))
        }
    }

    /// Words, a colon and one address at the end are a thing to do, except in a text message, which is one line.
    private func action(of pieces: [MessagePiece]) -> MessageBlock? {
        guard channel != .sms, case .address(let address) = pieces.last else { return nil }
        var words = ""
        for piece in pieces.dropLast() {
            guard case .words(let text) = piece else { return nil }
            words += text
        }
        let name = words[...].trimmed
        guard name.count > 1, name.hasSuffix(":") else { return nil }
        return .action(words: name.dropLast().trimmed, address: address)
    }
}

extension MessageTemplate: Equatable {
    /// Everything else follows from the source.
    public static func == (one: MessageTemplate, other: MessageTemplate) -> Bool {
        one.channel == other.channel && one.language == other.language && one.source == other.source
    }
}
