/// The way a survey reaches its customer.
public enum SurveyChannel: String, Sendable, Codable, CaseIterable {
    /// The link is handed over by the operator; nothing is sent.
    case link
    case email
    case sms
    case letter
    /// The invitation is handed to the operator's own sender.
    case webhook
}
