import Foundation
import Postgres

/// An agent's request that an answer does not count for them.
public struct Objection: Sendable, Equatable, Identifiable {
    /// The number by which it is decided.
    public let id: Int64
    /// The answer's invitation.
    public let invitation: Int64
    /// When it was raised.
    public let raisedAt: Date
    /// Why; nil once the customer was erased, or the time is over for which comments are kept.
    public let words: String?
    /// What a manager decided; nil while it waits.
    public let decision: Decision?

    /// What a manager decided about an objection.
    public struct Decision: Sendable, Equatable {
        /// Whether the answer does not count for the agent.
        public let isAccepted: Bool
        /// Why; nil as the words are.
        public let reason: String?
        /// When.
        public let at: Date
        /// Who.
        public let by: String
    }

    /// Reads an objection that was joined to something; nil where there is none.
    init?(joined row: PostgresRow) throws {
        guard let id: Int64 = try row.decode("objection_id") else { return nil }
        self.id = id
        invitation = try row.decode("invitation_id")
        raisedAt = try row.decode("raised_at")
        words = try row.decode("objection_words")
        decision =
            if let isAccepted: Bool = try row.decode("is_accepted") {
                Decision(
                    isAccepted: isAccepted, reason: try row.decode("reason"), at: try row.decode("decided_at"),
                    by: try row.decode("decider"))
            } else {
                nil
            }
    }
}

/// What became of an attempt to object.
public enum ObjectionOutcome: Sendable, Equatable {
    case raised
    /// There is one already.
    case alreadyRaised
    /// The person is not the agent whose answer it is, or there is no such answer.
    case notTheirs
}

/// What became of an attempt to decide.
public enum DecisionOutcome: Sendable, Equatable {
    case decided
    /// Somebody has decided it already.
    case alreadyDecided
    /// There is no such objection of an agent whom the person sees.
    case notTheirs
}

extension Store {
    /// Asks that an answer does not count for the agent whose it is.
    ///
    /// - Parameter person: Somebody who is that agent.
    public func raiseObjection(
        to invitation: Int64, words: String, by person: Int32, network: String?, now: Date
    ) async throws -> ObjectionOutcome {
        try await pool.transaction { connection in
            let isTheirs = try await connection.query(findOwnAnswer, person, invitation).decodeOnly(Bool.self)
            guard isTheirs else { return .notTheirs }
            let id = try await connection.query(
                """
                insert into objection (invitation_id, raised_at, raised_by, words) values ($1, $2, $3, $4)
                on conflict on constraint objection_to_an_answer_is_one do nothing
                returning objection_id
                """, invitation, now, person, words
            ).decodeFirst(Int64.self)
            guard let id else { return .alreadyRaised }
            // Without the words, which may tell of the customer: the record is never erased.
            let event = try AuditEvent(
                "objection.raise", of: "objection \(id)", before: nil, after: ["answer": invitation])
            try await connection.query(.record(event, by: .person(person, network: network), now: now))
            return .raised
        }
    }

    /// Accepts or declines an objection. What is accepted is kept out of the agent's figures from the next refresh on.
    ///
    /// - Parameter teams: The teams that the person sees; nil for everything.
    public func decideObjection(
        _ id: Int64, ofAgent agent: Int32, accepting isAccepted: Bool, reason: String, by person: Int32,
        seeing teams: [Int32]?, network: String?, now: Date
    ) async throws -> DecisionOutcome {
        try await pool.transaction { connection in
            let invitation = try await connection.read(
                PostgresStatement(findObjection, id, agent, teams, person), within: restriction(to: teams)
            ).decodeFirst(Int64.self)
            guard let invitation else { return .notTheirs }
            let decided = try await connection.query(
                """
                insert into objection_decision (objection_id, is_accepted, reason, decided_at, decided_by)
                values ($1, $2, $3, $4, $5)
                on conflict (objection_id) do nothing
                returning true
                """, id, isAccepted, reason, now, person
            ).decodeFirst(Bool.self)
            guard decided == true else { return .alreadyDecided }
            if isAccepted { try await connection.query(exclude, invitation, id, now) }
            let event = try AuditEvent(
                isAccepted ? "objection.accept" : "objection.decline", of: "objection \(id)", before: nil,
                after: isAccepted ? ["answer": invitation, "exclusion": invitation] : ["answer": invitation])
            try await connection.query(.record(event, by: .person(person, network: network), now: now))
            return .decided
        }
    }
}

private let findOwnAnswer: StaticString = """
    select exists (
        select from person p join invitation i using (agent_id) join response r using (invitation_id)
            join customer using (customer_id)
        where p.person_id = $1 and p.role = 'agent' and p.disabled_at is null and i.invitation_id = $2
            and not customer.is_erased)
    """

/// An objection of an agent whom somebody sees, and not their own. Of an erased customer nobody writes any more.
private let findObjection: StaticString = """
    select o.invitation_id
    from objection o join invitation i using (invitation_id) join agent a using (agent_id)
        join customer using (customer_id)
    where o.objection_id = $1 and i.agent_id = $2 and o.raised_by <> $4
        and ($3::int[] is null or a.team_id = any ($3)) and not customer.is_erased
    """

/// The answer's day is counted anew for whoever is told apart by agents; everything alone stays as it is.
private let exclude: StaticString = """
    with excluded as (
        insert into exclusion (invitation_id, objection_id, excluded_at) values ($1, $2, $3) returning invitation_id
    )
    insert into stale_day (fact, day)
    select 'answers', (r.answered_at at time zone time_zone)::date
    from excluded join response r using (invitation_id), organisation
    """
