import Foundation
import Postgres

/// One answer as it was given, with what was frozen when its customer was invited.
public struct GivenAnswer: Sendable {
    /// When it was sent.
    public let answeredAt: Date
    /// The scores; nil where the question was left out or not asked.
    public let nps, csat, ces: Int?
    /// The effort scale of the survey version.
    public let cesPoints: Int?
    /// Whether a low effort score is the good one.
    public let cesLowerIsBetter: Bool?
    /// Whether it was resolved the first time.
    public let resolved: Bool?
    /// What was written; nil if it is kept back.
    public let comment: String?
    /// Whether what was written is only for those who look after its writer.
    public let isKeptBack: Bool
    /// The language of the page.
    public let language: String
    /// References of what was resolved.
    public let complaint, interaction: String?
    /// The agent, as frozen when the customer was invited.
    public let agent: Int32?
    public let agentName, team, topic: String?
    /// The survey's name and the version's number.
    public let survey: String
    /// Whether it may not be a person's own; see the cells of answers.
    public let isSuspect: Bool
}

/// How many answers there are.
public struct AnswerNumbers: Sendable, Equatable {
    /// Every answer.
    public let all: Int
    /// Those with a comment.
    public let withComment: Int

    /// Creates numbers.
    public init(all: Int, withComment: Int) {
        self.all = all
        self.withComment = withComment
    }
}

extension FigureSnapshot {
    /// The answers of a time within a scope: those with a comment first, then the others, newest first.
    public func answers(
        _ scope: FigureScope, from start: Date, before end: Date, most: Int
    ) async throws -> [GivenAnswer] {
        try await connection.query(
            PostgresStatement(listAnswers, parameters: answerParameters(scope, start, end) + [most])
        ).map { row in
            GivenAnswer(
                answeredAt: try row.decode("answered_at"), nps: try row.decode("nps"), csat: try row.decode("csat"),
                ces: try row.decode("ces"), cesPoints: try row.decode("ces_points"),
                cesLowerIsBetter: try row.decode("ces_lower_is_better"), resolved: try row.decode("resolved"),
                comment: try row.decode("shown_comment"), isKeptBack: try row.decode("is_kept_back"),
                language: try row.decode("language"), complaint: try row.decode("complaint"),
                interaction: try row.decode("interaction"),
                agent: try row.decode("agent_id"), agentName: try row.decode("agent"), team: try row.decode("team"),
                topic: try row.decode("topic"), survey: try row.decode("survey"),
                isSuspect: try row.decode("suspect"))
        }
    }

    /// Counts the answers of a time within a scope.
    public func answerNumbers(_ scope: FigureScope, from start: Date, before end: Date) async throws -> AnswerNumbers {
        let (all, commented) = try await connection.query(
            PostgresStatement(
                scope == .everything ? countAllAnswers : countAnswers,
                parameters: scope == .everything ? [start, end] : answerParameters(scope, start, end))
        ).decodeOnly(Int.self, Int.self)
        return AnswerNumbers(all: all, withComment: commented)
    }

    private func answerParameters(
        _ scope: FigureScope, _ start: Date, _ end: Date
    ) -> [any PostgresEncodable] {
        [
            start, end, scope.values(of: .team), scope.values(of: .portfolio), scope.values(of: .agent),
        ]
    }
}

/// Both halves walk backwards through the index by time and stop at the limit; names are looked up for what is listed only.
let listAnswers: StaticString = """
    with listed as materialized (
        (
            select r.*, i.customer_id, i.issued_at, i.survey_version_id, i.complaint_id, i.interaction_id, i.agent_id,
                i.team_id, i.topic_id
            from response r join invitation i using (invitation_id)
            where r.answered_at >= $1 and r.answered_at < $2 and r.comment is not null
                and ($3::int[] is null or i.team_id = any ($3)) and ($4::int[] is null or i.portfolio_id = any ($4))
                and ($5::int[] is null or i.agent_id = any ($5))
            order by r.answered_at desc, r.invitation_id desc
            limit $6
        )
        union all
        (
            select r.*, i.customer_id, i.issued_at, i.survey_version_id, i.complaint_id, i.interaction_id, i.agent_id,
                i.team_id, i.topic_id
            from response r join invitation i using (invitation_id)
            where r.answered_at >= $1 and r.answered_at < $2 and r.comment is null
                and ($3::int[] is null or i.team_id = any ($3)) and ($4::int[] is null or i.portfolio_id = any ($4))
                and ($5::int[] is null or i.agent_id = any ($5))
            order by r.answered_at desc, r.invitation_id desc
            limit $6
        )
    )
    select answered_at, nps::int, csat::int, ces::int, version.ces_points::int, version.ces_lower_is_better, resolved,
        case when not kept.is_kept_back then comment end as shown_comment, kept.is_kept_back, l.language, complaint.ref as complaint, interaction.ref as interaction, l.agent_id, agent.name as agent,
        team.ref as team, topic.name as topic, survey.name || ' ' || version.number as survey,
        answered_at < issued_at + interval '10 seconds'
            or exists (
                select from invitation other join response earlier using (invitation_id)
                where other.customer_id = l.customer_id and earlier.answered_at > l.answered_at - interval '60 seconds'
                    and (earlier.answered_at, earlier.invitation_id) < (l.answered_at, l.invitation_id)
            ) as suspect
    from listed l
    join survey_version version using (survey_version_id)
    join survey using (survey_id)
    left join complaint on complaint.complaint_id = l.complaint_id
    left join interaction on interaction.interaction_id = l.interaction_id
    left join agent on agent.agent_id = l.agent_id
    left join team on team.team_id = l.team_id
    left join topic on topic.topic_id = l.topic_id
    cross join lateral (select comment is not null and is_kept_back(l.invitation_id) as is_kept_back) kept
    order by comment is null, answered_at desc, invitation_id desc
    limit $6
    """

private let countAllAnswers: StaticString = """
    select count(*), count(comment) from response where answered_at >= $1 and answered_at < $2
    """

private let countAnswers: StaticString = """
    select count(*), count(comment) from response r join invitation i using (invitation_id)
    where r.answered_at >= $1 and r.answered_at < $2
        and ($3::int[] is null or i.team_id = any ($3)) and ($4::int[] is null or i.portfolio_id = any ($4))
        and ($5::int[] is null or i.agent_id = any ($5))
    """
