import Feedback
import Foundation
import Postgres

/// Whose customers are asked, in which zone its days are cut, and how its pages look.
public struct Organisation: Sendable, Equatable {
    /// The name that customers and readers see.
    public let name: String
    /// The IANA name of the zone.
    public let timeZone: String
    /// How many days a repeat contact breaks the resolution of the one before, unless its topic has a number of its own.
    public let repeatDays: Int
    /// From how many answers or contacts a figure is shown at all, and from how many in full.
    public let shownFrom: Int, fullFrom: Int
    /// Its own colours and logo.
    public let appearance: Appearance

    init(_ row: PostgresRow) throws {
        name = try row.decode("name")
        timeZone = try row.decode("time_zone")
        repeatDays = try row.decode("repeat_days")
        shownFrom = try row.decode("shown_from")
        fullFrom = try row.decode("full_from")
        let (light, dark): (String?, String?) = (try row.decode("accent_light"), try row.decode("accent_dark"))
        let logo: [UInt8]? = try row.decode("logo")
        appearance = Appearance(
            accents: light.flatMap { Colour($0) }.map { AccentColours(light: $0, dark: dark.flatMap { Colour($0) }) },
            logo: logo.flatMap { try? LogoImage($0) })
    }

    init(
        name: String, timeZone: String, repeatDays: Int = 7, shownFrom: Int = 5, fullFrom: Int = 30,
        appearance: Appearance = Appearance()
    ) {
        self.name = name
        self.timeZone = timeZone
        self.repeatDays = repeatDays
        self.shownFrom = shownFrom
        self.fullFrom = fullFrom
        self.appearance = appearance
    }
}

extension Organisation {
    /// The one row of its table.
    static func only(_ rows: PostgresRows) throws -> Organisation {
        guard let organisation = try rows.map(Organisation.init).first else { throw MissingOrganisation() }
        return organisation
    }
}

/// The row that the first migration makes is not there.
private struct MissingOrganisation: Error {}

extension Store {
    /// Reads the organisation.
    public func organisation() async throws -> Organisation {
        try Organisation.only(try await pool.query(readOrganisation))
    }

    /// Sets how many days a repeat contact about a topic breaks the resolution of the one before; nil for the organisation's.
    ///
    /// - Returns: Whether there is such a topic.
    public func setRepeatDays(
        _ days: Int?, ofTopic name: String, by actor: Actor, now: Date
    ) async throws -> Bool {
        try await pool.transaction { connection in
            let found = try await connection.query("select repeat_days from topic where name = $1 for update", name)
                .decode(Int?.self)
            guard let before = found.first else { return false }
            guard before != days else { return true }
            try await connection.query("update topic set repeat_days = $1 where name = $2", days, name)
            try await connection.query(markContactsStale)
            try await connection.query(markNamesStale)
            let event = try AuditEvent(
                "topic.change", of: "topic \(name)", before: ["repeatDays": before], after: ["repeatDays": days])
            try await connection.query(.record(event, by: actor, now: now))
            return true
        }
    }
}

let readOrganisation: StaticString = """
    select name, time_zone, repeat_days, shown_from, full_from, accent_light, accent_dark, logo from organisation
    """
