import Foundation
import Postgres

extension Store {
    /// Publishes the policy that decisions follow from now on.
    ///
    /// - Parameters:
    ///   - delay: How long after a resolution its customer is asked, in seconds.
    ///   - expiry: How long an invitation can be answered, in seconds.
    public func publishPolicy(delay: Int, expiry: Int, now: Date) async throws {
        try await pool.query(
            """
            insert into policy_version (delay, expiry, published_at)
            values ($1 * interval '1 second', $2 * interval '1 second', $3)
            """, delay, expiry, now)
    }
}
