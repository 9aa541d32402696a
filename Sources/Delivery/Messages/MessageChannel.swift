/// How a message reaches a customer.
public enum MessageChannel: String, Sendable, Codable, CaseIterable {
    /// An e-mail, as plain text and as HTML.
    case email
    /// A text message.
    case sms
    /// A letter on paper.
    case letter
}
