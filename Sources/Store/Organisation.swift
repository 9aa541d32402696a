import Postgres

/// Whose customers are asked, and in which zone its days are cut.
public struct Organisation: Sendable, Equatable {
    /// The name that customers and readers see.
    public let name: String
    /// The IANA name of the zone.
    public let timeZone: String
}

extension Store {
    /// Reads the organisation.
    public func organisation() async throws -> Organisation {
        let (name, timeZone) = try await pool.query("select name, time_zone from organisation")
            .decodeOnly(String.self, String.self)
        return Organisation(name: name, timeZone: timeZone)
    }

    /// Sets the organisation's name or zone, leaving out what is nil. Another zone makes every day stale.
    ///
    /// - Throws: `PostgresError` with SQLSTATE 22023 for a zone that does not exist.
    public func setOrganisation(name: String?, timeZone: String?) async throws {
        try await pool.transaction { connection in
            try await connection.query(cellLock)
            let before = try await connection.query("select time_zone from organisation for update")
                .decodeOnly(String.self)
            try await connection.query(
                "update organisation set name = coalesce($1, name), time_zone = coalesce($2, time_zone)", name, timeZone
            )
            if let timeZone, timeZone != before { try await markEverythingStale(on: connection) }
        }
    }
}
