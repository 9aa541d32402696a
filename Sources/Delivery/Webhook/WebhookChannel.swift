import Feedback
import Foundation
import Store

/// Hands invitations to the operator's own sender, signed by the Standard Webhooks specification.
public struct WebhookChannel: Sendable {
    private let url: String
    private let signature: WebhookSignature
    private let writer: MessageWriter
    private let backoff: Backoff
    private let timeout: Duration

    /// Creates the channel.
    ///
    /// - Throws: ``WebhookTargetRefusal`` for an address that may not be connected to.
    public init(
        url: String, signature: WebhookSignature, addressGuard: AddressGuard, writer: MessageWriter, backoff: Backoff,
        timeout: Duration
    ) throws {
        _ = try WebhookTarget(url, checkedBy: addressGuard)
        self.url = url
        self.signature = signature
        self.writer = writer
        self.backoff = backoff
        self.timeout = timeout
    }

    /// Hands one message over.
    public func send(_ step: SendingStep, over session: TransferSession) async -> SendingResult {
        let message = step.message
        let tokens = writer.tokens(message.invitation)
        let event = InvitationEvent(
            type: "invitation.created", timestamp: step.now,
            data: .init(
                message: message.idempotencyKey, reason: message.reason.rawValue,
                link: writer.surveyLink(tokens), ownPage: writer.ownPageLink(tokens),
                language: message.language, customer: message.customer, subject: message.subject,
                expiresAt: message.expiresAt))
        do {
            let encoder = JSONEncoder()
            encoder.dateEncodingStrategy = .iso8601
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let payload = Array(try encoder.encode(event))
            let headers = try signature.headers(id: message.idempotencyKey, time: step.now, payload: payload)
            let transfer = HTTPTransfer(
                url: url, method: .post(payload),
                headers: [HTTPHeader("Content-Type", "application/json")]
                    + headers.fields.map { HTTPHeader($0.name, $0.value) }, timeout: timeout)
            return result(of: try await session.request(transfer), step)
        } catch let error as TransferError {
            return step.result(of: error, backoff)
        } catch {
            return SendingResult(.refused(suspendsAddress: false), "cannot be written: \(error)")
        }
    }

    private func result(of reply: HTTPReply, _ step: SendingStep) -> SendingResult {
        switch reply.status {
        case 200..<300: SendingResult(.sent(providerReference: nil), "status \(reply.status)")
        // Gone: the receiver wants no more of these.
        case 410: SendingResult(.refused(suspendsAddress: false), "status 410")
        case 429, 503: step.rest(reply, backoff)
        default: SendingResult(.deferred(until: step.retryTime(backoff)), "status \(reply.status)")
        }
    }
}

/// What the operator's sender is told.
private struct InvitationEvent: Encodable {
    struct Contents: Encodable {
        let message: String
        let reason: String
        let link: String
        let ownPage: String
        let language: String
        let customer: String
        let subject: String?
        let expiresAt: Date

        enum CodingKeys: String, CodingKey {
            case message, reason, link, language, customer, subject
            case ownPage = "own_page"
            case expiresAt = "expires_at"
        }
    }

    let type: String
    let timestamp: Date
    let data: Contents
}
