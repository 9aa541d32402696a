import Foundation
import Postgres

/// What signing in with a password needs to know of a person.
public struct PasswordHolder: Sendable {
    /// The person's number.
    public let person: Int32
    /// The hash of their password, if they have one.
    public let passwordHash: String?
    /// The secret of their second factor, if they have one.
    public let totpSecret: [UInt8]?
    /// The last step whose code was used.
    public let lastStep: Int64?
}

extension Store {
    /// Who signs in with an address, if they may.
    public func passwordHolder(email: String) async throws -> PasswordHolder? {
        try await pool.query(readPasswordHolder, email.lowercased(), nil as Int32?).map(PasswordHolder.init).first
    }

    /// The same by number.
    public func passwordHolder(person: Int32) async throws -> PasswordHolder? {
        try await pool.query(readPasswordHolder, nil as String?, person).map(PasswordHolder.init).first
    }

    /// Replaces a hash by a stronger one of the same password.
    public func strengthenPassword(of person: Int32, from old: String, to new: String) async throws {
        try await pool.query(
            "update person set password_hash = $3 where person_id = $1 and password_hash = $2", person, old, new)
    }

    /// Makes a link by which a person sets a password; earlier ones stop working.
    ///
    /// - Parameter digest: SHA-256 of the link's token.
    public func makePasswordLink(
        _ digest: [UInt8], for person: Int32, lasting seconds: TimeInterval, by actor: Actor, now: Date
    ) async throws {
        try await pool.pipeline([
            PostgresStatement("delete from password_link where person_id = $1", person),
            PostgresStatement(
                "insert into password_link (sha256, person_id, created_at, expires_at) values ($1, $2, $3, $4)", digest,
                person, now, now.addingTimeInterval(seconds)),
            .record(AuditEvent("password.link", of: "person \(person)"), by: actor, now: now),
        ])
    }

    /// Whose password a link sets, if it still works.
    public func person(ofPasswordLink digest: [UInt8], now: Date) async throws -> Person? {
        let id = try await pool.query(
            """
            select person_id from password_link join person using (person_id)
            where sha256 = $1 and expires_at > $2 and disabled_at is null
            """, digest, now
        ).decodeFirst(Int32.self)
        guard let id else { return nil }
        return try await person(id)
    }

    /// Sets a password by a link, which stops working, and ends the person's sessions.
    ///
    /// - Returns: Whether the link still worked.
    public func setPassword(
        byLink digest: [UInt8], hash: String, from network: String, now: Date
    ) async throws -> Bool {
        try await pool.transaction { connection in
            let person = try await connection.query(
                "delete from password_link where sha256 = $1 and expires_at > $2 returning person_id", digest, now
            ).decodeFirst(Int32.self)
            guard let person else { return false }
            try await connection.query(
                "update person set password_hash = $2, password_changed_at = $3 where person_id = $1", person, hash, now
            )
            try await connection.query("delete from session where person_id = $1", person)
            let event = AuditEvent("password.set", of: "person \(person)")
            try await connection.query(.record(event, by: .person(person, network: network), now: now))
            return true
        }
    }
}

extension PasswordHolder {
    fileprivate init(_ row: PostgresRow) throws {
        person = try row.decode("person_id")
        passwordHash = try row.decode("password_hash")
        totpSecret = try row.decode("totp_secret")
        lastStep = try row.decode("totp_last_step")
    }
}

private let readPasswordHolder: StaticString = """
    select person_id, password_hash, case when totp_confirmed_at is not null then totp_secret end as totp_secret,
        totp_last_step
    from person
    where email = coalesce($1, email) and person_id = coalesce($2, person_id) and disabled_at is null
    """
