import Crypto
import Foundation
import People
import Postgres

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
        let key = "hb_" + secret.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let names = scopes.map(\.rawValue).sorted()
        try await pool.transaction { connection in
            let id = try await connection.query(
                "insert into api_key (name, secret_sha256, created_at, scopes) values ($1, $2, $3, $4) returning api_key_id",
                name, sha256(key), now, names
            ).decodeOnly(Int32.self)
            let event = try AuditEvent(
                "key.create", of: "key \(id)", before: nil, after: ["name": [name], "scopes": names])
            try await connection.query(.record(event, by: actor, now: now))
        }
        return key
    }

    /// Lists the keys' names, oldest first.
    public func apiKeys() async throws
        -> [(id: Int32, name: String, scopes: [String], createdAt: Date, revokedAt: Date?)]
    {
        try await pool.query("select api_key_id, name, scopes, created_at, revoked_at from api_key order by api_key_id")
            .decode(Int32.self, String.self, [String].self, Date.self, Date?.self)
            .map { (id: $0, name: $1, scopes: $2, createdAt: $3, revokedAt: $4) }
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

    /// The identifier of a key that may be used, and what its holder may do; or nil.
    ///
    /// The database compares hashes of 256 random bits, so how long it takes tells nothing about a secret.
    public func apiKey(_ key: String) async throws -> (id: Int32, scopes: Set<APIScope>)? {
        try await pool.query(
            "select api_key_id, scopes from api_key where secret_sha256 = $1 and revoked_at is null", sha256(key)
        ).decodeFirst(Int32.self, [String].self).map { ($0, Set($1.compactMap(APIScope.init))) }
    }
}

private func sha256(_ text: String) -> [UInt8] {
    Array(SHA256.hash(data: Data(text.utf8)))
}
