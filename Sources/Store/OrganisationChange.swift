import Crypto
import Feedback
import Foundation
import People
import Postgres

/// What becomes of something that need not be there.
public enum Replacement<Value: Sendable>: Sendable {
    case kept
    case removed
    case set(Value)

    /// What there is afterwards.
    func applied(to old: Value?) -> Value? {
        switch self {
        case .kept: old
        case .removed: nil
        case .set(let new): new
        }
    }
}

/// What is to be changed of an organisation; what is nil stays.
public struct OrganisationChange: Sendable {
    /// The name that customers and readers see.
    public var name: String?
    /// The IANA name of a zone.
    public var timeZone: String?
    /// Within how many days a further contact is a repeat, and from how many answers figures are shown, and in full.
    public var repeatDays, shownFrom, fullFrom: Int?
    /// Its own colours.
    public var accents = Replacement<AccentColours>.kept
    /// The picture beside its name.
    public var logo = Replacement<LogoImage>.kept

    /// Creates a change of nothing.
    public init() {}
}

/// Why an organisation cannot be changed so.
public enum OrganisationProblem: Error, Equatable, CustomStringConvertible {
    case name
    case disclosing(word: String)
    case timeZone(String)
    case repeatDays
    case shownFrom
    case fullFrom
    case unreadable(AccentColour)

    /// What is wrong and what would be right.
    public var description: String {
        switch self {
        case .name: "the name has 1 to 120 characters, in one line"
        case .disclosing(let word):
            "\"\(word)\" would tell a bystander about a debt: the name stands on every customer's page"
        case .timeZone(let name): "\"\(name)\" is not a time zone; use a name like America/New_York"
        case .repeatDays: "repeat contacts count within 1 to 30 days"
        case .shownFrom: "figures are shown from 1 answer or more: nothing can be shown of no answers"
        case .fullFrom: "figures cannot be shown in full from fewer answers than they are shown from at all"
        case .unreadable(let accent):
            "\(accent.colour.text) cannot be read in the \(accent.scheme.rawValue): "
                + accent.checks.filter { !$0.isPassed }.map {
                    "\($0.what.prefix(1).lowercased() + $0.what.dropFirst()) \($0.ratio.ratioText) instead of "
                        + $0.least.ratioText
                }.joined(separator: ", ") + "; the nearest that can is \(accent.nearestReadable.colour.text)"
        }
    }
}

extension Double {
    /// A contrast as it is written, such as "4.5:1"; cut and not rounded, since 4.49 is too little.
    public var ratioText: String {
        let tenths = Int((self * 10).rounded(.down))
        return tenths.isMultiple(of: 10) ? "\(tenths / 10):1" : "\(tenths / 10).\(tenths % 10):1"
    }
}

extension Store {
    /// Changes the organisation. Another zone makes every day stale, and every page is made anew.
    ///
    /// - Returns: Whether anything is another than before.
    /// - Throws: ``OrganisationProblem``.
    public func changeOrganisation(_ change: OrganisationChange, by actor: Actor, now: Date) async throws -> Bool {
        if let name = change.name {
            guard !name.contains(where: \.isNewline), !name.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
                throw OrganisationProblem.name
            }
            if let word = disclosingWords(in: name).first { throw OrganisationProblem.disclosing(word: word) }
        }
        if case .set(let accents) = change.accents, let accent = accents.unreadable.first {
            throw OrganisationProblem.unreadable(accent)
        }
        do {
            return try await pool.transaction { try await self.change(change, by: actor, now: now, on: $0) }
        } catch let error as PostgresError {
            throw OrganisationProblem(error) ?? error
        }
    }

    private func change(
        _ change: OrganisationChange, by actor: Actor, now: Date, on connection: isolated PostgresConnection
    ) async throws -> Bool {
        if let timeZone = change.timeZone {
            // PostgreSQL also takes POSIX zones such as "UTC+2", which nobody means and nothing else knows.
            let isKnown = try await connection.query(
                "select exists (select from pg_timezone_names where name = $1)", timeZone
            ).decodeOnly(Bool.self)
            guard isKnown else { throw OrganisationProblem.timeZone(timeZone) }
        }
        try await lockAllCells(on: connection)
        try await connection.query("select from organisation for update")
        let before = try Organisation.only(try await connection.query(readOrganisation))
        let accents = change.accents.applied(to: before.appearance.accents)
        let logo = change.logo.applied(to: before.appearance.logo)
        let after = Organisation(
            name: change.name ?? before.name, timeZone: change.timeZone ?? before.timeZone,
            repeatDays: change.repeatDays ?? before.repeatDays, shownFrom: change.shownFrom ?? before.shownFrom,
            fullFrom: change.fullFrom ?? before.fullFrom, appearance: Appearance(accents: accents, logo: logo))
        guard after != before else { return false }
        try await connection.query(
            """
            update organisation
            set name = $1, time_zone = $2, repeat_days = $3, shown_from = $4, full_from = $5, accent_light = $6,
                accent_dark = $7, logo = $8
            """, after.name, after.timeZone, after.repeatDays, after.shownFrom, after.fullFrom,
            accents?.light.colour.text, accents?.dark.colour.text, logo?.bytes)
        if after.timeZone != before.timeZone {
            try await emptyCells(on: connection)
        } else if after.repeatDays != before.repeatDays {
            try await connection.query(markContactsStale)
        }
        try await connection.query(markNamesStale)
        let event = try AuditEvent(
            "organisation.change", before: OrganisationRecord(before), after: OrganisationRecord(after))
        try await connection.query(.record(event, by: actor, now: now))
        return true
    }
}

extension OrganisationProblem {
    fileprivate init?(_ error: PostgresError) {
        switch error.constraint {
        case "organisation_name_length": self = .name
        case "organisation_repeat_days_range": self = .repeatDays
        case "organisation_shown_from_is_positive": self = .shownFrom
        case "organisation_full_from_is_not_less": self = .fullFrom
        default: return nil
        }
    }
}

/// An organisation as the record has it; of a logo, what tells it from another.
private struct OrganisationRecord: Encodable {
    let name, timeZone: String
    let repeatDays, shownFrom, fullFrom: Int
    let accent, accentByNight, logo: String?

    init(_ organisation: Organisation) {
        name = organisation.name
        timeZone = organisation.timeZone
        (repeatDays, shownFrom, fullFrom) = (organisation.repeatDays, organisation.shownFrom, organisation.fullFrom)
        accent = organisation.appearance.accents?.light.colour.text
        accentByNight = organisation.appearance.accents?.dark.colour.text
        logo = organisation.appearance.logo.map { logo in
            let hash = SHA256.hash(data: logo.bytes).prefix(8).hexadecimal
            return "\(logo.kind.rawValue), \(logo.width) by \(logo.height), \(hash)"
        }
    }
}
