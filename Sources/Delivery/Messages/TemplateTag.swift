/// A value that a message template can name between braces.
enum TemplateTag: String, CaseIterable {
    /// The organisation's name.
    case organisation
    /// The first question.
    case question
    /// The scores, each with its link; a paragraph of its own in an e-mail.
    case scores
    /// The lowest score.
    case lowest
    /// The highest score.
    case highest
    /// What the lowest score means.
    case low
    /// What the highest score means.
    case high
    /// The survey's address.
    case link
    /// How to stop: in a text message the word to reply with, elsewhere the address of the customer's own page.
    case stop
    /// The address of the customer's own page.
    case ownPage
    /// When the link expires.
    case expires

    /// The tags that templates of a channel know.
    static func known(on channel: MessageChannel) -> [TemplateTag] {
        channel == .email ? allCases : allCases.filter { $0 != .scores }
    }

    /// Whether it has a value only if the first question has a scale.
    var needsScale: Bool {
        switch self {
        case .lowest, .highest, .low, .high: true
        // Without a scale this paragraph is left out by itself.
        case .scores: false
        case .organisation, .question, .link, .stop, .ownPage, .expires: false
        }
    }

    /// Whether it stands for an address on a channel.
    func isAddress(on channel: MessageChannel) -> Bool {
        switch self {
        case .link, .ownPage: true
        case .stop: channel != .sms
        case .organisation, .question, .scores, .lowest, .highest, .low, .high, .expires: false
        }
    }

    /// What stands in its place in a message.
    func value(in model: MessageModel, on channel: MessageChannel) -> String {
        switch self {
        case .organisation: isolated(model.organisation, in: model.language)
        case .question: model.question
        case .scores: ""
        case .lowest: model.scores.first.map { String($0.score) } ?? ""
        case .highest: model.scores.last.map { String($0.score) } ?? ""
        case .low: model.low
        case .high: model.high
        case .link: model.link
        case .stop: channel == .sms ? "STOP" : model.ownPage
        case .ownPage: model.ownPage
        case .expires: isolated(model.expires, in: model.language)
        }
    }
}

extension MessageTemplate {
    /// The names that templates of a channel may put between braces.
    public static func tags(on channel: MessageChannel) -> [String] { TemplateTag.known(on: channel).map(\.rawValue) }
}

/// What a part of a template can depend on: `{{#reminder}}…{{/reminder}}`, or `{{^reminder}}` for its absence.
enum TemplateSection: String, CaseIterable {
    /// The customer was asked before.
    case reminder
    /// The first question has scores.
    case scale
}

/// One of the ways a template can be filled: its sections, each shown or not.
struct TemplateVariant: Hashable, CustomStringConvertible {
    let isReminder: Bool
    let hasScale: Bool

    static let all = [false, true].flatMap { isReminder in
        [true, false].map { TemplateVariant(isReminder: isReminder, hasScale: $0) }
    }

    func holds(_ section: TemplateSection) -> Bool {
        switch section {
        case .reminder: isReminder
        case .scale: hasScale
        }
    }

    var description: String {
        (isReminder ? "a reminder" : "a first message") + (hasScale ? "" : " without a scale")
    }
}
