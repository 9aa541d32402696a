import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Intake
import NIOCore
import Store

/// What the reply says of one item of a request.
struct ItemReply: Codable, Sendable {
    let ref: String?
    let status: String
    var field: String?
    var reason: String?
}

/// The reply to a request with one or more items.
private struct IntakeReply: Encodable {
    let created: Int
    let updated: Int
    let unchanged: Int
    let refused: Int
    let items: [ItemReply]
}

/// `POST /api/v1/KIND`: one object or an array of up to 1,000, upserted by the caller's reference.
struct IntakeRoutes: Sendable {
    /// The largest body that is read.
    static let largestBody = 4 * 1024 * 1024

    let store: Store
    let now: @Sendable () -> Date

    /// The handler of one kind.
    func receive(_ kind: IntakeKind) -> @Sendable (Request, AppContext) async throws -> Response {
        { request, context in try await receive(kind, request, context) }
    }

    private func receive(
        _ kind: IntakeKind, _ request: Request, _ context: AppContext
    ) async throws -> Response {
        let body = try await json(of: request)
        let idempotentRequest = try context.apiKey.flatMap {
            try idempotency(of: request, apiKeyID: $0, kind: kind, body: body)
        }
        let intake: JSONIntake
        do {
            intake = try JSONIntake(body, kind: kind)
        } catch {
            throw Problem(.badRequest, "The body cannot be read", error.description)
        }
        let kept = try await store.merge(kind, intake.rows, as: idempotentRequest, now: now()) { records in
            try Self.reply(records, refusals: intake.refusals)
        }
        guard let kept else {
            throw Problem(
                .unprocessableContent, "The idempotency key was used before",
                "This Idempotency-Key came with another request; use a new one for each request.")
        }
        let isProblem = kept.status >= 400
        return Response(
            status: .init(code: Int(kept.status)),
            headers: [
                .contentType: isProblem ? "application/problem+json" : "application/json", .cacheControl: "no-store",
            ],
            body: .init(byteBuffer: ByteBuffer(bytes: kept.body)))
    }

    private func json(of request: Request) async throws -> [UInt8] {
        let essence = (request.headers[.contentType] ?? "").prefix { $0 != ";" }
        guard essence.trimmingCharacters(in: .whitespaces).lowercased() == "application/json" else {
            throw Problem(.unsupportedMediaType, "The body is not JSON", "Send it with Content-Type: application/json.")
        }
        do {
            let body = try await request.body.collect(upTo: Self.largestBody)
            return Array(body.readableBytesView)
        } catch is NIOTooManyBytesError {
            throw Problem(.contentTooLarge, "The body is too large", "Send at most 4 MB and 1,000 items a request.")
        }
    }

    private func idempotency(
        of request: Request, apiKeyID: Int32, kind: IntakeKind, body: [UInt8]
    ) throws -> IdempotentRequest? {
        guard let key = request.headers[.idempotencyKey] else { return nil }
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw Problem(
                .badRequest, "The idempotency key cannot be used", "It is 1 to 255 printable ASCII characters.")
        }
        var hash = SHA256()
        hash.update(data: Data(kind.rawValue.utf8))
        hash.update(data: Data(body))
        return IdempotentRequest(apiKeyID: apiKeyID, key: key, sha256: Array(hash.finalize()))
    }

    private static func reply(_ records: [MergedRecord], refusals: [Refusal]) throws -> KeptReply {
        var items = records.map { record in
            (record.line, ItemReply(ref: record.ref, status: record.status.rawValue, reason: record.reason))
        }
        items += refusals.map { refusal in
            (refusal.line, ItemReply(ref: refusal.ref, status: "refused", field: refusal.field, reason: refusal.reason))
        }
        let sorted = items.sorted { $0.0 < $1.0 }.map(\.1)
        func count(_ status: String) -> Int { sorted.count { $0.status == status } }
        let refused = count("refused")
        if refused == sorted.count {
            let problem = Problem(
                .unprocessableContent, "Nothing was taken", sorted.first?.reason ?? "Every item was refused.",
                items: sorted)
            return KeptReply(status: 422, body: try JSON.encode(problem))
        }
        let reply = IntakeReply(
            created: count("created"), updated: count("updated"), unchanged: count("unchanged"), refused: refused,
            items: sorted)
        return KeptReply(status: 200, body: try JSON.encode(reply))
    }
}
