import Foundation
import Postgres

/// An answer that needs a person.
public struct FollowUp: Sendable, Identifiable {
    /// Why it does.
    public enum Reason: String, Sendable, CaseIterable {
        case complaint, distress
    }

    /// The number people call it by.
    public let id: Int64
    /// Why it was opened.
    public let reason: Reason
    /// When it was opened.
    public let openedAt: Date
    /// By whom: "customer", "words", or the name of whoever read the answer.
    public let openedBy: String
    /// The answer's invitation.
    public let invitation: Int64
    /// The customer's reference.
    public let customer: String
    /// The reference of the complaint or interaction that was asked about.
    public let subject: String?
    /// The complaint that was made, and its terms.
    public let complaint: String?
    public let firstDueOn, finalDueOn: CalendarDay?
    /// What the customer wrote.
    public let comment: String?
    /// Whether the customer was erased.
    public let isErased: Bool
    /// Since when somebody looks after it.
    public let takenAt: Date?
    /// Who looks after it.
    public let takenBy: String?
    /// When and by whom it was closed, and what was done.
    public let closedAt: Date?
    public let closedBy, closingNote: String?
}

extension Store {
    /// Open follow-ups, words of distress first and then what is due first; or closed ones, the newest first.
    ///
    /// - Parameters:
    ///   - viewer: Only those of answers that they see; nil for all.
    ///   - after: The last one that was listed, after which to go on.
    public func followUps(
        isOpen: Bool, seenBy viewer: Viewer?, after: Int64? = nil, limit: Int
    ) async throws -> [FollowUp] {
        let list = PostgresStatement(listFollowUps, isOpen, after, limit, nil as [Int64]?)
        return try await pool.read([list], within: viewer?.restriction)[0].map(FollowUp.init)
    }

    /// One follow-up, if there is one of that number that the viewer sees.
    public func followUp(_ id: Int64, seenBy viewer: Viewer?) async throws -> FollowUp? {
        let find = PostgresStatement(listFollowUps, nil as Bool?, nil as Int64?, 1, [id])
        return try await pool.read([find], within: viewer?.restriction)[0].map(FollowUp.init).first
    }

    /// Notes who looks after an open follow-up.
    ///
    /// - Parameter holder: Who looked after it when that was decided, by name; nil for nobody.
    /// - Returns: Whether it was open, and still in the same hands.
    public func takeFollowUp(_ id: Int64, from holder: String?, by actor: Actor, now: Date) async throws -> Bool {
        try await pool.transaction { connection in
            let taken = try await connection.query(
                """
                update follow_up set taken_at = greatest($2, opened_at), taken_by = $3
                where follow_up_id = $1 and closed_at is null and actor_name(taken_by) is not distinct from $4
                """, id, now, actor.name, holder)
            guard taken.affected == 1 else { return false }
            try await connection.query(
                .record(AuditEvent("follow-up.take", of: "follow-up \(id)"), by: actor, now: now))
            return true
        }
    }

    /// Closes a follow-up with a note of what was done. The record has no word of the note, which may name somebody.
    ///
    /// - Returns: Whether it was open.
    public func closeFollowUp(_ id: Int64, by actor: Actor, note: String, now: Date) async throws -> Bool {
        try await pool.transaction { connection in
            let closed = try await connection.query(
                """
                update follow_up set closed_at = greatest($2, opened_at), closed_by = $3, closing_note = $4
                where follow_up_id = $1 and closed_at is null
                """, id, now, actor.name, note)
            guard closed.affected == 1 else { return false }
            try await connection.query(
                .record(AuditEvent("follow-up.close", of: "follow-up \(id)"), by: actor, now: now))
            return true
        }
    }

    /// Lets somebody be told of follow-ups that nobody was told of, and notes it once they are.
    ///
    /// One teller at a time, in however many processes; told again if it fails. No row is locked while they are told.
    ///
    /// - Parameter tell: Returns when they are told.
    public func tellOfFollowUps(now: Date, _ tell: @Sendable ([FollowUp]) async throws -> Void) async throws {
        _ = try await pool.alone(4_720_095) { connection in
            let ids = try await connection.query(
                "select follow_up_id from follow_up where alerted_at is null order by follow_up_id limit 50"
            ).decode(Int64.self)
            guard !ids.isEmpty else { return }
            let followUps = try await connection.query(listFollowUps, nil as Bool?, nil as Int64?, ids.count, ids)
                .map(FollowUp.init)
            try await tell(followUps)
            try await connection.query("update follow_up set alerted_at = $2 where follow_up_id = any ($1)", ids, now)
        }
    }

    /// How many follow-ups are open, by reason.
    public func openFollowUps() async throws -> [(reason: FollowUp.Reason, count: Int)] {
        let counts = Dictionary(
            try await pool.query("select reason::text, count(*) from follow_up where closed_at is null group by reason")
                .decode(String.self, Int.self)
        ) { first, _ in first }
        return FollowUp.Reason.allCases.map { ($0, counts[$0.rawValue] ?? 0) }
    }
}

extension FollowUp {
    fileprivate init(_ row: PostgresRow) throws {
        id = try row.decode("follow_up_id")
        reason = try Reason(rawValue: row.decode("reason")) ?? .distress
        openedAt = try row.decode("opened_at")
        openedBy = try row.decode("opened_by")
        invitation = try row.decode("invitation_id")
        customer = try row.decode("customer")
        subject = try row.decode("subject")
        complaint = try row.decode("complaint")
        firstDueOn = try row.decode("first_due_on")
        finalDueOn = try row.decode("final_due_on")
        comment = try row.decode("comment")
        isErased = try row.decode("is_erased")
        takenAt = try row.decode("taken_at")
        takenBy = try row.decode("taken_by")
        closedAt = try row.decode("closed_at")
        closedBy = try row.decode("closed_by")
        closingNote = try row.decode("closing_note")
    }
}

/// Parameters: whether open ($1, null for both), the last one that was listed ($2), how many ($3), which ($4, null for all).
///
/// A complaint that was made of an answer is called by its number (``Store/makeComplaint(of:by:seenBy:now:)``); it has no team by which
/// whoever sees some teams would see it.
let listFollowUps: StaticString = """
    select f.follow_up_id, f.reason::text as reason, f.opened_at, actor_name(f.opened_by) as opened_by, f.invitation_id,
        customer.ref as customer, customer.is_erased, coalesce(complaint.ref, interaction.ref) as subject,
        'answer-' || case when f.complaint_id is not null then f.invitation_id end as complaint, f.first_due_on, f.final_due_on, r.comment, f.taken_at, actor_name(f.taken_by) as taken_by,
        f.closed_at, actor_name(f.closed_by) as closed_by, f.closing_note
    from follow_up f
    join response r using (invitation_id)
    join invitation i using (invitation_id)
    join customer using (customer_id)
    left join complaint on complaint.complaint_id = i.complaint_id
    left join interaction on interaction.interaction_id = i.interaction_id
    where ($1::boolean is null or (f.closed_at is null) = $1)
        and ($4::bigint[] is null or f.follow_up_id = any ($4))
        and ($2::bigint is null
            or not $1 and f.follow_up_id < $2
            or $1 and (coalesce(f.first_due_on, '-infinity'), f.follow_up_id)
                > (select coalesce(last.first_due_on, '-infinity'), last.follow_up_id from follow_up last where last.follow_up_id = $2))
    order by case when not $1 then -f.follow_up_id end, coalesce(f.first_due_on, '-infinity'), f.follow_up_id
    limit $3
    """
