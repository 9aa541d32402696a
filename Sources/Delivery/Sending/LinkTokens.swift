import Feedback

/// The two tokens in the links of one customer's message.
struct LinkTokens: Sendable {
    /// Opens the survey.
    let survey: String
    /// Opens the customer's own page.
    let ownPage: String

    init(of invitation: Int64, keys: LinkKeys) {
        survey = keys.token(for: invitation)
        ownPage = keys.ownPageToken(for: invitation)
    }

    private init(survey: String, ownPage: String) {
        self.survey = survey
        self.ownPage = ownPage
    }

    /// Two words of random letters, which stand where tokens will; nobody can have written them into a text.
    static func places(using generator: inout some RandomNumberGenerator) -> LinkTokens {
        func word() -> String {
            String((0..<24).compactMap { _ in "abcdefghijklmnopqrstuvwxyz".randomElement(using: &generator) })
        }
        return LinkTokens(survey: word(), ownPage: word())
    }
}
