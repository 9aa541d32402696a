import Feedback
import Foundation
import Postgres

extension Store {
    /// Takes a customer's wish not to be written to, at once, for the addresses they were written to and on every channel.
    ///
    /// - Parameters:
    ///   - invitation: The invitation whose link or message it came by.
    ///   - stop: Surveys only, or every message.
    ///   - source: By which way, such as "one-click".
    /// - Returns: Whether there is such an invitation.
    public func optOut(
        invitation: Int64, _ stop: HardStop = .optedOutOfSurveys, source: String, now: Date
    ) async throws -> Bool {
        try await pool.transaction { connection in
            let customer = try await connection.query(
                "select customer_id from invitation where invitation_id = $1", invitation
            ).decodeFirst(Int64.self)
            guard let customer else { return false }
            try await connection.query(recordOptOut, customer, stop.rawValue, source, now)
            let addresses = try await connection.query(
                """
                select distinct d.address from message m join delivery d using (message_id)
                where m.invitation_id = $1 and d.address is not null
                """, invitation
            ).decode(String.self)
            if !addresses.isEmpty { try await connection.query(suspendAddresses, addresses, "opted-out", now) }
            return true
        }
    }

    /// Takes the wish of whoever complained about a message, by its number.
    ///
    /// - Returns: Whether there is such a message.
    public func optOut(message: Int64, source: String, now: Date) async throws -> Bool {
        let invitation = try await pool.query("select invitation_id from message where message_id = $1", message)
            .decodeFirst(Int64.self)
        guard let invitation else { return false }
        return try await optOut(invitation: invitation, source: source, now: now)
    }

    /// Takes the wish of whoever wrote from a telephone number: of all who have it, and all who were written to at it.
    ///
    /// - Returns: How many customers that are.
    @discardableResult
    public func optOut(phone: String, source: String, now: Date) async throws -> Int {
        try await pool.transaction { connection in
            let customers = try await connection.query(customersOfPhone, phone).decode(Int64.self)
            for customer in customers {
                try await connection.query(recordOptOut, customer, HardStop.optedOutOfSurveys.rawValue, source, now)
            }
            // Also a number that nobody is known to have.
            try await connection.query(suspendAddresses, [phone], "opted-out", now)
            return customers.count
        }
    }

    /// Takes the wish of the reader of an e-mail address: of all who have it.
    @discardableResult
    public func optOut(email: String, source: String, now: Date) async throws -> Int {
        try await pool.transaction { connection in
            let customers = try await connection.query(
                "select customer_id from customer where lower(email) = lower($1)", email
            ).decode(Int64.self)
            for customer in customers {
                try await connection.query(recordOptOut, customer, HardStop.optedOutOfSurveys.rawValue, source, now)
            }
            try await connection.query(suspendAddresses, [email], source, now)
            return customers.count
        }
    }

    /// Takes back a customer's own opt-outs; stops that others recorded stay.
    ///
    /// - Returns: Whether there is such an invitation.
    public func optIn(invitation: Int64, now: Date) async throws -> Bool {
        let customer = try await pool.query(
            "select customer_id from invitation where invitation_id = $1", invitation
        ).decodeFirst(Int64.self)
        guard let customer else { return false }
        try await optIn(customer: customer, now: now)
        return true
    }

    /// Takes back what somebody had stopped by a text from the same number; what they stopped in another way stays.
    public func optIn(phone: String, now: Date) async throws {
        try await pool.query(
            """
            with ended as (
                update customer_stop set ends_at = greatest($2, starts_at + interval '1 microsecond')
                where customer_id = any ($3::bigint[]) and ref like 'own:%' and source = 'text message' and ends_at is null
            )
            delete from suspended_address where address = $1 and reason = 'opted-out'
            """, phone, now, try await pool.query(customersOfPhone, phone).decode(Int64.self))
    }

    private func optIn(customer: Int64, now: Date) async throws {
        try await pool.query(
            """
            with ended as (
                update customer_stop set ends_at = greatest($2, starts_at + interval '1 microsecond')
                where customer_id = $1 and ref like 'own:%' and kind in ('opted-out', 'opted-out-of-surveys') and ends_at is null
            )
            delete from suspended_address s
            using customer c
            where c.customer_id = $1 and s.reason = 'opted-out' and s.address in (lower(c.email), c.phone)
            """, customer, now)
    }
}

/// All who have a number, and all who were written to at it, whatever theirs is now.
let customersOfPhone: StaticString = """
    select customer_id from customer where phone = $1
    union
    select m.customer_id from delivery d join message m using (message_id) where d.address = $1
    """

/// One row for each time the customer opts out; opting out twice is once.
private let recordOptOut: StaticString = """
    insert into customer_stop (ref, customer_id, kind, source, starts_at)
    select 'own:' || $1 || ':' || $2 || ':' || to_char($4::timestamptz at time zone 'UTC', 'YYYYMMDDHH24MISSUS'), $1::bigint, $2, $3, $4
    where not exists (
        select from customer_stop where customer_id = $1 and kind = $2 and ref like 'own:%' and starts_at <= $4 and ends_at is null)
    on conflict (ref) do nothing
    """
