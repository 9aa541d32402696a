import Feedback
import Foundation
import Postgres

/// What was heard of a message after it had been taken.
public enum DeliveryReport: Sendable, Equatable {
    case delivered
    /// It did not arrive.
    case failed(detail: String, suspendsAddress: Bool)
}

extension Store {
    /// Notes what was heard of a message, found by the name that the other side gave it.
    ///
    /// A message that failed for good goes on by its next channel, if it has one.
    ///
    /// - Returns: Whether the message is known.
    public func note(_ report: DeliveryReport, ofProviderReference reference: String, now: Date) async throws -> Bool {
        let delivery = try await pool.query(
            "select delivery_id from delivery where provider_ref = $1 order by delivery_id desc limit 1", reference
        ).decodeFirst(Int64.self)
        guard let delivery else { return false }
        try await note(report, ofDelivery: delivery, now: now)
        return true
    }

    /// Notes what was heard of an e-mail, by the message's number; it is that attempt which went to the address, if one is told.
    ///
    /// - Returns: Whether there was one.
    public func note(
        _ report: DeliveryReport, ofEmail message: Int64, to address: String?, now: Date
    ) async throws -> Bool {
        let delivery = try await pool.query(
            """
            select delivery_id from delivery
            where message_id = $1 and channel = 'email' and ($2::text is null or lower(address) = lower($2))
            order by delivery_id desc limit 1
            """, message, address
        ).decodeFirst(Int64.self)
        guard let delivery else { return false }
        try await note(report, ofDelivery: delivery, now: now)
        return true
    }

    private func note(_ report: DeliveryReport, ofDelivery delivery: Int64, now: Date) async throws {
        switch report {
        case .delivered:
            try await pool.query(
                "update delivery set delivered_at = coalesce(delivered_at, $2) where delivery_id = $1", delivery, now)
        case .failed(let detail, let suspendsAddress):
            try await pool.transaction { connection in
                let failed = try await connection.query(
                    """
                    update delivery set failed_at = $2, detail = left($3, 300) where delivery_id = $1 and failed_at is null
                    returning message_id, address
                    """, delivery, now, String(detail.unicodeScalars.map { $0.value < 0x20 ? " " : Character($0) })
                ).decodeFirst(Int64.self, String?.self)
                // Told before: nothing more is to be done.
                guard let (message, address) = failed else { return }
                if suspendsAddress, let address {
                    try await connection.query(suspendAddresses, [address], "returned", now)
                }
                try await connection.query(reopenReturned, message, now)
                try await connection.query(alignSurveyChannels, [message])
            }
            try await pool.query("select pg_notify('messages', '')")
        }
    }
}

/// What came back is not sent, whatever was thought, and nobody is reminded of it.
private let reopenReturned: StaticString = """
    with returned as (
        select invitation_id from message where message_id = $1 and state = 'sent' and reason = 'invitation'
    ), unreminded as (
        delete from message m using returned
        where m.invitation_id = returned.invitation_id and m.reason = 'reminder' and m.state = 'queued' and m.attempts = 0
            and not exists (select from delivery d where d.message_id = m.message_id)
    )
    update message
    set attempts = 0, state = case when cardinality(fallbacks) > 0 then 'queued' else 'dead' end::message_state,
        channel = coalesce(fallbacks[1], channel), fallbacks = fallbacks[2:], due_at = $2,
        settled_at = case when cardinality(fallbacks) > 0 then null else $2 end,
        rule = case when cardinality(fallbacks) > 0 then null else 'returned' end
    where message_id = $1 and state = 'sent'
    """
