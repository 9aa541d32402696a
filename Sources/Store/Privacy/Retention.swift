import Foundation
import Postgres

/// How long personal data are kept.
public struct Retention: Sendable, Equatable, Codable {
    /// Days after an invitation closes until contact details are forgotten.
    public let contactDays: Int
    /// Months after an answer until its comment is removed; and after it was decided or closed, what staff wrote about an answer.
    public let commentMonths: Int
}

/// What was forgotten because its time was over.
public struct RetentionCounts: Sendable, Equatable {
    /// Customers whose name, addresses and numbers went.
    public var customers = 0
    /// Attempts whose address went.
    public var deliveries = 0
    /// Comments.
    public var comments = 0
    /// Objections with their decisions, and notes of follow-ups.
    public var remarks = 0

    /// Creates counts of nothing.
    public init() {}
}

extension Store {
    /// Reads how long personal data are kept.
    public func retention() async throws -> Retention {
        let (days, months) = try await pool.query("select contact_days, comment_months from retention")
            .decodeOnly(Int.self, Int.self)
        return Retention(contactDays: days, commentMonths: months)
    }

    /// Sets what is not nil, if it is another than before.
    ///
    /// - Throws: `PostgresError` with a constraint: contact details are kept for 0 to 3,650 days, comments for 1 to 120 months.
    public func setRetention(contactDays: Int?, commentMonths: Int?, by actor: Actor, now: Date) async throws {
        try await pool.transaction { connection in
            let (days, months) = try await connection.query(
                "select contact_days, comment_months from retention for update"
            ).decodeOnly(Int.self, Int.self)
            let before = Retention(contactDays: days, commentMonths: months)
            let after = Retention(contactDays: contactDays ?? days, commentMonths: commentMonths ?? months)
            guard after != before else { return }
            try await connection.query(
                "update retention set contact_days = $1, comment_months = $2", after.contactDays, after.commentMonths)
            let event = try AuditEvent("retention.change", before: before, after: after)
            try await connection.query(.record(event, by: actor, now: now))
        }
    }

    /// Forgets what is not needed any more, in batches of a transaction each; the next run goes on where one was interrupted.
    ///
    /// A customer's name, addresses and numbers go some days after their last invitation was answered or expired, if nothing is under way
    /// and nobody has spoken with them since; the address that a message went to goes after as many days, with what was told about the
    /// attempt. A comment goes some months after the answer, the words of objections and of notes as long after they were decided or closed;
    /// scores stay.
    ///
    /// - Parameter batch: How many rows to look at in one transaction.
    /// - Returns: What was forgotten; nothing if another process is at it.
    public func applyRetention(now: Date, batch: Int = 10_000) async throws -> RetentionCounts {
        let kept = try await retention()
        let limit = now.addingTimeInterval(-86_400 * Double(kept.contactDays))
        return try await pool.alone(4_720_093) { connection in
            var counts = RetentionCounts()
            counts.deliveries = try await forgetAddresses(before: limit, batch, on: connection)
            counts.customers = try await forgetContactDetails(before: limit, batch, on: connection)
            counts.comments = try await removeComments(after: kept.commentMonths, now: now, batch, on: connection)
            counts.remarks = try await connection.transaction { connection in
                try await connection.query("select set_config('hearback.erasing', 'remarks', true)")
                return try await connection.query(removeOldRemarks, now, kept.commentMonths).decodeOnly(Int.self)
            }
            return counts
        } ?? RetentionCounts()
    }

    private func forgetAddresses(
        before limit: Date, _ batch: Int, on connection: isolated PostgresConnection
    ) async throws -> Int {
        var forgotten = 0
        var last: (Date, Int64) = (.distantPast, 0)
        while true {
            let done = try await connection.query(forgetDeliveries, limit, last.0, last.1, batch)
                .decodeFirst(Int.self, Int.self, Date.self, Int64.self)
            guard let (seen, gone, start, delivery) = done else { return forgotten }
            forgotten += gone
            if seen < batch { return forgotten }
            last = (start, delivery)
        }
    }

    private func forgetContactDetails(
        before limit: Date, _ batch: Int, on connection: isolated PostgresConnection
    ) async throws -> Int {
        var forgotten = 0
        var last: Int64 = 0
        while true {
            let done = try await connection.query(forgetCustomers, limit, last, batch)
                .decodeFirst(Int.self, Int.self, Int64.self)
            guard let (seen, gone, customer) = done else { return forgotten }
            forgotten += gone
            if seen < batch { return forgotten }
            last = customer
        }
    }

    private func removeComments(
        after months: Int, now: Date, _ batch: Int, on connection: isolated PostgresConnection
    ) async throws -> Int {
        var removed = 0
        while true {
            let gone = try await connection.transaction { connection in
                try await connection.query("select set_config('hearback.erasing', 'comments', true)")
                let gone = try await connection.query(removeOldComments, now, months, batch).decode(Int64.self)
                try await connection.query(noteShownAnswers, gone, now)
                return gone.count
            }
            removed += gone
            if gone < batch { return removed }
        }
    }
}
