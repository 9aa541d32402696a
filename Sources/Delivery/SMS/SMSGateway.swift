import Feedback
import Foundation
import Store

/// Sends invitations as texts through a gateway that understands Twilio's HTTP interface (version 2010-04-01).
public struct SMSGateway: Sendable {
    private let url: String
    private let credentials: Credentials
    private let sender: String
    private let writer: MessageWriter
    private let backoff: Backoff
    private let timeout: Duration

    /// Creates the channel.
    ///
    /// - Parameters:
    ///   - base: The gateway's address, without a path.
    ///   - sender: The number or name that texts come from.
    public init(
        base: String, account: String, token: String, sender: String, writer: MessageWriter, backoff: Backoff,
        timeout: Duration
    ) {
        url = "\(base)/2010-04-01/Accounts/\(account)/Messages.json"
        credentials = Credentials(user: account, password: token)
        self.sender = sender
        self.writer = writer
        self.backoff = backoff
        self.timeout = timeout
    }

    /// Sends one message.
    public func send(_ step: SendingStep, over session: TransferSession) async -> SendingResult {
        let message = step.message
        guard let number = message.address else { return SendingResult(.refused(suspendsAddress: false), "no number") }
        let body: String
        do {
            let text = try writer.text(of: step, by: .sms, tokens: writer.tokens(message.invitation))
            body = SMSText.economical(text.plainText)
        } catch {
            return SendingResult(.refused(suspendsAddress: false), "cannot be written: \(error)")
        }
        let form = formBody([
            ("To", number), ("From", sender), ("Body", body), ("StatusCallback", "\(writer.base)/hooks/sms/status"),
        ])
        let transfer = HTTPTransfer(
            url: url, method: .post(form),
            headers: [
                HTTPHeader("Content-Type", "application/x-www-form-urlencoded"),
                HTTPHeader("Idempotency-Key", message.idempotencyKey),
            ], credentials: credentials, timeout: timeout)
        do {
            return result(of: try await session.request(transfer), step)
        } catch {
            return step.result(of: error, backoff)
        }
    }

    private func result(of reply: HTTPReply, _ step: SendingStep) -> SendingResult {
        struct Accepted: Decodable { let sid: String }
        struct Refused: Decodable { let code: Int? }
        let body = Data(reply.body)
        switch reply.status {
        case 200..<300:
            guard let accepted = try? JSONDecoder().decode(Accepted.self, from: body),
                (1...100).contains(accepted.sid.utf8.count),
                accepted.sid.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
            else {
                return SendingResult(
                    .uncertain(until: step.retryTime(backoff)),
                    "status \(reply.status) with a reply that cannot be read")
            }
            return SendingResult(.sent(providerReference: accepted.sid), "status \(reply.status)")
        case 429, 503:
            return step.rest(reply, backoff)
        case 400, 422:
            let code = (try? JSONDecoder().decode(Refused.self, from: body))?.code
            let detail = "status \(reply.status)" + (code.map { ", code \($0)" } ?? "")
            // Only what is said of the number is said of this message; the rest would be said of every other too.
            guard let code, unusableNumberCodes.contains(code) else {
                return step.result(of: .connect(reason: detail), backoff)
            }
            return SendingResult(.refused(suspendsAddress: true), detail)
        case 408, 409, 425:
            return SendingResult(.deferred(until: step.retryTime(backoff)), "status \(reply.status)")
        case 400..<500:
            return step.result(of: .connect(reason: "status \(reply.status)"), backoff)
        default:
            return SendingResult(.deferred(until: step.retryTime(backoff)), "status \(reply.status)")
        }
    }
}

/// Twilio's codes for a number that is none, that takes no texts, or whose owner has opted out there.
private let unusableNumberCodes: Set = [21211, 21214, 21217, 21610, 21612, 21614]

extension SendingStep {
    /// The whole channel rests for as long as the other side asks, at most an hour.
    func rest(_ reply: HTTPReply, _ backoff: Backoff) -> SendingResult {
        let wanted = reply["Retry-After"].flatMap { Duration(retryAfter: $0, now: now, atMost: .seconds(3600)) }
        // At least a little, whatever it asks for.
        let rest = max(wanted ?? backoff.ceiling(afterAttempt: message.attempts + 1), backoff.base)
        return SendingResult(
            .notTried(until: now.addingTimeInterval(rest / .seconds(1))), "status \(reply.status), asked to wait",
            channelRest: rest)
    }
}

/// Fields as a browser sends them (WHATWG URL Standard, section 5.2).
func formBody(_ fields: [(name: String, value: String)]) -> [UInt8] {
    func encoded(_ text: String) -> [UInt8] {
        text.utf8.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "*"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"):
                return [byte]
            case UInt8(ascii: " "): return [UInt8(ascii: "+")]
            default:
                let digits = Array("0123456789ABCDEF".utf8)
                return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
    }
    return Array(
        fields.map { encoded($0.name) + [UInt8(ascii: "=")] + encoded($0.value) }.joined(separator: [UInt8(ascii: "&")])
    )
}
