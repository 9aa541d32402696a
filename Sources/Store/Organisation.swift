import Postgres

/// Whose customers are asked, and in which zone its days are cut.
public struct Organisation: Sendable, Equatable {
    /// The name that customers and readers see.
    public let name: String
    /// The IANA name of the zone.
    public let timeZone: String
    /// How many days a repeat contact breaks the resolution of the one before, unless its topic has a number of its own.
    public let repeatDays: Int
    /// From how many answers or contacts a figure is shown at all, and from how many in full.
    public let shownFrom: Int, fullFrom: Int

    init(_ rows: PostgresRows) throws {
        (name, timeZone, repeatDays, shownFrom, fullFrom) = try rows.decodeOnly(
            String.self, String.self, Int.self, Int.self, Int.self)
    }

    init(name: String, timeZone: String, repeatDays: Int = 7, shownFrom: Int = 5, fullFrom: Int = 30) {
        self.name = name
        self.timeZone = timeZone
        self.repeatDays = repeatDays
        self.shownFrom = shownFrom
        self.fullFrom = fullFrom
    }
}

/// A zone that does not exist.
public struct UnknownTimeZone: Error, CustomStringConvertible {
    let name: String

    /// What is wrong and what would be right.
    public var description: String { "\"\(name)\" is not a time zone; use a name like America/New_York" }
}

extension Store {
    /// Reads the organisation.
    public func organisation() async throws -> Organisation {
        try Organisation(try await pool.query(readOrganisation))
    }

    /// Sets what is not nil of an organisation. Another zone makes every day stale.
    ///
    /// - Throws: ``UnknownTimeZone`` for a zone that does not exist, or `PostgresError` with a constraint: the name has 1 to 120
    ///   characters, there are 1 to 30 repeat days, and figures are shown from 1 answer at least and in full from no fewer.
    public func setOrganisation(
        name: String?, timeZone: String?, repeatDays: Int? = nil, shownFrom: Int? = nil, fullFrom: Int? = nil
    ) async throws {
        try await pool.transaction { connection in
            if let timeZone {
                // PostgreSQL also takes POSIX zones such as "UTC+2", which nobody means and nothing else knows.
                let isKnown = try await connection.query(
                    "select exists (select from pg_timezone_names where name = $1)", timeZone
                ).decodeOnly(Bool.self)
                guard isKnown else { throw UnknownTimeZone(name: timeZone) }
            }
            try await lockAllCells(on: connection)
            let before = try await connection.query("select time_zone from organisation for update")
                .decodeOnly(String.self)
            try await connection.query(
                """
                update organisation
                set name = coalesce($1, name), time_zone = coalesce($2, time_zone), repeat_days = coalesce($3, repeat_days),
                    shown_from = coalesce($4, shown_from), full_from = coalesce($5, full_from)
                """, name, timeZone, repeatDays, shownFrom, fullFrom)
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

let readOrganisation: StaticString = "select name, time_zone, repeat_days, shown_from, full_from from organisation"
