import ArgumentParser
import Delivery
import Feedback
import Foundation
import Logging
import Store
import Web

/// How messages are sent, from the environment, read once: secrets also from files, named by a variable that ends in _FILE.
struct DeliveryOptions {
    /// What all links begin with.
    let base: String
    private let environment: [String: String]
    private let keys: LinkKeys
    /// What messages say; to be reloaded now and then.
    let templates: TemplatesInUse
    private let backoff: Backoff
    private let timeout: Duration
    private let lease: TimeInterval
    private let addressGuard: AddressGuard

    /// Reads the settings.
    ///
    /// - Parameter base: What links begin with; nil for what HEARBACK_BASE says.
    init(environment: [String: String], base: String?, keys: LinkKeys) throws {
        self.environment = environment.filter { !$0.value.isEmpty }
        self.keys = keys
        let wanted = base ?? self.environment["HEARBACK_BASE"] ?? ""
        self.base = wanted.hasSuffix("/") ? String(wanted.dropLast()) : wanted
        templates = try TemplatesInUse()
        let seconds = self.environment
        guard
            let backoff = Backoff(
                base: .seconds(try Self.number("HEARBACK_RETRY_BASE", 15, seconds)),
                cap: .seconds(try Self.number("HEARBACK_RETRY_CAP", 900, seconds)))
        else { throw ValidationError("HEARBACK_RETRY_BASE must be more than 0 and at most HEARBACK_RETRY_CAP") }
        self.backoff = backoff
        timeout = .seconds(try Self.number("HEARBACK_SEND_TIMEOUT", 60, seconds))
        lease = try Self.number("HEARBACK_LEASE", 300, seconds)
        guard .seconds(lease) > timeout else {
            throw ValidationError(
                "HEARBACK_LEASE must be more than HEARBACK_SEND_TIMEOUT, or slow messages are sent twice")
        }
        let networks = try (self.environment["HEARBACK_ALLOWED_NETWORKS"] ?? "").split(separator: ",").map { text in
            guard let network = try? IPNetwork(String(text)) else {
                throw ValidationError("HEARBACK_ALLOWED_NETWORKS has \"\(text)\"; write networks like 10.1.2.0/24")
            }
            return network
        }
        addressGuard = AddressGuard(allowing: networks)
    }

    /// Writes what messages say.
    var writer: MessageWriter { MessageWriter(base: base, keys: keys, templates: templates) }

    /// Writes to those who look after follow-ups; nil if nobody is named.
    func alerts() throws -> StaffMail? {
        guard let text = environment["HEARBACK_ALERTS_TO"] else { return nil }
        let readers = try text.split(separator: ",").map { part in
            guard let address = EmailAddress(part.trimmingCharacters(in: .whitespaces)) else {
                throw ValidationError(
                    "HEARBACK_ALERTS_TO has \"\(part)\"; write e-mail addresses with commas between them")
            }
            return address
        }
        guard let (server, sender) = try mailAccount() else {
            throw ValidationError("HEARBACK_ALERTS_TO needs HEARBACK_SMTP and HEARBACK_MAIL_FROM to send by")
        }
        return StaffMail(over: mailSession(), through: server, from: sender, to: readers)
    }

    /// What the server has to know of the gateway for texts.
    func smsHooks() throws -> SMSHooks? {
        guard let signature = try environment.secret("HEARBACK_SMS_TOKEN").flatMap(TwilioSignature.init) else {
            return nil
        }
        return SMSHooks(signature: signature, base: base, keys: keys)
    }

    /// One worker for each channel that is set up.
    func workers(store: Store, logger: Logger) throws -> [OutboxWorker] {
        try [emailWorker(store, logger), smsWorker(store, logger), webhookWorker(store, logger)].compactMap { $0 }
    }

    /// The server that mail goes out by, and the address it comes from.
    private func mailAccount() throws -> (MailServer, EmailAddress)? {
        guard let text = environment["HEARBACK_SMTP"] else { return nil }
        var server = try mailServer(text)
        server.timeout = timeout
        server.connectTimeout = min(timeout, .seconds(20))
        guard let sender = environment["HEARBACK_MAIL_FROM"].flatMap(EmailAddress.init) else {
            throw ValidationError(
                "HEARBACK_MAIL_FROM must be the address that e-mails come from, such as care@example.com")
        }
        return (server, sender)
    }

    private func emailWorker(_ store: Store, _ logger: Logger) throws -> OutboxWorker? {
        guard let (server, sender) = try mailAccount() else { return nil }
        let mailbox = environment["HEARBACK_MAIL_UNSUBSCRIBE"].flatMap(EmailAddress.init)
        let channel = try EmailChannel(
            server: server, sender: sender, unsubscribeMailbox: mailbox, writer: writer, backoff: backoff)
        return try worker(.email, "HEARBACK_MAIL_RATE", lanes: 4, store, logger) {
            mailSession()
        } send: {
            await channel.send($0, over: $1)
        }
    }

    private func smsWorker(_ store: Store, _ logger: Logger) throws -> OutboxWorker? {
        guard let gateway = environment["HEARBACK_SMS"] else { return nil }
        guard let account = environment["HEARBACK_SMS_ACCOUNT"],
            let token = try environment.secret("HEARBACK_SMS_TOKEN"),
            let sender = environment["HEARBACK_SMS_FROM"]
        else {
            throw ValidationError("HEARBACK_SMS needs HEARBACK_SMS_ACCOUNT, HEARBACK_SMS_TOKEN and HEARBACK_SMS_FROM")
        }
        _ = try target(gateway, "HEARBACK_SMS")
        let channel = SMSGateway(
            base: gateway.hasSuffix("/") ? String(gateway.dropLast()) : gateway, account: account, token: token,
            sender: sender, writer: writer, backoff: backoff, timeout: timeout)
        return try worker(.sms, "HEARBACK_SMS_RATE", standard: 10, lanes: 2, store, logger) {
            guardedSession()
        } send: {
            await channel.send($0, over: $1)
        }
    }

    private func webhookWorker(_ store: Store, _ logger: Logger) throws -> OutboxWorker? {
        guard let url = environment["HEARBACK_WEBHOOK"] else { return nil }
        guard let secret = try environment.secret("HEARBACK_WEBHOOK_SECRET") else {
            throw ValidationError("HEARBACK_WEBHOOK needs HEARBACK_WEBHOOK_SECRET, which begins with whsec_")
        }
        let signature = WebhookSignature(secret: try WebhookSecret(secret))
        let channel: WebhookChannel
        do {
            channel = try WebhookChannel(
                url: url, signature: signature, addressGuard: addressGuard, writer: writer, backoff: backoff,
                timeout: timeout)
        } catch {
            throw ValidationError(
                "HEARBACK_WEBHOOK is refused (\(error)); see HEARBACK_ALLOWED_NETWORKS for addresses of your own")
        }
        return try worker(.webhook, "HEARBACK_WEBHOOK_RATE", lanes: 2, store, logger) {
            guardedSession()
        } send: {
            await channel.send($0, over: $1)
        }
    }

    private func worker(
        _ channel: SurveyChannel, _ rateName: String, standard: Double? = nil, lanes: Int, _ store: Store,
        _ logger: Logger, session: () -> TransferSession, send: @escaping OutboxWorker.Send
    ) throws -> OutboxWorker {
        let rate = try environment[rateName].map { _ in try Self.number(rateName, 1, environment) } ?? standard
        let request = ClaimRequest(channel: channel, limit: 32 * lanes, rate: rate, lease: lease)
        guard base.hasPrefix("https://") else {
            throw ValidationError(
                "HEARBACK_BASE must be the address that customers reach this server by, beginning with https://: links in messages "
                    + "lead there, and mail programs unsubscribe by no other (RFC 8058)")
        }
        return OutboxWorker(
            request, timeout: timeout / .seconds(1), over: (0..<lanes).map { _ in session() }, store: store,
            now: { Date() }, logger: logger, send: send
        )
    }

    private func mailSession() -> TransferSession {
        TransferSession(certificateAuthorities: environment["HEARBACK_SMTP_CA"])
    }

    private func guardedSession() -> TransferSession {
        let addressGuard = addressGuard
        return TransferSession { address in (try? addressGuard.check(bytes: address)) != nil }
    }

    private func target(_ url: String, _ name: String) throws -> WebhookTarget {
        do {
            return try WebhookTarget(url, checkedBy: addressGuard)
        } catch {
            throw ValidationError(
                "\(name) is refused (\(error)); see HEARBACK_ALLOWED_NETWORKS for addresses of your own")
        }
    }

    /// smtp:// encrypts by STARTTLS, smtps:// from the start, smtp-plain:// not at all.
    private func mailServer(_ text: String) throws -> MailServer {
        let kinds: [String: (MailServer.Security, UInt16)] = [
            "smtp": (.required, 587), "smtps": (.implicit, 465), "smtp-plain": (.none, 25),
        ]
        guard let url = URLComponents(string: text), let host = url.host, !host.isEmpty,
            let (security, port) = url.scheme.flatMap({ kinds[$0] }), url.password == nil
        else {
            throw ValidationError(
                "HEARBACK_SMTP is written like smtp://user@mail.example.com:587, or with smtps:// or smtp-plain://; its password "
                    + "comes by HEARBACK_SMTP_PASSWORD")
        }
        let password = try environment.secret("HEARBACK_SMTP_PASSWORD")
        let credentials = url.user.flatMap { user in password.map { Credentials(user: user, password: $0) } }
        return MailServer(
            host: host, port: url.port.flatMap(UInt16.init(exactly:)) ?? port, security: security,
            credentials: credentials)
    }

    private static func number(_ name: String, _ standard: Double, _ environment: [String: String]) throws -> Double {
        guard let text = environment[name] else { return standard }
        guard let number = Double(text), number > 0, number <= 1_000_000 else {
            throw ValidationError("\(name) must be a number above 0")
        }
        return number
    }
}
