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
    /// What was done.
    public let action: String
    /// What it was done to.
    public let subject: String?
    /// What was there before and after, as JSON.
    public let before, after: String?
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
    public func auditRows(before: Int64 = .max, limit: Int) async throws -> [AuditRow] {
        try await pool.query(
            """
            select audit_id, at, actor, network, action, subject, before::text, after::text
            from audit where audit_id < $1 order by audit_id desc limit $2
            """, before, limit
        ).map { row in
            AuditRow(
                id: try row.decode("audit_id"), at: try row.decode("at"),
                actor: Actor(name: try row.decode("actor"), network: try row.decode("network")),
                action: try row.decode("action"), subject: try row.decode("subject"), before: try row.decode("before"),
                after: try row.decode("after"))
        }
    }
}
