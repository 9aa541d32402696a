import Foundation
import Intake
import Postgres

/// A request that its sender may repeat: the key names it, the hash tells whether it is the same.
public struct IdempotentRequest: Sendable {
    /// Whose request it is.
    public let apiKeyID: Int32
    /// The caller's name for it, at most 255 characters.
    public let key: String
    /// The hash of everything that was asked.
    public let sha256: [UInt8]

    /// Creates a request.
    public init(apiKeyID: Int32, key: String, sha256: [UInt8]) {
        self.apiKeyID = apiKeyID
        self.key = key
        self.sha256 = sha256
    }
}

/// A reply as it was sent.
public struct KeptReply: Sendable, Equatable {
    /// The HTTP status.
    public let status: Int16
    /// The body.
    public let body: [UInt8]

    /// Creates a reply.
    public init(status: Int16, body: [UInt8]) {
        self.status = status
        self.body = body
    }
}

extension Store {
    /// Merges records and keeps the reply, in one transaction: a repeated request gets the same reply and changes nothing.
    ///
    /// - Parameter reply: Writes the reply from what became of the records.
    /// - Returns: The reply, or nil if the request's key was used before for another request.
    public func merge(
        _ kind: IntakeKind, _ copyText: [UInt8], as request: IdempotentRequest?, now: Date,
        reply: @Sendable ([MergedRecord]) throws -> KeptReply
    ) async throws -> KeptReply? {
        try await pool.transaction { connection in
            if let request {
                // Whoever repeats a request that is still being worked on waits here for it.
                let claim = try await connection.query(
                    """
                    insert into idempotent_reply (api_key_id, key, request_sha256, status, body, created_at)
                    values ($1, $2, $3, 0, '', $4)
                    on conflict (api_key_id, key) do nothing
                    """, request.apiKeyID, request.key, request.sha256, now)
                if claim.affected == 0 {
                    let (sha256, status, body) = try await connection.query(
                        "select request_sha256, status, body from idempotent_reply where api_key_id = $1 and key = $2",
                        request.apiKeyID, request.key
                    ).decodeOnly([UInt8].self, Int16.self, [UInt8].self)
                    return sha256 == request.sha256 ? KeptReply(status: status, body: body) : nil
                }
            }
            let records =
                copyText.isEmpty
                ? [] : try await mergeStaged(kind, copyText, zone: nil, key: suppressionKey, on: connection)
            let kept = try reply(records)
            if let request {
                try await connection.query(
                    "update idempotent_reply set status = $3, body = $4 where api_key_id = $1 and key = $2",
                    request.apiKeyID, request.key, kept.status, kept.body)
            }
            return kept
        }
    }

    /// Forgets replies that are older than a day.
    public func forgetIdempotentReplies(now: Date) async throws {
        try await pool.query("delete from idempotent_reply where created_at < $1::timestamptz - interval '1 day'", now)
    }
}
