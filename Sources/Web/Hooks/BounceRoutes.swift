import Delivery
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// What mail systems report of messages that came back, or whose readers complained: `POST /api/v1/bounces`.
struct BounceRoutes: Sendable {
    let store: Store
    let now: @Sendable () -> Date

    /// One report.
    private struct Bounce: Decodable {
        enum Kind: String, Decodable {
            /// The address will never work.
            case permanent
            /// It did not work this time.
            case passing
            /// The reader called the message unwanted.
            case complaint
        }

        let address: String?
        /// The Message-ID, with or without its brackets.
        let messageID: String?
        let kind: Kind
        let detail: String?

        enum CodingKeys: String, CodingKey {
            case address, kind, detail
            case messageID = "message_id"
        }
    }

    /// Takes one report or up to 1,000 of them.
    @Sendable func receive(_ request: Request, context: AppContext) async throws -> Response {
        let body = Data(buffer: try await request.body.collect(upTo: 1 << 20))
        let bounces: [Bounce]
        do {
            let decoder = JSONDecoder()
            let isList = body.first { !" \n\r\t".utf8.contains($0) } == UInt8(ascii: "[")
            bounces = try isList ? decoder.decode([Bounce].self, from: body) : [decoder.decode(Bounce.self, from: body)]
        } catch {
            throw Problem(
                .badRequest, "The body is not a report",
                "Send what openapi.yaml describes: kind, and message_id or address.")
        }
        guard bounces.count <= 1000 else {
            throw Problem(.contentTooLarge, "Too many reports", "Send at most 1,000 at a time.")
        }
        var known = 0
        for bounce in bounces where try await take(bounce) { known += 1 }
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(string: #"{"known":\#(known),"reports":\#(bounces.count)}"#)))
    }

    private func take(_ bounce: Bounce) async throws -> Bool {
        let message = bounce.messageID.flatMap(messageNumber)
        let address = bounce.address.flatMap(EmailAddress.init)?.text
        if bounce.address != nil, address == nil {
            throw Problem(.badRequest, "An address is none", "Send the address that the message came back from.")
        }
        if bounce.kind == .complaint {
            var isKnown = false
            if let message { isKnown = try await store.optOut(message: message, source: "complaint", now: now()) }
            if let address {
                isKnown = try await store.optOut(email: address, source: "complaint", now: now()) > 0 || isKnown
            }
            return isKnown
        }
        guard let message else { return false }
        let report = DeliveryReport.failed(
            detail: "\(bounce.kind.rawValue): \(bounce.detail ?? "no detail")",
            suspendsAddress: bounce.kind == .permanent)
        return try await store.note(report, ofEmail: message, to: address, now: now())
    }
}

/// The number in a Message-ID, with or without its brackets: 17 in `<hearback-17@example.com>`.
private func messageNumber(_ messageID: String) -> Int64? {
    let key = messageID.trimmingCharacters(in: ["<", ">", " "]).prefix { $0 != "@" }
    return key.hasPrefix("hearback-") ? Int64(key.dropFirst("hearback-".count)) : nil
}
