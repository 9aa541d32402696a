import Feedback
import Store

extension Store {
    /// The templates in use: those that ship, and the operator's own in their place.
    ///
    /// - Throws: ``TemplateProblems`` if one that ships is not right. A published one that is not, after an upgrade that refuses
    ///   more than before, gives way to the one that ships.
    public func messageTemplates() async throws -> MessageTemplates {
        var templates = try MessageTemplates()
        for published in try await publishedTemplates() {
            guard let channel = MessageChannel(rawValue: published.channel),
                let language = Language.named(published.language),
                let source = published.source,
                let template = try? MessageTemplate(channel: channel, language: language, source: source)
            else { continue }
            templates.use(template)
        }
        return templates
    }
}
