import Foundation
import Postgres

extension Store {
    /// Keeps the secret of a second factor that does not count yet, as it is stored: sealed.
    ///
    /// - Parameter old: What was offered before and cannot be opened any more.
    /// - Returns: Whether it was kept: not if the person has a second factor already, or was offered another meanwhile.
    public func offerSecondFactor(_ secret: [UInt8], to person: Int32, insteadOf old: [UInt8]?) async throws -> Bool {
        try await pool.query(
            """
            update person set totp_secret = $2
            where person_id = $1 and totp_confirmed_at is null and totp_secret is not distinct from $3
            """, person, secret, old
        ).affected == 1
    }

    /// The secret that was offered and does not count yet.
    public func offeredSecondFactor(of person: Int32) async throws -> [UInt8]? {
        try await pool.query(
            "select totp_secret from person where person_id = $1 and totp_confirmed_at is null and totp_secret is not null",
            person
        ).decodeFirst([UInt8].self)
    }

    /// Replaces what is stored of a secret by the same under a newer key.
    public func resealSecondFactor(of person: Int32, from old: [UInt8], to new: [UInt8]) async throws {
        try await pool.query(
            "update person set totp_secret = $3 where person_id = $1 and totp_secret = $2", person, old, new)
    }

    /// Lets a second factor count, once a code of it was right, with codes for whoever loses it.
    ///
    /// - Parameters:
    ///   - secret: What is stored of it: no other.
    ///   - recovery: What is stored of each code.
    public func confirmSecondFactor(
        _ secret: [UInt8], of person: Int32, step: Int64, recovery: [[UInt8]], by actor: Actor, now: Date
    ) async throws -> Bool {
        try await pool.transaction { connection in
            let confirmed = try await connection.query(
                """
                update person set totp_confirmed_at = $2, totp_last_step = $3
                where person_id = $1 and totp_secret = $4 and totp_confirmed_at is null
                """, person, now, step, secret)
            guard confirmed.affected == 1 else { return false }
            try await connection.query("delete from recovery_code where person_id = $1", person)
            try await connection.query(
                "insert into recovery_code (person_id, sha256) select $1, unnest($2::bytea[])", person, recovery)
            let event = AuditEvent("second-factor.set", of: "person \(person)")
            try await connection.query(.record(event, by: actor, now: now))
            return true
        }
    }

    /// Takes a person's second factor away, as when the telephone is lost.
    ///
    /// - Returns: Whether there was one.
    public func removeSecondFactor(of person: Int32, by actor: Actor, now: Date) async throws -> Bool {
        try await pool.transaction { connection in
            let removed = try await connection.query(
                """
                update person set totp_secret = null, totp_confirmed_at = null, totp_last_step = null
                where person_id = $1 and totp_secret is not null
                """, person)
            guard removed.affected == 1 else { return false }
            try await connection.query("delete from recovery_code where person_id = $1", person)
            let event = AuditEvent("second-factor.remove", of: "person \(person)")
            try await connection.query(.record(event, by: actor, now: now))
            return true
        }
    }

    /// Signs a person in whose code was right: the step cannot be used again.
    ///
    /// - Parameters:
    ///   - session: The session that awaited the code; its token is replaced.
    ///   - step: The code's step; nil for a recovery code.
    ///   - recovery: What may be stored of the recovery code; nil for a code of the second factor.
    /// - Returns: Whether the code was still good.
    public func completeSignIn(
        _ session: Int64, of person: Int32, newDigest: [UInt8], step: Int64?, recovery: [[UInt8]]?, network: String,
        now: Date
    ) async throws -> Bool {
        /// The session does not wait any more; the code is not used up.
        struct NotWaiting: Error {}
        do {
            return try await pool.transaction { connection in
                let used: PostgresRows
                if let step {
                    used = try await connection.query(
                        "update person set totp_last_step = $2 where person_id = $1 and coalesce(totp_last_step, -1) < $2",
                        person, step)
                } else {
                    used = try await connection.query(
                        "update recovery_code set used_at = $3 where person_id = $1 and sha256 = any ($2) and used_at is null",
                        person,
                        recovery ?? [], now)
                }
                guard used.affected == 1 else { return false }
                let begun = try await connection.query(
                    """
                    update session set sha256 = $2, awaits_second_factor = false, created_at = $3, last_seen_at = $3
                    where session_id = $1 and person_id = $4 and awaits_second_factor
                    """, session, newDigest, now, person)
                guard begun.affected == 1 else { throw NotWaiting() }
                let event = AuditEvent(step == nil ? "sign-in.recovery-code" : "sign-in.code", of: "person \(person)")
                try await connection.query(.record(event, by: .person(person, network: network), now: now))
                return true
            }
        } catch is NotWaiting {
            return false
        }
    }
}
