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
    /// By whom: "customer", "words", or whoever read the answer.
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
    /// When and by whom it was closed, and what was done.
    public let closedAt: Date?
    public let closedBy, closingNote: String?
}

extension Store {
    /// Follow-ups, the oldest first.
    ///
    /// - Parameters:
    ///   - after: The number after which to go on.
    ///   - isOpen: Only those that nobody has closed.
    public func followUps(isOpen: Bool, after: Int64 = 0, limit: Int) async throws -> [FollowUp] {
        try await pool.query(listFollowUps, isOpen, after, limit).map(FollowUp.init)
    }

    /// Closes a follow-up with a note of what was done.
    ///
    /// - Returns: Whether it was open.
    public func closeFollowUp(_ id: Int64, by closer: String, note: String, now: Date) async throws -> Bool {
        try await pool.query(
            """
            update follow_up set closed_at = $2, closed_by = $3, closing_note = $4
            where follow_up_id = $1 and closed_at is null
            returning true
            """, id, now, closer, note
        ).decodeFirst(Bool.self) ?? false
    }

    /// Lets somebody be told of follow-ups that nobody was told of, and notes it once they are.
    ///
    /// One teller at a time, in however many processes; told again if it fails.
    ///
    /// - Parameter tell: Returns when they are told.
    public func tellOfFollowUps(now: Date, _ tell: @Sendable ([FollowUp]) async throws -> Void) async throws {
        try await pool.transaction { connection in
            let ids = try await connection.query(
                """
                select follow_up_id from follow_up where alerted_at is null
                order by follow_up_id limit 50 for update skip locked
                """
            ).decode(Int64.self)
            guard let first = ids.first, let last = ids.last else { return }
            let followUps = try await connection.query(listFollowUps, false, first - 1, Int(last - first + 1))
                .map(FollowUp.init)
            try await tell(followUps.filter { ids.contains($0.id) })
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
        closedAt = try row.decode("closed_at")
        closedBy = try row.decode("closed_by")
        closingNote = try row.decode("closing_note")
    }
}

private let listFollowUps: StaticString = """
    select f.follow_up_id, f.reason::text as reason, f.opened_at, f.opened_by, f.invitation_id, customer.ref as customer,
        coalesce(complaint.ref, interaction.ref) as subject, made.ref as complaint, f.first_due_on, f.final_due_on, r.comment,
        f.closed_at, f.closed_by, f.closing_note
    from follow_up f
    join response r using (invitation_id)
    join invitation i using (invitation_id)
    join customer using (customer_id)
    left join complaint on complaint.complaint_id = i.complaint_id
    left join complaint made on made.complaint_id = f.complaint_id
    left join interaction on interaction.interaction_id = i.interaction_id
    where f.follow_up_id > $2 and (f.closed_at is null or not $1)
    order by f.follow_up_id
    limit $3
    """
