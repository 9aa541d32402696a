import Foundation
import Postgres

/// What a customer answered about a contact with an agent.
public struct AgentAnswer: Sendable {
    /// The agent that was frozen when the customer was invited.
    public let agent: Int32
    /// When it was sent.
    public let answeredAt: Date
    /// What was written, if anything was, and it is not kept back.
    public let comment: String?
    /// The language of the page.
    public let language: String
    /// The likelihood to recommend, 0 to 10.
    public let nps: Int?
    /// Satisfaction, 1 to 5.
    public let csat: Int?
    /// Effort or ease, and the points of its scale.
    public let ces: Int?, cesPoints: Int?
    /// Whether it was resolved the first time.
    public let resolved: Bool?
    /// The complaint's reference, if one was resolved.
    public let complaint: String?
    /// The interaction's reference.
    public let interaction: String?
}

extension FigureSnapshot {
    /// The newest answers about some agents, looked for among the newest invitations that were issued before a moment.
    public func answers(
        aboutAgents agents: [Int32], within scope: FigureScope, before end: Date, most: Int = 20
    ) async throws -> [AgentAnswer] {
        try await connection.query(
            """
            select asked.agent_id, answered_at,
                case when comment is not null and not is_kept_back(newest.invitation_id) then comment end as comment, newest.language, nps, csat, ces, ces_points, resolved,
                complaint.ref as complaint, interaction.ref as interaction
            from unnest($1::int[]) asked (agent_id)
            cross join lateral (
                select r.invitation_id, answered_at, comment, r.language, nps, csat, ces, ces_points, resolved, complaint_id, interaction_id
                from (
                    select * from invitation i
                    where i.agent_id = asked.agent_id and issued_at < $2
                        and ($4::int[] is null or i.team_id = any ($4)) and ($5::int[] is null or i.portfolio_id = any ($5))
                    order by issued_at desc
                    limit 500
                ) i
                join response r using (invitation_id)
                where answered_at < $2
                order by answered_at desc, invitation_id
                limit $3
            ) newest
            left join complaint using (complaint_id)
            left join interaction on interaction.interaction_id = newest.interaction_id
            order by asked.agent_id, answered_at desc
            """, agents, end, most, scope.values(of: .team), scope.values(of: .portfolio)
        ).map { row in
            AgentAnswer(
                agent: try row.decode("agent_id"), answeredAt: try row.decode("answered_at"),
                comment: try row.decode("comment"), language: try row.decode("language"), nps: try row.decode("nps"),
                csat: try row.decode("csat"), ces: try row.decode("ces"), cesPoints: try row.decode("ces_points"),
                resolved: try row.decode("resolved"), complaint: try row.decode("complaint"),
                interaction: try row.decode("interaction"))
        }
    }
}
