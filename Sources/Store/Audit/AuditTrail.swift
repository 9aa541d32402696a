import Foundation
import Postgres

/// What was done, for the record.
public struct AuditEvent: Sendable, Equatable {
    /// Such as `sign-in` or `person.change`.
    public let action: String
    /// What it was done to, such as `person 7`.
    public let subject: String?
    /// What was there before, as JSON.
    public let before: String?
    /// What is there now, as JSON.
    public let after: String?

    /// Creates an event.
    public init(_ action: String, of subject: String? = nil) {
        self.action = action
        self.subject = subject
        before = nil
        after = nil
    }

    /// Creates an event with what was changed, which must not hold secrets.
    public init(
        _ action: String, of subject: String? = nil, before: (any Encodable)?, after: (any Encodable)?
    ) throws {
        self.action = action
        self.subject = subject
        self.before = try before.map(Self.json)
        self.after = try after.map(Self.json)
    }

    private static func json(_ value: any Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

/// A row of the record.
public struct AuditRow: Sendable {
    /// Its place in the record, beginning with 1.
    public let id: Int64
    /// When it was done.
    public let at: Date
    /// By whom and from where.
    public let actor: Actor
    /// The name of a person or key that did it, or the actor's own.
    public let actorName: String
    /// What was done.
    public let action: String
    /// What it was done to.
    public let subject: String?
    /// The name of a person or key that it was done to, or the subject's own.
    public let subjectName: String?
    /// What was there before and after, as JSON.
    public let before, after: String?
}

/// Which rows of the record are looked for; what is nil does not matter.
public struct AuditFilter: Sendable, Equatable {
    /// By whom, such as "person 3", or "person" for anybody of the kind.
    public var actor: String?
    /// What was done: an action, or the word that several begin with, such as "person".
    public var action: String?
    /// The first and the last day, in the organisation's zone.
    public var firstDay, lastDay: CalendarDay?

    /// Creates a filter that every row passes.
    public init() {}
}

extension PostgresStatement {
    /// Records an event; to stand last in a transaction, since the next one who records something waits for it.
    static func record(_ event: AuditEvent, by actor: Actor, now: Date) -> PostgresStatement {
        PostgresStatement(
            "select write_audit($1, $2, $3, $4, $5, $6::text::json, $7::text::json)", now, actor.name, actor.network,
            event.action, event.subject, event.before, event.after)
    }
}

extension Store {
    /// Records something that changed nothing in the database, such as an export.
    public func record(_ event: AuditEvent, by actor: Actor, now: Date) async throws {
        try await pool.query(.record(event, by: actor, now: now))
    }

    /// Rows of the record, newest first.
    ///
    /// - Parameter before: The number before which to go on.
    public func auditRows(
        matching filter: AuditFilter = AuditFilter(), before: Int64 = .max, limit: Int
    ) async throws -> [AuditRow] {
        try await pool.query(
            listAudit, before, limit, filter.actor, filter.action, filter.firstDay, filter.lastDay
        ).map { row in
            AuditRow(
                id: try row.decode("audit_id"), at: try row.decode("at"),
                actor: Actor(name: try row.decode("actor"), network: try row.decode("network")),
                actorName: try row.decode("actor_name"), action: try row.decode("action"),
                subject: try row.decode("subject"), subjectName: try row.decode("subject_name"),
                before: try row.decode("before"), after: try row.decode("after"))
        }
    }
}

private let listAudit: StaticString = """
    select audit_id, at, actor, actor_name(actor) as actor_name, network, action, subject,
        actor_name(subject) as subject_name, before::text, after::text
    from audit
    where audit_id < $1
        and ($3::text is null or actor = $3 or starts_with(actor, $3 || ' '))
        and ($4::text is null or action = $4 or starts_with(action, $4 || '.'))
        and ($5::date is null or at >= $5::timestamp at time zone (select time_zone from organisation))
        and ($6::date is null or at < ($6 + 1)::timestamp at time zone (select time_zone from organisation))
    order by audit_id desc
    limit $2
    """
