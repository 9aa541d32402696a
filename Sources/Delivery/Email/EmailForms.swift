import Foundation
import Store
import Synchronization

/// The forms of the e-mails that are sent these days, and who sends them.
final class EmailForms: Sendable {
    /// What an e-mail's words depend on, besides its customer's tokens.
    private struct Key: Hashable {
        let templates: Int
        let survey: Int32
        let language: String
        let reason: ClaimedMessage.Reason
        let organisation: String
        let timeZone: String
        /// Quarter hours since 1970: a local day begins with one in every zone.
        let expiry: Int
    }

    private let writer: MessageWriter
    private let composer: EmailComposer
    private let senderAddress: EmailAddress
    private let forms = Mutex<[Key: (EmailForm, EmailSender)]>([:])

    init(writer: MessageWriter, senderAddress: EmailAddress) throws {
        self.senderAddress = senderAddress
        self.writer = writer
        composer = try EmailComposer()
    }

    /// The form for a message; laid out if it is not known yet.
    func form(for step: SendingStep) throws -> (EmailForm, EmailSender) {
        let message = step.message
        let key = Key(
            templates: writer.templatesRevision, survey: message.surveyVersion, language: message.language,
            reason: message.reason, organisation: step.organisation.name, timeZone: step.organisation.timeZone,
            expiry: Int((message.expiresAt.timeIntervalSince1970 / 900).rounded(.down)))
        if let known = forms.withLock({ $0[key] }) { return known }
        var generator = SystemRandomNumberGenerator()
        let places = LinkTokens.places(using: &generator)
        let text = try writer.text(of: step, by: .email, tokens: places)
        let form = EmailForm(composer.content(of: text), places: places)
        let sender = try EmailSender(name: step.organisation.name, address: senderAddress)
        forms.withLock { forms in
            // Some 25 kB each; what was sent yesterday is not needed again.
            if forms.count >= 400 { forms.removeAll() }
            forms[key] = (form, sender)
        }
        return (form, sender)
    }
}
