import Feedback

/// The templates in use: those that ship, some of them replaced by the operator's own.
public struct MessageTemplates: Sendable, Equatable {
    private struct Place: Hashable {
        let channel: MessageChannel
        let language: Language
    }

    private var templates: [Place: MessageTemplate] = [:]

    /// Reads the templates that ship, for every channel in every language.
    ///
    /// - Throws: ``TemplateProblems`` if one is not right.
    public init() throws {
        for channel in MessageChannel.allCases {
            for language in Language.all {
                guard let source = Self.shipped["\(channel.rawValue)-\(language.code)"] else { continue }
                use(
                    try MessageTemplate(
                        channel: channel, language: language, source: String(decoding: source, as: UTF8.self)))
            }
        }
    }

    /// Puts a template in the place of the one for its channel and language.
    public mutating func use(_ template: MessageTemplate) {
        templates[Place(channel: template.channel, language: template.language)] = template
    }

    /// The template for a channel and a language, if there is one.
    public func template(for channel: MessageChannel, in language: Language) -> MessageTemplate? {
        templates[Place(channel: channel, language: language)]
    }

    /// The message about a model in its language, or nil if there is no template for it.
    public func text(for model: MessageModel, by channel: MessageChannel) -> MessageText? {
        template(for: channel, in: model.language)?.text(for: model)
    }

    private static let shipped = [
        "email-en": PackageResources.email_en_txt, "email-es": PackageResources.email_es_txt,
        "email-ar": PackageResources.email_ar_txt, "sms-en": PackageResources.sms_en_txt,
        "sms-es": PackageResources.sms_es_txt, "sms-ar": PackageResources.sms_ar_txt,
        "letter-en": PackageResources.letter_en_txt, "letter-es": PackageResources.letter_es_txt,
        "letter-ar": PackageResources.letter_ar_txt,
    ]
}
