import Feedback

/// What an e-mail shows, the same twice: as plain text and as HTML.
public struct EmailContent: Sendable, Equatable {
    /// The language it is written in.
    public let language: Language
    /// The subject.
    public let subject: String
    /// The plain-text part.
    public let plain: String
    /// The HTML part, one whole document.
    public let html: String
}
