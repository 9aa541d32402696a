import Foundation
import People
import Postgres

/// Somebody as an identity provider tells of them.
public struct ProvidedPerson: Sendable, Equatable {
    /// The provider, and its name for the person: only both together tell one person from all others.
    public var issuer, subject: String
    /// The e-mail address, if the provider tells it.
    public var email: String?
    /// The name to show, if the provider tells it.
    public var name: String?
    /// What they are here for.
    public var role: Role
    /// The reference of the agent they are.
    public var agent: String?
    /// Whether a quality manager sees everything.
    public var seesEverything: Bool
    /// References of what a quality manager sees; those of nothing that is here are left out.
    public var teams, portfolios: [String]

    /// Describes a person.
    public init(
        issuer: String, subject: String, email: String?, name: String?, role: Role, agent: String? = nil,
        seesEverything: Bool = false, teams: [String] = [], portfolios: [String] = []
    ) {
        self.issuer = issuer
        self.subject = subject
        self.email = email
        self.name = name
        self.role = role
        self.agent = agent
        self.seesEverything = seesEverything
        self.teams = teams
        self.portfolios = portfolios
    }
}

/// What came of a sign-in by the provider.
public enum ProvidedSignIn: Sendable, Equatable {
    /// The session has begun.
    case begun(person: Int32)
    /// The person is not let in here, whatever the provider says.
    case disabled
    /// Nobody can be added without an e-mail address.
    case needsEmail
    /// An agent has to be one.
    case needsAgent
}

/// The browser in which somebody signs in.
public struct NewSession: Sendable {
    /// SHA-256 of the cookie's token.
    public let digest: [UInt8]
    /// From where, and with what.
    public let network, browser: String

    /// Describes a session.
    public init(_ digest: [UInt8], network: String, browser: String) {
        self.digest = digest
        self.network = network
        self.browser = browser
    }
}

extension Store {
    /// Signs somebody in whom the provider has named, in one transaction: adds them at their first sign-in, makes them what
    /// the provider says now at every later one, and begins the session.
    ///
    /// They are found by issuer and subject alone. When another account has the same e-mail address, nobody is signed in:
    /// addresses are given out anew, and are no more than what a provider was told, so that taking the account over by its
    /// address would let whoever can get an address there into somebody else's account. ``connect(_:issuer:subject:by:now:)``
    /// joins the two where an administrator knows that they are one person.
    ///
    /// - Throws: ``PersonProblem``, such as an agent who is not known here.
    public func signIn(_ provided: ProvidedPerson, _ session: NewSession, now: Date) async throws -> ProvidedSignIn {
        try await changing { connection in
            // Two browsers of one person who come back at the same time do not add them twice.
            try await connection.query(
                "select pg_advisory_xact_lock(hashtextextended($1 || ' ' || $2, 0))", provided.issuer,
                provided.subject)
            let id = try await connection.query(
                "select person_id from person where issuer = $1 and subject = $2 for update", provided.issuer,
                provided.subject
            ).decodeFirst(Int32.self)
            let known =
                if let id { try await connection.query(listPeople, id, nil as String?).map(Person.init).first } else {
                    nil as Person?
                }
            if known?.disabledAt != nil { return .disabled }
            guard let email = provided.email ?? known?.email else { return .needsEmail }
            guard (provided.role == .agent) == (provided.agent != nil) else { return .needsAgent }
            var settings = PersonSettings(
                email: email, name: provided.name ?? known?.name ?? email, role: provided.role, agent: provided.agent,
                seesEverything: provided.seesEverything)
            (settings.teams, settings.portfolios) = try await knownScope(of: provided, on: connection)
            var events: [PostgresStatement] = []
            let provider = Actor(name: "provider", network: session.network)
            let person: Int32
            if let known {
                person = known.id
                let before = PersonSettings(known)
                if settings != before {
                    try await update(known.id, to: settings, on: connection)
                    let event = try AuditEvent(
                        "person.change", of: "person \(person)", before: before, after: settings)
                    events.append(.record(event, by: provider, now: now))
                }
            } else {
                person = try await insert(provided, settings, on: connection, now: now)
                let told = ToldByProvider(issuer: provided.issuer, subject: provided.subject, person: settings)
                let event = try AuditEvent("person.add", of: "person \(person)", before: nil, after: told)
                events.append(.record(event, by: provider, now: now))
            }
            // The second factor is the provider's to ask for.
            try await connection.query(
                .session(
                    session.digest, of: person, awaitsSecondFactor: false, network: session.network,
                    browser: session.browser, now: now))
            let event = try AuditEvent(
                "sign-in", of: "person \(person)", before: nil, after: ["issuer": provided.issuer])
            events.append(.record(event, by: .person(person, network: session.network), now: now))
            for event in events { try await connection.query(event) }
            return .begun(person: person)
        }
    }

    /// Ends the sessions of somebody to whom the provider gives no role any more.
    public func endSessions(ofProvided issuer: String, _ subject: String, network: String, now: Date) async throws {
        try await pool.transaction { connection in
            let person = try await connection.query(
                """
                delete from session using person
                where person.person_id = session.person_id and issuer = $1 and subject = $2
                returning person.person_id
                """, issuer, subject
            ).decodeFirst(Int32.self)
            guard let person else { return }
            let event = AuditEvent("session.end", of: "person \(person)")
            try await connection.query(.record(event, by: Actor(name: "provider", network: network), now: now))
        }
    }

    /// Lets a person who is here already sign in by the provider, as whom it calls so.
    ///
    /// - Throws: ``PersonProblem``, such as when the provider's person is somebody here.
    public func connect(
        _ id: Int32, issuer: String, subject: String, by actor: Actor, now: Date
    ) async throws {
        try await changing { connection in
            let changed = try await connection.query(
                "update person set issuer = $2, subject = $3 where person_id = $1", id, issuer, subject)
            guard changed.affected == 1 else { throw PersonProblem.noSuchPerson }
            let event = try AuditEvent(
                "person.connect", of: "person \(id)", before: nil, after: ["issuer": issuer, "subject": subject])
            try await connection.query(.record(event, by: actor, now: now))
        }
    }

    private func knownScope(
        of provided: ProvidedPerson, on connection: isolated PostgresConnection
    ) async throws -> (teams: [String], portfolios: [String]) {
        // What a provider calls a group need not be anything here.
        let isScoped = provided.role == .qualityManager
        let scope = try await connection.query(
            """
            select array(select ref from team where ref = any ($1) order by ref),
                array(select ref from portfolio where ref = any ($2) order by ref)
            """, isScoped ? provided.teams : [], isScoped ? provided.portfolios : []
        ).decodeOnly([String].self, [String].self)
        return (scope.0, scope.1)
    }

    private func insert(
        _ provided: ProvidedPerson, _ settings: PersonSettings, on connection: isolated PostgresConnection, now: Date
    ) async throws -> Int32 {
        let agent = try await identifier(of: settings.agent, on: connection)
        let id = try await connection.query(
            """
            insert into person (email, name, role, agent_id, sees_everything, issuer, subject, created_at)
            values ($1, $2, $3::text::role, $4, $5, $6, $7, $8) returning person_id
            """, settings.email, settings.name, settings.role, agent, settings.seesEverything, provided.issuer,
            provided.subject, now
        ).decodeOnly(Int32.self)
        try await replaceScope(of: id, by: settings, on: connection)
        return id
    }
}

/// What the record has of somebody who was added as the provider told.
private struct ToldByProvider: Encodable {
    let issuer, subject: String
    let person: PersonSettings
}
