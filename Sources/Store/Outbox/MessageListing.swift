import Feedback
import Foundation
import Postgres

/// A message of the outbox with its last attempt.
public struct OutboxMessage: Sendable {
    /// How far a message has come.
    public enum State: String, Sendable, CaseIterable {
        case queued, sending, sent, cancelled, dead
    }

    /// The message's identifier.
    public let id: Int64
    /// Why it is sent: an invitation or its reminder.
    public let reason: String
    /// The complaint's or interaction's reference.
    public let subject: String?
    /// The customer's reference.
    public let customer: String
    /// How it goes.
    public let channel: String
    /// How far it has come.
    public let state: State
    /// When it is due, while it is queued.
    public let dueAt: Date
    /// Attempts by this channel.
    public let attempts: Int
    /// Why it was cancelled or is dead.
    public let rule: String?
    /// What came of the last attempt.
    public let lastOutcome: String?
    /// What the other side said then.
    public let detail: String?
    /// When it was heard that it arrived.
    public let deliveredAt: Date?
}

extension Store {
    /// Lists messages, newest first, by keyset.
    ///
    /// - Parameters:
    ///   - state: Only those in it.
    ///   - before: The last identifier of the page before, or nil for the first page.
    public func messages(
        in state: OutboxMessage.State?, before: Int64? = nil, limit: Int
    ) async throws -> [OutboxMessage] {
        try await pool.query(
            """
            select m.message_id, m.reason::text, coalesce(complaint.ref, interaction.ref) as subject, customer.ref as customer,
                m.channel::text, m.state::text, m.due_at, m.attempts, m.rule, last.outcome::text, last.detail, last.delivered_at
            from message m
            join invitation i using (invitation_id)
            join customer on customer.customer_id = m.customer_id
            left join complaint on complaint.complaint_id = i.complaint_id
            left join interaction on interaction.interaction_id = i.interaction_id
            left join lateral (
                select * from delivery d where d.message_id = m.message_id order by delivery_id desc limit 1
            ) last on true
            where m.message_id < coalesce($1, 9223372036854775807) and ($2::text is null or m.state = $2::message_state)
            order by m.message_id desc
            limit $3
            """, before, state?.rawValue, limit
        ).map { row in
            OutboxMessage(
                id: try row.decode("message_id"), reason: try row.decode("reason"), subject: try row.decode("subject"),
                customer: try row.decode("customer"), channel: try row.decode("channel"),
                state: OutboxMessage.State(rawValue: try row.decode("state")) ?? .queued,
                dueAt: try row.decode("due_at"),
                attempts: try row.decode("attempts"), rule: try row.decode("rule"),
                lastOutcome: try row.decode("outcome"), detail: try row.decode("detail"),
                deliveredAt: try row.decode("delivered_at"))
        }
    }

    /// Puts dead messages back into the queue, to be judged and sent once more.
    ///
    /// - Parameter ids: Which; nil for all.
    /// - Returns: How many.
    public func retryDeadMessages(_ ids: [Int64]?, now: Date) async throws -> Int {
        let count = try await pool.query(
            """
            update message set state = 'queued', attempts = 0, due_at = $2, settled_at = null, rule = null
            where state = 'dead' and ($1::bigint[] is null or message_id = any ($1))
            """, ids, now
        ).affected
        if count > 0 { try await pool.query("select pg_notify('messages', '')") }
        return count
    }

    /// Cancels what nobody has sent before its link closed, such as messages of a channel that is not set up.
    ///
    /// - Returns: How many.
    public func cancelExpiredMessages(now: Date) async throws -> Int {
        try await pool.query(
            """
            update message m set state = 'cancelled', settled_at = $1, rule = 'expired'
            from invitation i
            where m.state = 'queued' and m.due_at <= $1 and i.invitation_id = m.invitation_id and i.expires_at <= $1
            """, now
        ).affected
    }

    /// How many messages are in each state, by channel, and how many seconds the oldest that is due has waited.
    public func outboxCounts(now: Date) async throws -> [(channel: String, state: String, count: Int, waiting: Int)] {
        try await pool.query(
            """
            select channel::text, state::text, count(*),
                coalesce(max(extract(epoch from $1 - due_at)) filter (where state = 'queued' and due_at <= $1), 0)::bigint
            from message group by channel, state order by channel, state
            """, now
        ).decode(String.self, String.self, Int.self, Int.self).map { (channel: $0, state: $1, count: $2, waiting: $3) }
    }
}
