import Foundation
import Postgres

/// One invitation and where it stands.
public struct Invitation: Sendable {
    /// Where an invitation stands.
    public enum State: String, Sendable {
        case open, answered, expired
    }

    /// The invitation's identifier, which its link's token proves.
    public let id: Int64
    /// The reference of the complaint that was resolved, if it was one.
    public let complaint: String?
    /// The reference of the interaction that is attributed.
    public let interaction: String?
    /// The customer's reference.
    public let customer: String
    /// The language it is asked in.
    public let language: String
    /// When it was issued.
    public let issuedAt: Date
    /// When its link stops working.
    public let expiresAt: Date
    /// Where it stands.
    public let state: State
}

extension Store {
    /// Lists invitations, newest first, by keyset.
    ///
    /// - Parameters:
    ///   - onlyOpen: Whether to leave out those that are answered or expired.
    ///   - before: The last identifier of the page before, or nil for the first page.
    ///   - limit: How many at the most.
    public func invitations(
        onlyOpen: Bool, before: Int64? = nil, limit: Int, now: Date
    ) async throws -> [Invitation] {
        try await pool.query(
            """
            select i.invitation_id, complaint.ref as complaint, interaction.ref as interaction, customer.ref as customer,
                i.language, i.issued_at, i.expires_at, case
                    when response.invitation_id is not null then 'answered'
                    when i.expires_at > $2 then 'open'
                    else 'expired'
                end as state
            from invitation i
            join customer using (customer_id)
            left join complaint using (complaint_id)
            left join interaction on interaction.interaction_id = i.interaction_id
            left join response on response.invitation_id = i.invitation_id
            where i.invitation_id < coalesce($1, 9223372036854775807)
                and (not $4 or (i.expires_at > $2 and response.invitation_id is null))
            order by i.invitation_id desc
            limit $3
            """, before, now, limit, onlyOpen
        ).map { row in
            Invitation(
                id: try row.decode("invitation_id"), complaint: try row.decode("complaint"),
                interaction: try row.decode("interaction"), customer: try row.decode("customer"),
                language: try row.decode("language"), issuedAt: try row.decode("issued_at"),
                expiresAt: try row.decode("expires_at"),
                state: Invitation.State(rawValue: try row.decode("state")) ?? .expired)
        }
    }
}
