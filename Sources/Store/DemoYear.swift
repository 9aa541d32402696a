import Foundation
import Postgres

extension Store {
    /// Begins to fill an empty store with the demo's year, or goes on with a filling that was interrupted.
    ///
    /// - Returns: The moment the year ends at; nil if the store holds something else, or the whole year already.
    public func beginDemoYear(now: Date) async throws -> Date? {
        try await pool.query(
            """
            insert into demo_year (present)
            select $1 where not exists (select from interaction) and not exists (select from complaint)
            on conflict (only_row) do nothing
            """, now)
        return try await pool.query("select present from demo_year where not is_complete").decodeFirst(Date.self)
    }

    /// Notes that the demo's year is complete.
    public func completeDemoYear() async throws {
        try await pool.query("update demo_year set is_complete = true")
    }

    /// Whether the store holds the demo's year.
    public func holdsDemoYear() async throws -> Bool {
        try await pool.query("select exists (select from demo_year where is_complete)").decodeOnly(Bool.self)
    }
}
