import Feedback
import Foundation
import Store
import TestSupport
import Testing

/// A customer who can be written to and texted, as JSON.
func writtenCustomer(_ number: Int) -> String {
    """
    {"ref": "c\(number)", "email": "c\(number)@example.com", "email_basis": "used", "phone": "+12125550100",
     "sms_consent_at": "2026-11-20T00:00:00Z", "time_zone": "Europe/London"}
    """
}

/// Publishes a policy that writes at once, first by e-mail.
func publishWriting(_ lines: String...) async throws {
    let extra = lines.first ?? "contact_cap: none"
    _ = try await TestDatabase.store.publish(PolicyFile.atOnce("channels: [email, sms]", extra), now: .test)
}

/// Invites so many new customers, who have an address for e-mail and a telephone.
func queueMessages(_ count: Int) async throws {
    let store = try TestDatabase.store
    try await publishWriting()
    let base = try await store.pool.query("select count(*) from customer").decodeOnly(Int.self)
    let numbers = base..<base + count
    try await store.take(.customers, "[\(numbers.map(writtenCustomer).joined(separator: ","))]")
    let calls = numbers.map {
        #"{"ref": "i\#($0)", "customer": "c\#($0)", "started_at": "2026-11-23T10:00:00Z"}"#
    }
    try await store.take(.interactions, "[\(calls.joined(separator: ","))]")
    #expect(try await store.decideDueResolutions(now: .test).invited == count)
}

/// Sends every e-mail that is due.
func sendAllMessages() async throws {
    let store = try TestDatabase.store
    let claimed = try await store.claimMessages(ClaimRequest(channel: .email, limit: 1000), now: .test)
    try await store.record(
        claimed.map { DeliveryResult($0, .sent(providerReference: nil), detail: "250") }, now: .test)
}

/// How many messages there are of each reason, channel and state.
func messageStates() async throws -> [String: Int] {
    let rows = try await TestDatabase.store.pool.query(
        "select reason || ' ' || channel || ' ' || state, count(*) from message group by 1"
    ).decode(String.self, Int.self)
    return Dictionary(uniqueKeysWithValues: rows)
}
