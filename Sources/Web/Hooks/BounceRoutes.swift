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
        _ = try await store.apiKeyID(authorizing: request)
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
        let detail = "\(bounce.kind.rawValue): \(bounce.detail ?? "no detail")"
        var isKnown = false
        if let key = bounce.messageID.flatMap(messageKey) {
            if bounce.kind == .complaint {
                isKnown = try await store.optOut(message: key, source: "complaint", now: now())
            } else {
                isKnown = try await store.note(
                    .failed(detail: detail, suspendsAddress: bounce.kind == .permanent), ofProviderReference: key,
                    now: now())
            }
        }
        if let address = bounce.address, address.utf8.count <= 254, bounce.kind != .passing {
            try await store.suspendAddress(
                address, reason: bounce.kind == .complaint ? "complaint" : "returned", now: now())
            isKnown = true
        }
        return isKnown
    }
}

/// The part before the @ of a Message-ID, which is the name that the message was sent by.
private func messageKey(_ messageID: String) -> String? {
    let key = messageID.trimmingCharacters(in: ["<", ">", " "]).prefix { $0 != "@" }
    return key.hasPrefix("hearback-") && key.utf8.count <= 40 ? String(key) : nil
}
