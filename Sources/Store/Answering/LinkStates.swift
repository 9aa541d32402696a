import Foundation
import Postgres

/// What a link leads to at the moment.
public enum LinkState: Sendable, Equatable {
    /// The invitation can be answered.
    case open(surveyVersion: Int32, language: String)
    /// An answer is stored.
    case answered(surveyVersion: Int32, language: String)
    /// The time to answer is over.
    case expired(surveyVersion: Int32, language: String)
    /// There is no such invitation.
    case unknown
}

extension Store {
    /// Looks up many links in one statement.
    ///
    /// - Returns: The state of each invitation, in the order asked.
    public func linkStates(of invitations: [Int64], now: Date) async throws -> [LinkState] {
        try await pool.query(
            """
            select i.survey_version_id, i.language, i.expires_at > $2, coalesce(is_answered, false)
            from unnest($1::bigint[]) with ordinality asked (invitation_id, place)
            left join invitation i on i.invitation_id = asked.invitation_id
            -- Lateral, as in storeSubmissions: no plan may read the whole table.
            left join lateral (
                select true as is_answered from response r where r.invitation_id = asked.invitation_id offset 0
            ) r on true
            order by place
            """, invitations, now
        ).decode(Int32?.self, String?.self, Bool?.self, Bool.self).map { version, language, isOpen, isAnswered in
            guard let version, let language, let isOpen else { return .unknown }
            if isAnswered { return .answered(surveyVersion: version, language: language) }
            return isOpen
                ? .open(surveyVersion: version, language: language)
                : .expired(surveyVersion: version, language: language)
        }
    }
}
