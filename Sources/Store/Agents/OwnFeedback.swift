import Foundation
import Postgres

/// One answer as the agent whom it is about may see it: nothing of it leads to the customer.
public struct OwnAnswer: Sendable, Identifiable {
    /// The answer's invitation.
    public let id: Int64
    /// When it was given.
    public let answeredAt: Date
    /// What was written, if the agent may read it.
    public let comment: String?
    /// The language of the page.
    public let language: String
    /// The scores; nil where the question was left out or not asked.
    public let nps, csat, ces: Int?
    /// The points of the effort scale.
    public let cesPoints: Int?
    /// Whether a low effort score is the good one.
    public let cesLowerIsBetter: Bool?
    /// Whether it was resolved the first time.
    public let resolved: Bool?
    /// What the agent said against it.
    public let objection: Objection?

    init(_ row: PostgresRow) throws {
        id = try row.decode("invitation_id")
        answeredAt = try row.decode("answered_at")
        comment = try row.decode("shown_comment")
        language = try row.decode("language")
        nps = try row.decode("nps")
        csat = try row.decode("csat")
        ces = try row.decode("ces")
        cesPoints = try row.decode("ces_points")
        cesLowerIsBetter = try row.decode("ces_lower_is_better")
        resolved = try row.decode("resolved")
        objection = try Objection(joined: row)
    }
}

/// What an agent reads about their own work besides figures.
public struct OwnFeedback: Sendable {
    /// The newest answers, newest first.
    public let answers: [OwnAnswer]
    /// The newest answers that the agent objected to, without their comments.
    public let objections: [OwnAnswer]
    /// How many of their customers' follow-ups are open, by reason.
    public let openFollowUps: [(reason: FollowUp.Reason, count: Int)]
    /// The newest months' notes.
    public let notes: [AgentNote]
    /// Which comments agents see.
    public let comments: AgentComments
}

extension FigureSnapshot {
    /// Reads what an agent may read about their own work, in one round trip.
    ///
    /// - Parameter most: How many answers to list.
    public func ownFeedback(ofAgent agent: Int32, now: Date, most: Int = 20) async throws -> OwnFeedback {
        let results = try await connection.pipeline([
            PostgresStatement(listOwnAnswers, agent, now, most),
            PostgresStatement(listOwnObjections, agent),
            PostgresStatement(countOwnFollowUps, agent),
            PostgresStatement(listNotes, agent, 6),
            PostgresStatement(listReplies, agent),
            PostgresStatement("select agent_comments, agent_comment_days from organisation"),
        ])
        let counts = Dictionary(try results[2].decode(String.self, Int.self)) { first, _ in first }
        let (word, days) = try results[5].decodeOnly(String.self, Int.self)
        return OwnFeedback(
            answers: try results[0].map(OwnAnswer.init), objections: try results[1].map(OwnAnswer.init),
            openFollowUps: FollowUp.Reason.allCases.map { ($0, counts[$0.rawValue] ?? 0) },
            notes: try AgentNote.notes(results[3], replies: results[4]),
            comments: AgentComments(word: word, days: days))
    }

    /// The agents who work in the team that an agent is in now, the agent among them; only the agent without a team.
    public func teammates(ofAgent agent: Int32) async throws -> [Int32] {
        try await connection.query(
            """
            select agent_id from agent
            where agent_id = $1 or active and team_id = (select team_id from agent where agent_id = $1)
            """, agent
        ).decode(Int32.self)
    }
}

/// Columns of objections with their decisions; see ``Objection/init(joined:)``.
///
/// A comment is shown by the organisation's choice, and never when it is kept back.
private let listOwnAnswers: StaticString = """
    select newest.invitation_id, answered_at, newest.language, nps::int, csat::int, ces::int, version.ces_points::int,
        version.ces_lower_is_better, resolved,
        case when comment is not null and not is_kept_back(newest.invitation_id) and case agent_comments
                when 'all' then true
                when 'delayed' then answered_at <= $2::timestamptz - agent_comment_days * interval '1 day'
                else exists (select from comment_release c where c.invitation_id = newest.invitation_id)
            end then comment end as shown_comment,
        o.objection_id, o.raised_at, o.words as objection_words, d.is_accepted, d.reason, d.decided_at, person.name as decider
    from (
        select r.*, i.survey_version_id
        from (select * from invitation where agent_id = $1 and issued_at < $2 order by issued_at desc limit 500) i
        join response r using (invitation_id)
        where answered_at < $2
        order by answered_at desc, invitation_id
        limit $3
    ) newest
    join survey_version version using (survey_version_id)
    cross join organisation
    left join objection o on o.invitation_id = newest.invitation_id
    left join objection_decision d on d.objection_id = o.objection_id
    left join person on person.person_id = d.decided_by
    order by answered_at desc, newest.invitation_id
    """

private let listOwnObjections: StaticString = """
    select r.invitation_id, r.answered_at, r.language, nps::int, csat::int, ces::int, version.ces_points::int,
        version.ces_lower_is_better, resolved, null::text as shown_comment,
        o.objection_id, o.raised_at, o.words as objection_words, d.is_accepted, d.reason, d.decided_at, person.name as decider
    from objection o
    join invitation i using (invitation_id)
    join response r using (invitation_id)
    join survey_version version using (survey_version_id)
    left join objection_decision d using (objection_id)
    left join person on person.person_id = d.decided_by
    where i.agent_id = $1
    order by o.raised_at desc, o.objection_id desc
    limit 20
    """

private let countOwnFollowUps: StaticString = """
    select reason::text, count(*) from follow_up join invitation using (invitation_id)
    where closed_at is null and agent_id = $1
    group by reason
    """
