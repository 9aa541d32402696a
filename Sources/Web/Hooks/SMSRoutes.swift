import Delivery
import Feedback
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// What the server needs to know of the gateway that texts come from.
public struct SMSHooks: Sendable {
    let signature: TwilioSignature
    let base: String
    let keys: LinkKeys

    /// Creates the settings.
    ///
    /// - Parameters:
    ///   - signature: Proves that a request comes from the gateway.
    ///   - base: The public address that the gateway calls, without a path.
    public init(signature: TwilioSignature, base: String, keys: LinkKeys) {
        self.signature = signature
        self.base = base
        self.keys = keys
    }
}

/// What a gateway for texts reports: what customers send back, and what became of what was sent.
struct SMSRoutes: Sendable {
    let hooks: SMSHooks?
    let store: Store
    let pages: RenderedPages
    let now: @Sendable () -> Date

    /// A text from a customer: a digit answers the first question, STOP words opt out, HELP explains.
    @Sendable func receive(_ request: Request, context: AppContext) async throws -> Response {
        let (form, hooks) = try await provenForm(request, at: "/hooks/sms")
        guard let from = form["From"], let body = form["Body"] else { throw HTTPError(.badRequest) }
        let reply = SMSReply(body)
        // Who wants no texts has not asked for more of them.
        if reply != .optOut { try await store.noteText(from: from, now: now()) }
        switch reply {
        case .optOut:
            try await store.optOut(phone: from, source: "text message", now: now())
            let language = try await store.textedInvitation(to: from, now: now())?.language
            return twiml(SMSWords.of(language).stopped)
        case .optIn:
            try await store.optIn(phone: from, now: now())
            let language = try await store.textedInvitation(to: from, now: now())?.language
            return twiml(SMSWords.of(language).started)
        case .help:
            let invitation = try await store.textedInvitation(to: from, now: now())
            let organisation = try await store.organisation().name
            return twiml(SMSWords.of(invitation?.language).help.replacing("{organisation}", with: organisation))
        case .score(let score):
            return try await keep(score, from: from, hooks)
        case .other:
            guard let invitation = try await store.textedInvitation(to: from, now: now()) else { return twiml(nil) }
            return twiml(SMSWords.of(invitation.language).open + " " + link(invitation, hooks))
        }
    }

    /// What became of a text that was sent.
    @Sendable func report(_ request: Request, context: AppContext) async throws -> Response {
        let (form, _) = try await provenForm(request, at: "/hooks/sms/status")
        guard let sid = form["MessageSid"], let status = form["MessageStatus"] else { throw HTTPError(.badRequest) }
        let report: DeliveryReport? =
            switch status {
            case "delivered": .delivered
            case "failed", "undelivered":
                .failed(
                    detail: "\(status), code \(form["ErrorCode"] ?? "unknown")",
                    suspendsAddress: form["ErrorCode"].map(lostNumberCodes.contains) ?? false)
            default: nil
            }
        if let report { _ = try await store.note(report, ofProviderReference: sid, now: now()) }
        return Response(status: .noContent)
    }

    private func keep(_ score: Int, from: String, _ hooks: SMSHooks) async throws -> Response {
        guard let invitation = try await store.textedInvitation(to: from, now: now()) else { return twiml(nil) }
        let words = SMSWords.of(invitation.language)
        let question = pages.knownVersion(invitation.surveyVersion)?.survey.questions.first
        guard let question, question.scores?.contains(score) == true else {
            return twiml(words.open + " " + link(invitation, hooks))
        }
        try await store.keepTextedScore(score, invitation: invitation.id, now: now())
        return twiml(words.kept + " " + link(invitation, hooks) + "?\(question.key)=\(score)")
    }

    private func link(_ invitation: TextedInvitation, _ hooks: SMSHooks) -> String {
        "\(hooks.base)/s/\(hooks.keys.token(for: invitation.id))"
    }

    /// The fields of a form that the gateway has signed.
    private func provenForm(_ request: Request, at path: String) async throws -> (FormFields, SMSHooks) {
        guard let hooks else { throw HTTPError(.notFound) }
        let body = try await request.body.collect(upTo: 64 * 1024)
        guard let form = FormFields(Array(buffer: body)) else { throw HTTPError(.badRequest) }
        guard let name = HTTPField.Name("X-Twilio-Signature"), let given = request.headers[name],
            hooks.signature.proves(given, address: hooks.base + path, form: form.all)
        else { throw HTTPError(.forbidden) }
        return (form, hooks)
    }

    private func twiml(_ message: String?) -> Response {
        let text = message.map { "<Message>\(escapedXML($0))</Message>" } ?? ""
        return Response(
            status: .ok, headers: [.contentType: "text/xml; charset=utf-8", .cacheControl: "no-store"],
            body: .init(
                byteBuffer: ByteBuffer(string: "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>\(text)</Response>")
            ))
    }
}

/// Twilio's codes for a number that is gone, or that takes no texts.
private let lostNumberCodes: Set = ["30003", "30005", "30006"]

private func escapedXML(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
}
