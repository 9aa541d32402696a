import Foundation
import Postgres

/// What was frozen when a customer was invited.
public struct Attribution: Sendable {
    /// The invitation's identifier.
    public let id: Int64
    /// The agent's reference, if one is known.
    public let agent: String?
    /// Whether a complaint was resolved, not just an interaction.
    public let isComplaint: Bool
    /// What is asked.
    public let surveyVersion: Int32
    /// The language it is asked in.
    public let language: String
}

extension Store {
    /// Lists what was frozen in the invitations that were issued at a moment, in their order.
    public func attributions(issuedAt: Date) async throws -> [Attribution] {
        try await pool.query(
            """
            select invitation_id, agent.ref as agent, complaint_id is not null as is_complaint, survey_version_id, language
            from invitation left join agent using (agent_id)
            where issued_at = $1
            order by invitation_id
            """, issuedAt
        ).map { row in
            Attribution(
                id: try row.decode("invitation_id"), agent: try row.decode("agent"),
                isComplaint: try row.decode("is_complaint"), surveyVersion: try row.decode("survey_version_id"),
                language: try row.decode("language"))
        }
    }
}
