import Crypto
import Foundation
import People
import Postgres

/// An API key as administrators see it in a list: what it opens, and not what it is.
public struct ListedKey: Sendable, Identifiable {
    /// The number that the record names it by.
    public let id: Int32
    /// What it is called.
    public let name: String
    /// What its holder may do.
    public let scopes: [String]
    /// When it was made.
    public let createdAt: Date
    /// By whom it was made; not known for the oldest.
    public let createdBy: String?
    /// When it was last used, to the minute.
    public let lastUsedAt: Date?
    /// Since when it opens nothing any more.
    public let revokedAt: Date?
}

extension Store {
    /// Creates an API key.
    ///
    /// - Parameters:
    ///   - scopes: What its holder may do; at least one.
    ///   - secret: 32 random bytes, which are shown once and of which only a hash is kept.
    /// - Returns: The key as its holder sends it.
    public func createAPIKey(
        name: String, scopes: Set<APIScope>, secret: [UInt8], by actor: Actor, now: Date
    ) async throws -> String {
        let key = "hb_" + secret.hexadecimal
        let names = scopes.map(\.rawValue).sorted()
        try await pool.transaction { connection in
            let id = try await connection.query(
                """
                insert into api_key (name, secret_sha256, created_at, scopes, created_by) values ($1, $2, $3, $4, $5)
                returning api_key_id
                """, name, sha256(key), now, names, actor.name
            ).decodeOnly(Int32.self)
            let event = try AuditEvent(
                "key.create", of: "key \(id)", before: nil, after: ["name": [name], "scopes": names])
            try await connection.query(.record(event, by: actor, now: now))
        }
        return key
    }

    /// Lists the keys, oldest first.
    public func apiKeys() async throws -> [ListedKey] {
        try await pool.query(
            """
            select api_key_id, name, scopes, created_at, actor_name(created_by) as created_by, last_used_at, revoked_at
            from api_key order by api_key_id
            """
        ).map { row in
            ListedKey(
                id: try row.decode("api_key_id"), name: try row.decode("name"), scopes: try row.decode("scopes"),
                createdAt: try row.decode("created_at"), createdBy: try row.decode("created_by"),
                lastUsedAt: try row.decode("last_used_at"), revokedAt: try row.decode("revoked_at"))
        }
    }

    /// Revokes a key at once.
    ///
    /// - Returns: Whether there was such a key that had not been revoked.
    public func revokeAPIKey(_ id: Int32, by actor: Actor, now: Date) async throws -> Bool {
        try await pool.transaction { connection in
            let revoked = try await connection.query(
                "update api_key set revoked_at = $2 where api_key_id = $1 and revoked_at is null", id, now)
            guard revoked.affected == 1 else { return false }
            try await connection.query(.record(AuditEvent("key.revoke", of: "key \(id)"), by: actor, now: now))
            return true
        }
    }

    /// The identifier of a key that may be used, and what its holder may do; or nil. Its use is noted once a minute.
    ///
    /// The database compares hashes of 256 random bits, so how long it takes tells nothing about a secret.
    public func apiKey(_ key: String, now: Date) async throws -> (id: Int32, scopes: Set<APIScope>)? {
        let found = try await pool.query(
            "select api_key_id, scopes, last_used_at from api_key where secret_sha256 = $1 and revoked_at is null",
            sha256(key)
        ).decodeFirst(Int32.self, [String].self, Date?.self)
        guard let (id, scopes, lastUsedAt) = found else { return nil }
        if lastUsedAt.map({ now.timeIntervalSince($0) >= 60 }) ?? true {
            try await pool.query(
                "update api_key set last_used_at = $2 where api_key_id = $1 and coalesce(last_used_at < $2, true)", id,
                now)
        }
        return (id, Set(scopes.compactMap(APIScope.init)))
    }
}

private func sha256(_ text: String) -> [UInt8] {
    Array(SHA256.hash(data: Data(text.utf8)))
}
