import Postgres

/// Whose customers are asked, and in which zone its days are cut.
public struct Organisation: Sendable, Equatable {
    /// The name that customers and readers see.
    public let name: String
    /// The IANA name of the zone.
    public let timeZone: String
    /// How many days a repeat contact breaks the resolution of the one before, unless its topic has a number of its own.
    public let repeatDays: Int
}

extension Store {
    /// Reads the organisation.
    public func organisation() async throws -> Organisation {
        let (name, timeZone, repeatDays) = try await pool.query(readOrganisation)
            .decodeOnly(String.self, String.self, Int.self)
        return Organisation(name: name, timeZone: timeZone, repeatDays: repeatDays)
    }

    /// Sets the organisation's name, zone or repeat window, leaving out what is nil. Another zone makes every day stale.
    ///
    /// - Throws: `PostgresError` with SQLSTATE 22023 for a zone that does not exist, or the constraint
    ///   `organisation_repeat_days_range` unless there are 1 to 30 repeat days.
    public func setOrganisation(name: String?, timeZone: String?, repeatDays: Int? = nil) async throws {
        try await pool.transaction { connection in
            try await lockAllCells(on: connection)
            let before = try await connection.query("select time_zone from organisation for update")
                .decodeOnly(String.self)
            try await connection.query(
                """
                update organisation
                set name = coalesce($1, name), time_zone = coalesce($2, time_zone), repeat_days = coalesce($3, repeat_days)
                """, name, timeZone, repeatDays)
            if let timeZone, timeZone != before {
                try await emptyCells(on: connection)
            } else if repeatDays != nil {
                try await connection.query(markContactsStale)
            }
            try await connection.query(markNamesStale)
        }
    }

    /// Sets how many days a repeat contact about a topic breaks the resolution of the one before; nil for the organisation's.
    ///
    /// - Returns: Whether there is such a topic.
    public func setRepeatDays(_ days: Int?, ofTopic name: String) async throws -> Bool {
        try await pool.transaction { connection in
            let changed = try await connection.query("update topic set repeat_days = $1 where name = $2", days, name)
                .affected
            if changed > 0 {
                try await connection.query(markContactsStale)
                try await connection.query(markNamesStale)
            }
            return changed > 0
        }
    }
}

let readOrganisation: StaticString = "select name, time_zone, repeat_days from organisation"
