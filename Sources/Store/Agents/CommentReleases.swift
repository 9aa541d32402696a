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
            let seen = try await connection.read(
                PostgresStatement(findAnswer, invitation, agent, teams), within: restriction(to: teams)
            ).decodeFirst(Bool.self)
            guard seen != nil else { return false }
            let released = try await connection.query(
                """
                insert into comment_release (invitation_id, released_at, released_by) values ($1, $2, $3)
                on conflict (invitation_id) do nothing
                """, invitation, now, person)
            guard released.affected == 1 else { return false }
            let event = try AuditEvent(
                "comment.release", of: "answer \(invitation)", before: nil, after: ["agent": agent])
            try await connection.query(.record(event, by: .person(person, network: network), now: now))
            return true
        }
    }
}

/// An answer with a comment that is not kept back, of an agent whom somebody sees.
private let findAnswer: StaticString = """
    select true
    from invitation i join response r using (invitation_id) join agent a using (agent_id)
    where i.invitation_id = $1 and i.agent_id = $2 and r.comment is not null and not is_kept_back(r.invitation_id)
        and ($3::int[] is null or a.team_id = any ($3))
    """
