import Feedback
import Foundation
import Store

/// Sends invitations by e-mail.
public struct EmailChannel: Sendable {
    private let server: MailServer
    private let senderAddress: EmailAddress
    private let unsubscribeMailbox: String
    private let writer: MessageWriter
    private let forms: EmailForms
    private let backoff: Backoff

    /// Creates the channel.
    ///
    /// - Parameter unsubscribeMailbox: Where a mail program may unsubscribe by mail; nil for the sender's address.
    public init(
        server: MailServer, sender: EmailAddress, unsubscribeMailbox: EmailAddress?, writer: MessageWriter,
        backoff: Backoff
    ) throws {
        self.server = server
        senderAddress = sender
        self.unsubscribeMailbox = "mailto:\((unsubscribeMailbox ?? sender).text)?subject=unsubscribe%20"
        self.writer = writer
        forms = try EmailForms(writer: writer, senderAddress: sender)
        self.backoff = backoff
    }

    /// Sends one message over a session that keeps its connection.
    public func send(_ step: SendingStep, over session: TransferSession) async -> SendingResult {
        let mail: MailTransfer
        do {
            mail = try compose(step)
        } catch {
            // Nothing about the message will get better by itself; it is to be seen among the dead.
            return SendingResult(.refused(suspendsAddress: false), "cannot be written: \(error)")
        }
        do {
            let acceptance = try await session.send(mail, through: server)
            return SendingResult(.sent(providerReference: step.message.idempotencyKey), "\(acceptance.code) accepted")
        } catch .refused(let refusal) where refusal.consequence == .giveUp {
            let isUnknown =
                refusal.stage == .recipient && (refusal.enhancedCode?.hasPrefix("5.1.") ?? (refusal.code == 550))
            return SendingResult(.refused(suspendsAddress: isUnknown), "\(TransferError.refused(refusal))")
        } catch {
            return step.result(of: error, backoff)
        }
    }

    private func compose(_ step: SendingStep) throws -> MailTransfer {
        let message = step.message
        guard let recipient = message.address.flatMap(EmailAddress.init) else {
            throw TransferError.invalid(.recipient)
        }
        let (form, sender) = try forms.form(for: step)
        let tokens = writer.tokens(message.invitation)
        let host = senderAddress.text.split(separator: "@").last.map(String.init) ?? "localhost"
        let email = try EmailMessage(
            form.content(with: tokens), from: sender, to: recipient,
            unsubscribe: try ListUnsubscribe(
                web: writer.ownPageLink(tokens), mail: unsubscribeMailbox + tokens.ownPage),
            messageID: "\(message.idempotencyKey)@\(host)", date: step.now)
        return MailTransfer(
            sender: senderAddress.text, recipient: recipient.text, message: try email.bytes())
    }
}
