/// Lays out e-mails.
public struct EmailComposer: Sendable {
    private let layout: EmailLayoutTemplate

    /// Prepares the layout.
    ///
    /// - Throws: Mustache's parser error.
    public init() throws {
        layout = try EmailLayoutTemplate()
    }

    /// What an e-mail that says this shows.
    public func content(of text: MessageText) -> EmailContent {
        EmailContent(
            language: text.language, subject: text.subject, plain: "\(text.organisation)\n\n\(text.plainText)\n",
            html: layout.html(of: text))
    }
}
