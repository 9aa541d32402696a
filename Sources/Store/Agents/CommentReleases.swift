import Foundation
import Postgres

extension Store {
    /// Lets an agent read a comment about their work.
    ///
    /// - Parameter teams: The teams that the person sees; nil for everything.
    /// - Returns: Whether it was released: it is the agent's, the person sees it, it is not kept back, and was not released before.
    public func releaseComment(
        of invitation: Int64, toAgent agent: Int32, by person: Int32, seeing teams: [Int32]?, network: String?,
        now: Date
    ) async throws -> Bool {
        try await pool.transaction { connection in
            let released = try await connection.query(release, invitation, agent, person, teams, now)
                .decodeFirst(Int64.self)
            guard released != nil else { return false }
            let event = try AuditEvent(
                "comment.release", of: "answer \(invitation)", before: nil, after: ["agent": agent])
            try await connection.query(.record(event, by: .person(person, network: network), now: now))
            return true
        }
    }
}

private let release: StaticString = """
    insert into comment_release (invitation_id, released_at, released_by)
    select r.invitation_id, $5, $3
    from invitation i join response r using (invitation_id) join agent a using (agent_id)
    where i.invitation_id = $1 and i.agent_id = $2 and r.comment is not null and not is_kept_back(r.invitation_id)
        and ($4::int[] is null or a.team_id = any ($4) and i.team_id = any ($4))
    on conflict (invitation_id) do nothing
    returning invitation_id
    """
