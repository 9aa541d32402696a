import Crypto
import Foundation
import Postgres

extension Store {
    /// Creates an API key.
    ///
    /// - Parameter secret: 32 random bytes, which are shown once and of which only a hash is kept.
    /// - Returns: The key as its holder sends it.
    public func createAPIKey(name: String, secret: [UInt8], now: Date) async throws -> String {
        let key = "hb_" + secret.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        try await pool.query(
            "insert into api_key (name, secret_sha256, created_at) values ($1, $2, $3)", name, sha256(key), now)
        return key
    }

    /// Lists the keys' names, oldest first.
    public func apiKeys() async throws -> [(id: Int32, name: String, createdAt: Date, revokedAt: Date?)] {
        try await pool.query("select api_key_id, name, created_at, revoked_at from api_key order by api_key_id")
            .decode(Int32.self, String.self, Date.self, Date?.self)
            .map { (id: $0, name: $1, createdAt: $2, revokedAt: $3) }
    }

    /// Revokes a key at once.
    ///
    /// - Returns: Whether there was such a key that had not been revoked.
    public func revokeAPIKey(_ id: Int32, now: Date) async throws -> Bool {
        try await pool.query(
            "update api_key set revoked_at = $2 where api_key_id = $1 and revoked_at is null", id, now
        ).affected == 1
    }

    /// The identifier of a key that may be used, or nil.
    ///
    /// The database compares hashes of 256 random bits, so how long it takes tells nothing about a secret.
    public func apiKeyID(of key: String) async throws -> Int32? {
        try await pool.query(
            "select api_key_id from api_key where secret_sha256 = $1 and revoked_at is null", sha256(key)
        ).decodeFirst(Int32.self)
    }
}

private func sha256(_ text: String) -> [UInt8] {
    Array(SHA256.hash(data: Data(text.utf8)))
}
