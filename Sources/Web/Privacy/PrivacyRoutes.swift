import Foundation
import HTTPTypes
import Hummingbird
import Store

/// `GET` and `DELETE /api/v1/customers/REF`: all that is held about somebody, and its erasure.
struct PrivacyRoutes: Sendable {
    let store: Store
    let now: @Sendable () -> Date

    /// Gives out all that is held.
    @Sendable func export(_ request: Request, context: AppContext) async throws -> Response {
        let ref = try ref(context)
        guard let export = try await store.exportCustomer(ref, by: try actor(context), now: now()) else {
            throw unknown
        }
        return export.file
    }

    /// Erases it.
    @Sendable func erase(_ request: Request, context: AppContext) async throws -> Response {
        let ref = try ref(context)
        do {
            guard let key = store.suppressionKey else { throw SuppressionError.noKey }
            guard let erasure = try await store.eraseCustomer(ref, key: key, by: try actor(context), now: now()) else {
                throw unknown
            }
            return Response(
                status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
                body: .init(byteBuffer: ByteBuffer(bytes: try JSON.encode(Reply(erasure)))))
        } catch let error as SuppressionError {
            let isBusy = error == .isBusy
            throw Problem(
                .serviceUnavailable, "Nobody was erased",
                error.description.prefix(1).uppercased() + error.description.dropFirst() + ".",
                retryAfter: isBusy ? 10 : nil)
        }
    }

    private struct Reply: Encodable {
        let ref: String
        let interactions, complaints, accounts, comments, follow_ups, addresses, messages, links: Int
        let shared_addresses: Int

        init(_ erasure: Erasure) {
            ref = erasure.ref
            (interactions, complaints, accounts) = (erasure.interactions, erasure.complaints, erasure.accounts)
            (comments, follow_ups, addresses) = (erasure.comments, erasure.followUps, erasure.deliveries)
            (messages, links, shared_addresses) = (erasure.messages, erasure.links, erasure.sharedAddresses)
        }
    }

    private func ref(_ context: AppContext) throws -> String {
        let encoded = context.parameters.get("ref") ?? ""
        guard let ref = encoded.removingPercentEncoding, !ref.isEmpty, !ref.unicodeScalars.contains("\0") else {
            throw Problem(
                .badRequest, "The reference cannot be read", "It stands in the path, percent-encoded as UTF-8.")
        }
        return ref
    }

    private func actor(_ context: AppContext) throws -> Actor {
        guard let actor = context.keyActor else { throw Problem(.unauthorized, "An API key is needed", "") }
        return actor
    }

    private var unknown: Problem {
        Problem(.notFound, "There is no such customer", "Nobody is known by this reference, or they were erased.")
    }
}

extension AppContext {
    /// The API key that a request came with, for the record.
    var keyActor: Actor? { apiKey.map { Actor(name: "key \($0)", network: network) } }
}
