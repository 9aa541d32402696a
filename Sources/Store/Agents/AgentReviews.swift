import Foundation
import Postgres

/// An agent in a manager's list, with what waits for the manager.
public struct ReviewedAgent: Sendable, Identifiable {
    /// The agent's identifier.
    public let id: Int32
    /// How the agent is called, and by reference.
    public let name, ref: String
    /// The team they are in now.
    public let team: String?
    /// Objections that nobody has decided.
    public let objections: Int
    /// Comments of the last 30 days that could be released; none unless agents see what is released.
    public let comments: Int
    /// Replies to notes in the last 30 days.
    public let replies: Int
}

/// An answer as a manager reviews it.
public struct ReviewedAnswer: Sendable {
    /// The answer; its comment is there unless it is kept back.
    public let answer: OwnAnswer
    /// The reference of the complaint or interaction that was asked about.
    public let about: String?
}

/// What a manager reviews of one agent.
public struct AgentReview: Sendable {
    /// The agent.
    public let agent: AgentName
    /// Objections that wait, oldest first, then those decided, newest first.
    public let objections: [ReviewedAnswer]
    /// The newest comments of the last 90 days that could be released.
    public let comments: [ReviewedAnswer]
    /// The newest months' notes.
    public let notes: [AgentNote]
    /// Which comments agents see.
    public let showing: AgentComments
}

extension Store {
    /// The agents whom somebody sees: those for whom something waits first.
    ///
    /// - Parameters:
    ///   - teams: The teams that the person sees; nil for everything.
    ///   - text: A part of the name or reference; nil for all.
    public func reviewedAgents(
        seeing teams: [Int32]?, named text: String? = nil, limit: Int, now: Date
    ) async throws -> [ReviewedAgent] {
        let list = PostgresStatement(listReviewedAgents, teams, now, text, limit)
        return try await pool.read([list], within: restriction(to: teams))[0].map { row in
            ReviewedAgent(
                id: try row.decode("agent_id"), name: try row.decode("name"), ref: try row.decode("ref"),
                team: try row.decode("team"), objections: try row.decode("objections"),
                comments: try row.decode("comments"), replies: try row.decode("replies"))
        }
    }

    /// What there is to review of an agent; nil if somebody who sees these teams (nil for everything) does not see the agent.
    public func review(ofAgent agent: Int32, seeing teams: [Int32]?, now: Date) async throws -> AgentReview? {
        let results = try await pool.read(
            [
                PostgresStatement(findReviewedAgent, agent, teams),
                PostgresStatement(listObjections, agent),
                PostgresStatement(listUnreleased, agent, now),
                PostgresStatement(listNotes, agent, 12),
                PostgresStatement(listReplies, agent),
                PostgresStatement("select agent_comments, agent_comment_days from organisation"),
            ], within: restriction(to: teams))
        let found = try results[0].decodeFirst(
            Int32.self, String.self, String.self, Int32?.self, String?.self, Bool.self)
        guard let (id, ref, name, team, teamName, isActive) = found else { return nil }
        func answers(_ rows: PostgresRows) throws -> [ReviewedAnswer] {
            try rows.map { ReviewedAnswer(answer: try OwnAnswer($0), about: try $0.decode("about")) }
        }
        let (word, days) = try results[5].decodeOnly(String.self, Int.self)
        return AgentReview(
            agent: AgentName(id: id, ref: ref, name: name, team: team, teamName: teamName, isActive: isActive),
            objections: try answers(results[1]), comments: try answers(results[2]),
            notes: try AgentNote.notes(results[3], replies: results[4]), showing: AgentComments(word: word, days: days))
    }
}

/// Parameters: teams ($1, null for everything), now ($2), a part of the name ($3, null for all), how many ($4).
let listReviewedAgents: StaticString = """
    with objections as (
        select agent_id, count(*)
        from objection o join invitation i using (invitation_id)
        where o.words is not null and not exists (select from objection_decision d where d.objection_id = o.objection_id)
        group by agent_id
    ), comments as (
        select agent_id, count(*)
        from organisation cross join response r join invitation i using (invitation_id)
        where agent_comments = 'released' and r.comment is not null and answered_at >= $2::timestamptz - interval '30 days'
            and not exists (select from comment_release c where c.invitation_id = r.invitation_id)
            and not is_kept_back(r.invitation_id)
        group by agent_id
    ), replies as (
        select agent_id, count(*)
        from agent_note join agent_note_reply reply using (agent_note_id)
        where reply.written_at >= $2::timestamptz - interval '30 days'
        group by agent_id
    )
    select agent_id, agent.name, agent.ref, team.ref as team, coalesce(objections.count, 0) as objections,
        coalesce(comments.count, 0) as comments, coalesce(replies.count, 0) as replies
    from agent
    left join team using (team_id)
    left join objections using (agent_id)
    left join comments using (agent_id)
    left join replies using (agent_id)
    where ($1::int[] is null or team_id = any ($1))
        and (active or num_nonnulls(objections.count, comments.count, replies.count) > 0)
        and ($3::text is null or strpos(lower(agent.name), lower($3)) > 0 or strpos(lower(agent.ref), lower($3)) > 0)
    order by objections.count is null, comments.count is null, agent.name, agent_id
    limit $4
    """

private let findReviewedAgent: StaticString = """
    select agent_id, agent.ref, name, team_id, team.ref, active
    from agent left join team using (team_id)
    where agent_id = $1 and ($2::int[] is null or team_id = any ($2))
    """

/// Without those that wait and whose customer was erased: nobody decides them any more.
private let listObjections: StaticString = """
    select r.invitation_id, r.answered_at, r.language, nps::int, csat::int, ces::int, version.ces_points::int,
        version.ces_lower_is_better, resolved, case when not is_kept_back(r.invitation_id) then comment end as shown_comment,
        o.objection_id, o.raised_at, o.words as objection_words, d.is_accepted, d.reason, d.decided_at,
        person.name as decider, coalesce(complaint.ref, interaction.ref) as about
    from objection o
    join invitation i using (invitation_id)
    join response r using (invitation_id)
    join survey_version version using (survey_version_id)
    left join objection_decision d using (objection_id)
    left join person on person.person_id = d.decided_by
    left join complaint on complaint.complaint_id = i.complaint_id
    left join interaction on interaction.interaction_id = i.interaction_id
    where i.agent_id = $1 and (o.words is not null or d.objection_id is not null)
    order by d.decided_at desc nulls first, o.raised_at, o.objection_id
    limit 50
    """

/// Comments of the last 90 days; an invitation is open for fewer.
private let listUnreleased: StaticString = """
    select r.invitation_id, r.answered_at, r.language, nps::int, csat::int, ces::int, version.ces_points::int,
        version.ces_lower_is_better, resolved, comment as shown_comment,
        null::bigint as objection_id, coalesce(complaint.ref, interaction.ref) as about
    from organisation
    cross join (
        select * from invitation where agent_id = $1 and issued_at >= $2::timestamptz - interval '180 days'
    ) i
    join response r using (invitation_id)
    join survey_version version using (survey_version_id)
    left join complaint on complaint.complaint_id = i.complaint_id
    left join interaction on interaction.interaction_id = i.interaction_id
    where agent_comments = 'released' and comment is not null and answered_at >= $2::timestamptz - interval '90 days'
        and not exists (select from comment_release c where c.invitation_id = r.invitation_id)
        and not is_kept_back(r.invitation_id)
    order by answered_at desc, r.invitation_id
    limit 50
    """

extension Viewer {
    /// The teams whose agents somebody sees; nil for everything.
    public var reviewedTeams: [Int32]? { seesEverything ? nil : teams.sorted() }
}

/// Lets a transaction see only what belongs to these teams; nil for everything.
func restriction(to teams: [Int32]?) -> PostgresStatement? {
    teams.map { restricting(teams: $0, portfolios: []) }
}
