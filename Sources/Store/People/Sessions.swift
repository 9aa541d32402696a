import Foundation
import People
import Postgres

/// Whoever a request comes from, as far as a session tells.
public struct Viewer: Sendable, Equatable {
    /// The session's number.
    public let session: Int64
    /// The person.
    public let person: Int32
    /// What they are here for.
    public let role: Role
    /// Whether they see everything; otherwise what they see.
    public let seesEverything: Bool
    /// Identifiers of teams and portfolios.
    public let teams, portfolios: Set<Int32>
    /// The agent they are.
    public let agent: Int32?
    /// Whether a code of their second factor is still awaited: nobody is signed in yet.
    public let awaitsSecondFactor: Bool
    /// When they signed in.
    public let createdAt: Date
    /// When they were last seen.
    public let lastSeenAt: Date
    /// The folders of the sites of ``scopes``.
    public let siteKeys: [String]

    init(
        session: Int64, person: Int32, role: Role, seesEverything: Bool, teams: Set<Int32>, portfolios: Set<Int32>,
        agent: Int32?, awaitsSecondFactor: Bool, createdAt: Date, lastSeenAt: Date
    ) {
        (self.session, self.person, self.role, self.agent) = (session, person, role, agent)
        (self.seesEverything, self.teams, self.portfolios) = (seesEverything, teams, portfolios)
        (self.awaitsSecondFactor, self.createdAt, self.lastSeenAt) = (awaitsSecondFactor, createdAt, lastSeenAt)
        let scopes = Self.scopes(role, seesEverything: seesEverything, teams: teams, portfolios: portfolios)
        siteKeys = scopes.map(\.siteKey)
    }

    /// Whether the session still counts.
    public func isAlive(now: Date) -> Bool {
        // Who has not given the code yet has ten minutes for it.
        if awaitsSecondFactor {
            return now.timeIntervalSince(createdAt) < 600 && now.timeIntervalSince(createdAt) > -60
        }
        return SessionTimes(role).isAlive(created: createdAt, lastSeen: lastSeenAt, now: now)
    }
}

/// A session in a list: of one's own, or, for administrators, of everybody.
public struct ListedSession: Sendable, Identifiable {
    /// Its number.
    public let id: Int64
    /// Whose it is.
    public let person: Int32
    /// Name and address of whose it is.
    public let name, email: String
    /// When it began and was last used.
    public let createdAt, lastSeenAt: Date
    /// From where, and with what.
    public let network, browser: String
}

extension Store {
    /// Begins a session of somebody whose password was right.
    ///
    /// - Parameters:
    ///   - digest: SHA-256 of the cookie's token.
    ///   - holder: What was read of the person when the password was compared.
    /// - Returns: Whether all of it is still so: not if there is a new password or a second factor since, or the person is let in no more.
    public func beginSession(
        _ digest: [UInt8], of holder: PasswordHolder, network: String, browser: String, now: Date
    ) async throws -> Bool {
        let awaitsSecondFactor = holder.totpSecret != nil
        return try await pool.transaction { connection in
            let isSame = try await connection.query(
                """
                select true from person
                where person_id = $1 and password_hash is not distinct from $2 and disabled_at is null
                    and (totp_confirmed_at is not null) = $3
                for share
                """, holder.person, holder.passwordHash, awaitsSecondFactor
            ).decodeFirst(Bool.self)
            guard isSame == true else { return false }
            try await connection.query(
                .session(
                    digest, of: holder.person, awaitsSecondFactor: awaitsSecondFactor, network: network,
                    browser: browser, now: now))
            if !awaitsSecondFactor {
                try await connection.query(
                    .record(
                        AuditEvent("sign-in", of: "person \(holder.person)"),
                        by: .person(holder.person, network: network), now: now))
            }
            return true
        }
    }

    /// Whoever has a session, if it still counts.
    public func viewer(_ digest: [UInt8], now: Date) async throws -> Viewer? {
        let viewer =
            try await pool.query(readViewer, digest).map { row in
                guard let role = try Role(rawValue: row.decode("role")) else { return nil as Viewer? }
                return Viewer(
                    session: try row.decode("session_id"), person: try row.decode("person_id"), role: role,
                    seesEverything: try row.decode("sees_everything"), teams: Set(try row.decode("teams") as [Int32]),
                    portfolios: Set(try row.decode("portfolios") as [Int32]), agent: try row.decode("agent_id"),
                    awaitsSecondFactor: try row.decode("awaits_second_factor"), createdAt: try row.decode("created_at"),
                    lastSeenAt: try row.decode("last_seen_at"))
            }.first ?? nil
        return viewer.flatMap { $0.isAlive(now: now) ? $0 : nil }
    }

    /// Notes when sessions were used.
    public func noteUse(of sessions: [Int64], now: Date) async throws {
        try await pool.query(
            "update session set last_seen_at = $2 where session_id = any ($1) and last_seen_at < $2", sessions, now)
    }

    /// Ends a session: who signs out, or whoever ends it for them.
    ///
    /// - Parameter person: Only if it is this person's.
    /// - Returns: Whether there was such a session.
    public func endSession(_ id: Int64, of person: Int32? = nil, by actor: Actor, now: Date) async throws -> Bool {
        try await pool.transaction { connection in
            let owner = try await connection.query(
                "delete from session where session_id = $1 and person_id = coalesce($2, person_id) returning person_id",
                id,
                person
            ).decodeFirst(Int32.self)
            guard let owner else { return false }
            try await connection.query(.record(AuditEvent("session.end", of: "person \(owner)"), by: actor, now: now))
            return true
        }
    }

    /// Ends all of a person's sessions.
    ///
    /// - Returns: How many there were.
    public func endSessions(of person: Int32, by actor: Actor, now: Date) async throws -> Int {
        try await pool.transaction { connection in
            let ended = try await connection.query("delete from session where person_id = $1", person).affected
            guard ended > 0 else { return 0 }
            let event = try AuditEvent(
                "session.end-all", of: "person \(person)", before: nil, after: ["sessions": ended])
            try await connection.query(.record(event, by: actor, now: now))
            return ended
        }
    }

    /// Who is signed in, of one person or of all, the last used first.
    public func sessions(of person: Int32?, limit: Int = 1000, now: Date) async throws -> [ListedSession] {
        try await pool.query(
            """
            select session_id, person_id, name, email, session.created_at, last_seen_at, network, browser
            from session join person using (person_id)
            join unnest($4::text[], $5::float8[], $6::float8[]) as times (role_name, idle, absolute) on role_name = role::text
            where person_id = coalesce($1, person_id) and not awaits_second_factor
                and last_seen_at > $3::timestamptz - idle * interval '1 second'
                and session.created_at > $3::timestamptz - absolute * interval '1 second'
            order by last_seen_at desc, session_id
            limit $2
            """, person, limit, now, Role.allCases.map(\.rawValue), Role.allCases.map { SessionTimes($0).idle },
            Role.allCases.map { SessionTimes($0).absolute }
        ).map { row in
            ListedSession(
                id: try row.decode("session_id"), person: try row.decode("person_id"), name: try row.decode("name"),
                email: try row.decode("email"), createdAt: try row.decode("created_at"),
                lastSeenAt: try row.decode("last_seen_at"), network: try row.decode("network"),
                browser: try row.decode("browser"))
        }
    }

    /// Forgets sessions, links and failures whose time is over.
    public func forgetEndedSessions(now: Date) async throws {
        try await pool.pipeline([
            PostgresStatement(
                """
                delete from session where created_at < $1::timestamptz - interval '24 hours'
                    or last_seen_at < $1::timestamptz - interval '8 hours'
                    or awaits_second_factor and created_at < $1::timestamptz - interval '10 minutes'
                """, now),
            PostgresStatement("delete from password_link where expires_at < $1", now),
            PostgresStatement(
                "delete from provider_request where created_at < $1::timestamptz - interval '1 hour'", now),
            PostgresStatement("delete from sign_in_failures where at < $1::timestamptz - interval '1 day'", now),
        ])
    }
}

extension PostgresStatement {
    /// Makes a session.
    static func session(
        _ digest: [UInt8], of person: Int32, awaitsSecondFactor: Bool, network: String, browser: String, now: Date
    ) -> PostgresStatement {
        PostgresStatement(
            """
            insert into session (sha256, person_id, created_at, last_seen_at, awaits_second_factor, network, browser)
            values ($1, $2, $3, $3, $4, $5, $6)
            """, digest, person, now, awaitsSecondFactor, network, String(browser.prefix(200)))
    }
}

private let readViewer: StaticString = """
    select session_id, person_id, role::text as role, sees_everything, agent_id, awaits_second_factor, session.created_at,
        last_seen_at,
        array(select team_id from person_team where person_team.person_id = person.person_id) as teams,
        array(select portfolio_id from person_portfolio where person_portfolio.person_id = person.person_id) as portfolios
    from session join person using (person_id)
    where sha256 = $1 and disabled_at is null
    """
