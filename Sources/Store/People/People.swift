import Foundation
import Postgres

/// Why a person cannot be added or changed.
public enum PersonProblem: Error, Equatable, CustomStringConvertible {
    /// Somebody has the address already.
    case emailIsTaken
    /// Nobody and nothing is called so.
    case unknown(kind: String, ref: String)
    /// A rule of the database refuses it, by the rule's name.
    case refused(String)
    /// There is no such person.
    case noSuchPerson
    /// It was another change that came first.
    case changedMeanwhile

    /// One sentence.
    public var description: String {
        switch self {
        case .emailIsTaken: "somebody has this e-mail address already"
        case .unknown(let kind, let ref): "there is no \(kind) \"\(ref)\""
        case .refused("person_is_an_agent_with_scores"):
            "an agent needs the agent they are, and nobody else may have one"
        case .refused("person_subject_is_unique"):
            "somebody is connected with this person of the identity provider already"
        case .refused(let rule): "the database refuses it: \(rule)"
        case .noSuchPerson: "there is no such person"
        case .changedMeanwhile:
            "somebody else has changed this person meanwhile; below is what holds now, and nothing was saved"
        }
    }
}

extension Store {
    /// Everybody, in the order of their names.
    public func people() async throws -> [Person] {
        try await pool.query(listPeople, nil as Int32?, nil as String?).map(Person.init)
    }

    /// A person by number.
    public func person(_ id: Int32) async throws -> Person? {
        try await pool.query(listPeople, id, nil as String?).map(Person.init).first
    }

    /// A person by the address they sign in with.
    public func person(email: String) async throws -> Person? {
        try await pool.query(listPeople, nil as Int32?, email.lowercased()).map(Person.init).first
    }

    /// Adds a person, who sets their password by a link.
    ///
    /// - Throws: ``PersonProblem``.
    public func addPerson(_ settings: PersonSettings, by actor: Actor, now: Date) async throws -> Person {
        let id = try await changing { connection in
            let agent = try await identifier(of: settings.agent, on: connection)
            let id = try await connection.query(
                """
                insert into person (email, name, role, agent_id, sees_everything, created_at)
                values ($1, $2, $3::text::role, $4, $5, $6) returning person_id
                """, settings.email, settings.name, settings.role, agent, settings.seesEverything, now
            ).decodeOnly(Int32.self)
            try await replaceScope(of: id, by: settings, on: connection)
            let event = try AuditEvent("person.add", of: "person \(id)", before: nil, after: settings)
            try await connection.query(.record(event, by: actor, now: now))
            return id
        }
        guard let person = try await person(id) else { throw PersonProblem.noSuchPerson }
        return person
    }

    /// Changes what a person is and sees; what servers know of their sessions is forgotten at once.
    ///
    /// - Parameter isExpected: Whether what is set now is what the change began from.
    /// - Throws: ``PersonProblem``.
    public func changePerson(
        _ id: Int32, to settings: PersonSettings, by actor: Actor, now: Date,
        from isExpected: @Sendable (PersonSettings) -> Bool = { _ in true }
    ) async throws {
        try await changing { connection in
            // Whoever changes the same person at the same time waits here, so that the record tells what was there before.
            try await connection.query("select from person where person_id = $1 for update", id)
            let known = try await connection.query(listPeople, id, nil as String?).map(Person.init).first
            guard let known else { throw PersonProblem.noSuchPerson }
            guard isExpected(PersonSettings(known)) else { throw PersonProblem.changedMeanwhile }
            try await update(id, to: settings, on: connection)
            let event = try AuditEvent(
                "person.change", of: "person \(id)", before: PersonSettings(known), after: settings)
            try await connection.query(.record(event, by: actor, now: now))
        }
    }

    /// Lets a person in no more, and ends their sessions; or lets them in again.
    ///
    /// - Returns: Whether anything changed.
    public func setDisabled(_ isDisabled: Bool, person id: Int32, by actor: Actor, now: Date) async throws -> Bool {
        try await pool.transaction { connection in
            let changed = try await connection.query(
                "update person set disabled_at = $2 where person_id = $1 and (disabled_at is null) = ($2 is not null)",
                id,
                isDisabled ? now : nil)
            guard changed.affected == 1 else { return false }
            if isDisabled {
                try await connection.query("delete from session where person_id = $1", id)
                try await connection.query("delete from password_link where person_id = $1", id)
            }
            let event = AuditEvent(isDisabled ? "person.disable" : "person.enable", of: "person \(id)")
            try await connection.query(.record(event, by: actor, now: now))
            return true
        }
    }

    /// The references of the first agent who has a team, and of that team, such as for a demo.
    public func firstAgent() async throws -> (agent: String, team: String)? {
        try await pool.query(
            "select agent.ref, team.ref from agent join team using (team_id) order by agent.ref limit 1"
        ).decodeFirst(String.self, String.self)
    }

    /// A transaction whose refusals by the rules of people become ``PersonProblem``.
    func changing<R: Sendable>(
        _ body: @Sendable (isolated PostgresConnection) async throws -> R
    ) async throws -> R {
        do {
            return try await pool.transaction { try await body($0) }
        } catch let error as PostgresError {
            switch error.constraint {
            case "person_email_is_unique": throw PersonProblem.emailIsTaken
            case let rule? where rule.hasPrefix("person_"): throw PersonProblem.refused(rule)
            default: throw error
            }
        }
    }

    /// Makes a person what settings say.
    func update(
        _ id: Int32, to settings: PersonSettings, on connection: isolated PostgresConnection
    ) async throws {
        let agent = try await identifier(of: settings.agent, on: connection)
        try await connection.query(
            """
            update person set email = $2, name = $3, role = $4::text::role, agent_id = $5, sees_everything = $6
            where person_id = $1
            """, id, settings.email, settings.name, settings.role, agent, settings.seesEverything)
        try await replaceScope(of: id, by: settings, on: connection)
    }

    /// The agent of a reference.
    func identifier(of agent: String?, on connection: isolated PostgresConnection) async throws -> Int32? {
        guard let agent else { return nil }
        let id = try await connection.query("select agent_id from agent where ref = $1", agent).decodeFirst(Int32.self)
        guard let id else { throw PersonProblem.unknown(kind: "agent", ref: agent) }
        return id
    }

    /// Lets a quality manager see these teams and portfolios and no others.
    func replaceScope(
        of id: Int32, by settings: PersonSettings, on connection: isolated PostgresConnection
    ) async throws {
        try await connection.query("delete from person_team where person_id = $1", id)
        try await connection.query("delete from person_portfolio where person_id = $1", id)
        for (kind, refs, statement) in [
            ("team", settings.teams, "insert into person_team select $1, team_id from team where ref = $2"),
            (
                "portfolio", settings.portfolios,
                "insert into person_portfolio select $1, portfolio_id from portfolio where ref = $2"
            ),
        ] as [(String, [String], StaticString)] {
            for ref in Set(refs).sorted() where try await connection.query(statement, id, ref).affected == 0 {
                throw PersonProblem.unknown(kind: kind, ref: ref)
            }
        }
    }
}

extension PersonSettings {
    /// What is set of a person now.
    public init(_ person: Person) {
        self.init(
            email: person.email, name: person.name, role: person.role, agent: person.agent,
            seesEverything: person.seesEverything, teams: person.teams, portfolios: person.portfolios)
    }
}

let listPeople: StaticString = """
    select person_id, email, person.name, role::text as role, agent.ref as agent, sees_everything,
        array(
            select ref from person_team join team using (team_id) where person_team.person_id = person.person_id order by ref
        ) as teams,
        array(
            select ref from person_portfolio join portfolio using (portfolio_id)
            where person_portfolio.person_id = person.person_id order by ref
        ) as portfolios,
        password_hash is not null as has_password, issuer is not null as is_provided, totp_confirmed_at is not null as has_second_factor, created_at, disabled_at
    from person left join agent using (agent_id)
    where person_id = coalesce($1, person_id) and email = coalesce($2, email)
    order by person.name, person_id
    """
