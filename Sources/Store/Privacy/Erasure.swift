import Feedback
import Foundation
import Postgres

/// What an erasure did.
public struct Erasure: Sendable, Equatable {
    /// The name that stands for the customer from now on; nothing leads from the old one to it.
    public let ref: String
    /// Messages that were not sent yet, attempts whose addresses were forgotten, and links that could still be answered.
    public let messages, deliveries, links: Int
    /// Comments that were removed, and follow-ups.
    public let comments, followUps: Int
    /// Interactions, complaints and accounts whose references were replaced.
    public let interactions, complaints, accounts: Int
    /// Addresses and numbers that other customers have too: these may be written to.
    public let sharedAddresses: Int
}

extension Erasure {
    /// What went, in words, and how much of it.
    public var rows: [(what: String, count: Int)] {
        [
            ("interactions", interactions), ("complaints", complaints), ("accounts", accounts), ("comments", comments),
            ("follow-ups", followUps), ("addresses of messages", deliveries), ("messages cancelled", messages),
            ("links ended", links),
        ]
    }

    /// The numbers by what they count.
    fileprivate var counts: [String: Int] {
        [
            "messages": messages, "deliveries": deliveries, "links": links, "comments": comments,
            "followUps": followUps,
            "interactions": interactions, "complaints": complaints, "accounts": accounts,
        ]
    }
}

extension Store {
    /// Erases a customer: whatever says who they are goes, at once and for good; what figures are counted from stays, without a name.
    ///
    /// The customer is left as `erased-…`, a name of chance, since observed first contact resolution has to tell their contacts from other
    /// people's. References of interactions, complaints, transfers and accounts are replaced; addresses, comments, notes, choices, stops,
    /// and the values that rules looked at are removed. Messages that wait are cancelled and links end. Hashes by the key are left, so
    /// that their records do not come in again, and they are not asked should an import bring them back.
    ///
    /// - Parameter patience: How many seconds to wait for imports that are under way; others wait meanwhile.
    /// - Returns: nil if there is no such customer.
    /// - Throws: ``SuppressionError`` when it cannot be done now.
    public func eraseCustomer(
        _ ref: String, key: SuppressionKey, by actor: Actor, now: Date, patience: TimeInterval = 10
    ) async throws -> Erasure? {
        do {
            return try await pool.transaction { connection in
                try await connection.pipeline([
                    PostgresStatement("select set_config('lock_timeout', $1, true)", "\(Int(patience * 1000))ms"),
                    // An import, a round of deciding or a claim under way would write down once more what it has read before.
                    PostgresStatement("select pg_advisory_xact_lock(hashtextextended('hearback erasing', 0))"),
                    PostgresStatement("select pg_advisory_xact_lock(hashtextextended('hearback deciding', 0))"),
                    PostgresStatement("select pg_advisory_xact_lock(hashtextextended('hearback sending', 0))"),
                ])
                let found = try await connection.query(lockCustomer, ref, key.hash(.key))
                    .decodeFirst(Int64.self, Bool.self)
                guard let (customer, isOurs) = found else { return nil }
                guard isOurs else { throw SuppressionError.otherKey }
                let erasure = try await erase(customer, key: key, now: now, on: connection)
                // Counts only: neither the old name nor the new one may lead from the record to the customer.
                let event = try AuditEvent("customer.erase", before: nil, after: erasure.counts)
                try await connection.query(.record(event, by: actor, now: now))
                return erasure
            }
        } catch let error as PostgresError where error.sqlState == "55P03" {
            throw SuppressionError.isBusy
        }
    }

    private func erase(
        _ customer: Int64, key: SuppressionKey, now: Date, on connection: isolated PostgresConnection
    ) async throws -> Erasure {
        let known = Identifiers(
            try await connection.query(readIdentifiers, customer)
                .decode(String.self, String.self, String?.self, Bool.self), key: key)
        try await connection.query("select set_config('hearback.erasing', gen_random_uuid()::text, true)")
        let messages = try await connection.query(eraseMessages, customer, now).affected
        let deliveries = try await connection.query(eraseDeliveries, customer).affected
        let links = try await connection.query(endLinks, customer, now).affected
        let comments = try await connection.query(eraseComments, customer).affected
        let followUps = try await connection.query(eraseFollowUps, customer, now).affected
        try await connection.query(eraseObjections, customer)
        // Before the complaints that they name.
        let interactions = try await connection.query(eraseInteractions, customer).affected
        let complaints = try await connection.query(eraseComplaints, customer).affected
        let accounts = try await connection.query(eraseAccounts, customer).affected
        try await connection.pipeline([
            PostgresStatement(endHolds, customer, now),
            PostgresStatement(eraseInputs, customer),
            PostgresStatement("delete from customer_choice where customer_id = $1", customer),
            PostgresStatement("delete from customer_stop where customer_id = $1", customer),
            PostgresStatement("delete from reported_contact where customer_id = $1", customer),
            PostgresStatement("delete from suspended_address where address = any ($1)", known.addresses),
            PostgresStatement(
                "insert into suppression select * from unnest($1::bytea[]) on conflict do nothing", known.hashes),
        ])
        let answered = try await connection.query(
            "select invitation_id from invitation join response using (invitation_id) where customer_id = $1", customer
        ).decode(Int64.self)
        try await connection.query(noteShownAnswers, answered, now)
        return Erasure(
            ref: try await connection.query(erasePerson, customer).decodeOnly(String.self),
            messages: messages, deliveries: deliveries, links: links, comments: comments, followUps: followUps,
            interactions: interactions, complaints: complaints, accounts: accounts,
            sharedAddresses: known.sharedAddresses)
    }
}

/// What a customer and their records are known by.
private struct Identifiers {
    /// Those that nobody else is known by, as the list keeps them, and the key's own.
    var hashes: [[UInt8]]
    /// The addresses and numbers among them as suspended ones are written.
    var addresses: [String] = []
    var sharedAddresses = 0

    /// - Parameter rows: The kind, the value, the customer's country, and whether another customer has it too.
    init(_ rows: [(String, String, String?, Bool)], key: SuppressionKey) {
        hashes = [key.hash(.key)]
        for (name, value, country, isShared) in rows {
            guard let kind = SuppressionKey.Kind(rawValue: name) else { continue }
            if isShared {
                sharedAddresses += 1
                continue
            }
            let international = kind == .phone ? PhoneZones.international(value, country: country) : nil
            hashes.append(key.hash(kind, international ?? value))
            if kind == .email || kind == .phone { addresses += [value, international].compactMap(\.self) }
        }
    }
}

private let lockCustomer: StaticString = """
    select customer_id, not exists (select from suppression) or exists (select from suppression where hash = $2)
    from customer where ref = $1 and not is_erased
    for update
    """
