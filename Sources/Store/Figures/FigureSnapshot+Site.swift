import Foundation
import Postgres

/// A survey version's publication.
public struct SurveyPublication: Sendable {
    /// The version's identifier, by which figures are told apart.
    public let id: Int32
    /// The survey's name and the version's number.
    public let name: String
    /// The version's number within its survey.
    public let number: Int
    /// When it was published.
    public let at: Date
}

extension FigureSnapshot {
    /// Every survey version's publication, oldest first.
    public func surveyPublications() async throws -> [SurveyPublication] {
        try await connection.query(
            """
            select survey_version_id, name, number, published_at from survey_version join survey using (survey_id)
            order by published_at, survey_version_id
            """
        ).decode(Int32.self, String.self, Int.self, Date.self).map {
            SurveyPublication(id: $0, name: $1, number: $2, at: $3)
        }
    }

    /// The months in which a scope's customers answered, newest first, such as "2026-11".
    public func answerMonths(_ scope: FigureScope) async throws -> [String] {
        guard let cut = CellCut(scope, by: .all, only: nil, teams: []) else { return [] }
        return try await connection.query(
            """
            select distinct to_char(day, 'YYYY-MM') from answer_cell
            where cut = $1::text::cut and within = any ($2) and ($3::int[] is null or value = any ($3))
            order by 1 desc
            """, cut.name, cut.within, cut.values
        ).decode(String.self)
    }

    /// The agents whom a scope has figures of or who belong to its teams, with their present team, by identifier; all of them for
    /// everything.
    public func agents(in scope: FigureScope) async throws -> [AgentName] {
        guard let cut = CellCut(scope, by: .agent, only: nil, teams: []) else { return [] }
        let isWithin = scope.dimension == .team || scope.dimension == .portfolio
        return try await connection.query(
            listAgents, isWithin ? cut.name : nil, cut.within, scope.values(of: .team), cut.values
        ).decode(Int32.self, String.self, String.self, Int32?.self, String?.self, Bool.self).map {
            AgentName(id: $0, ref: $1, name: $2, team: $3, teamName: $4, isActive: $5)
        }
    }
}

/// Parameters: the cut by agents (null when all have figures in the scope), within which values, the teams whose members are
/// wanted too, and which agents (null for all).
private let listAgents: StaticString = """
    select agent_id, agent.ref, name, team_id, team.ref, active
    from agent left join team using (team_id)
    where ($4::int[] is null or agent_id = any ($4)) and ($1::text is null or team_id = any ($3::int[]) or agent_id in (
        select value from handling_cell where cut = $1::text::cut and within = any ($2::int[])
        union all
        select value from asking_cell where cut = $1::text::cut and within = any ($2)
        union all
        select value from answer_cell where cut = $1::text::cut and within = any ($2)
        union all
        select value from contact_cell where cut = $1::text::cut and within = any ($2)
        union all
        select value from complaint_cell where cut = $1::text::cut and within = any ($2)
        union all
        select value from closing_cell where cut = $1::text::cut and within = any ($2)
    ))
    order by agent_id
    """

/// An agent as pages name them.
public struct AgentName: Sendable, Hashable {
    /// The identifier, by which figures are told apart.
    public let id: Int32
    /// The reference.
    public let ref: String
    /// The name.
    public let name: String
    /// The present team; figures go by the team at the time.
    public let team: Int32?
    /// The present team's name.
    public let teamName: String?
    /// Whether they still work there.
    public let isActive: Bool
}
