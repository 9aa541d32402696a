import Feedback
import Foundation
import Store

/// Writes what a claimed message says, from its survey and the templates.
public struct MessageWriter: Sendable {
    /// What all links begin with, such as https://feedback.example.com, without a slash at the end.
    public let base: String
    private let keys: LinkKeys
    private let templates: TemplatesInUse

    /// Creates a writer.
    public init(base: String, keys: LinkKeys, templates: TemplatesInUse) {
        self.base = base
        self.keys = keys
        self.templates = templates
    }

    /// The tokens of an invitation's links.
    func tokens(_ invitation: Int64) -> LinkTokens { LinkTokens(of: invitation, keys: keys) }

    /// The address of a survey.
    func surveyLink(_ tokens: LinkTokens) -> String { "\(base)/s/\(tokens.survey)" }

    /// The address of the page where a customer chooses how to be asked, and stops messages.
    func ownPageLink(_ tokens: LinkTokens) -> String { "\(base)/c/\(tokens.ownPage)" }

    /// Changes with the templates in use.
    var templatesRevision: Int { templates.revision }

    /// The message in its customer's language, laid out for a channel.
    ///
    /// - Throws: ``MessageModelProblem``, ``MissingTemplate``.
    func text(of step: SendingStep, by channel: MessageChannel, tokens: LinkTokens) throws -> MessageText {
        let (message, survey, organisation) = (step.message, step.survey, step.organisation)
        let language = Language.named(survey.language(for: message.language)) ?? Language.all[0]
        let link = surveyLink(tokens)
        let question = survey.questions.first
        let scores = question?.scores.map { scores in
            scores.map { ScoreLink(score: $0, address: "\(link)?\(question?.key ?? "")=\($0)") }
        }
        let model = try MessageModel(
            organisation: organisation.name, language: language, isReminder: message.reason == .reminder,
            question: question?.text[language.code] ?? "", low: question?.low[language.code] ?? "",
            high: question?.high[language.code] ?? "", scores: scores ?? [], link: link,
            ownPage: ownPageLink(tokens), expires: longDay(message.expiresAt, in: language, organisation))
        guard let text = templates.text(for: model, by: channel) else {
            throw MissingTemplate(channel: channel, language: language.code)
        }
        return text
    }
}

/// The day as people write it in a language, in the organisation's zone.
func longDay(_ date: Date, in language: Language, _ organisation: Organisation) -> String {
    var style = Date.FormatStyle(date: .long, time: .omitted, locale: Locale(identifier: language.code))
    style.timeZone = TimeZone(identifier: organisation.timeZone) ?? .gmt
    return date.formatted(style)
}

/// There is no template for a channel in a language.
public struct MissingTemplate: Error, CustomStringConvertible {
    let channel: MessageChannel
    let language: String

    /// One sentence.
    public var description: String { "there is no template for \(channel.rawValue) in \(language)" }
}
