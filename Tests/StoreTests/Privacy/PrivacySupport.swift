import Feedback
import Foundation
import Postgres
import Store
import TestSupport
import Testing

extension SuppressionKey {
    /// The bytes 0 to 31.
    static var test: SuppressionKey {
        get throws { try #require(SuppressionKey(Array(0..<32))) }
    }
}

/// The test's store, with the key.
var keyedStore: Store {
    get throws { try Store(pool: TestDatabase.current.pool, suppressionKey: .test) }
}

extension Store {
    /// Every row of every table as JSON, behind its table's name.
    func everyRow() async throws -> [String] {
        try await pool.withConnection { connection in
            try await connection.execute(
                script: """
                    create temp table if not exists every_row (line text);
                    truncate every_row;
                    do $$
                    declare
                        name text;
                    begin
                        for name in select tablename from pg_tables where schemaname = 'public' loop
                            execute format('insert into every_row select %L || to_json(t)::text from %I t', name || ' ', name);
                        end loop;
                    end
                    $$
                    """)
            return try await connection.query("select line from every_row").decode(String.self)
        }
    }

    /// The rows that tell of the known customer.
    func traces() async throws -> [String] {
        try await everyRow().filter { $0.lowercased().contains("zz-") || $0.contains("7700900001") }
    }
}

/// What there is of the known customer.
struct KnownCustomer {
    /// Of which the first is answered.
    let invitations: [Int64]
    /// The message of the second, which a worker has taken.
    let underWay: ClaimedMessage
}

/// Fills in a customer of whom all is known that can be, every word of it with "zz-", and another one who had to do with them.
func fillKnownCustomer(_ store: Store) async throws -> KnownCustomer {
    try await publishWriting()
    try await takeKnownCustomer(store)
    _ = try await store.decideDueResolutions(now: .test)
    let invitations = try await store.pool.query(
        "select invitation_id from invitation join customer using (customer_id) where ref = 'zz-ref' order by 1"
    ).decode(Int64.self)
    let sent = try await store.claimMessages(ClaimRequest(channel: .email, limit: 10), now: .test)
    let answered = try #require(sent.first { $0.customer == "zz-ref" }).invitation
    try await store.record(
        sent.map { message in
            let isKnown = message.customer == "zz-ref"
            return DeliveryResult(
                message, .sent(providerReference: isKnown ? "zz-provider" : "other-provider"),
                detail: isKnown ? "250 zz-mail@example.com" : "250")
        }, now: .test)
    let next = try await store.claimMessages(ClaimRequest(channel: .email, limit: 10), now: .test)
    let comments = [(answered, "zz-comment: I can't cope"), (try await otherInvitation(store), "Very kind")]
    for (invitation, comment) in comments {
        let said = Submission(
            invitation: invitation, surveyVersion: 1, language: "en", answers: Answers(nps: 3, comment: comment))
        #expect(try await store.submitAnswers([said], now: .test.hours(1)) == [.stored])
    }
    _ = try await store.makeComplaint(of: answered, by: nil, seenBy: nil, now: .test.hours(1))
    let distress = try #require(
        try await store.followUps(isOpen: true, seenBy: nil, limit: 9).first { $0.reason == .distress })
    _ = try await store.closeFollowUp(distress.id, by: Actor(name: "ada"), note: "zz-note", now: .test.hours(2))
    let other = try #require(invitations.first { $0 != answered })
    try await store.keepTextedScore(4, invitation: other, now: .test.hours(1))
    let hours = ContactHours(days: [.monday], opens: 600, closes: 700)
    _ = try await store.choose(
        CustomerChoice(channel: .sms, language: "es", hours: hours), invitation: other, now: .test.hours(1))
    try await addWhatNothingElseWrites(store.pool)
    return KnownCustomer(
        invitations: [answered, other], underWay: try #require(next.first { $0.customer == "zz-ref" }))
}

private func takeKnownCustomer(_ store: Store) async throws {
    try await store.take(
        .customers,
        """
        [{"ref": "zz-ref", "language": "en", "time_zone": "Europe/London", "segment": "Retail",
          "email": "ZZ-mail@example.com", "phone": "+447700900001", "name": "zz-name", "street": "zz-street",
          "city": "zz-city", "postcode": "zz-1AA", "country": "GB", "region": "LND", "email_basis": "used",
          "email_basis_at": "2026-11-01T00:00:00Z", "sms_consent_at": "2026-11-20T00:00:00Z",
          "not_on": "sunday", "contact_hours": "08:00-20:00", "preferred_channel": "email"},
         {"ref": "other", "email": "other@example.com", "phone": "+447700900002", "name": "Other", "email_basis": "used"}]
        """)
    try await store.take(
        .accounts,
        """
        [{"ref": "zz-account", "customer": "zz-ref", "portfolio": "Cards"},
         {"ref": "other-account", "customer": "other", "portfolio": "Cards"}]
        """)
    try await store.take(
        .complaints,
        """
        [{"ref": "zz-complaint", "customer": "zz-ref", "account": "zz-account", "topic": "Fees", "outcome": "zz-outcome",
          "received_at": "2026-11-01T10:00:00Z", "state": "resolved", "state_at": "2026-11-20T12:00:00Z"},
         {"ref": "other-complaint", "customer": "other", "received_at": "2026-11-01T10:00:00Z"}]
        """)
    func call(_ ref: String, _ at: String, _ more: String) -> String {
        #"{"ref": "\#(ref)", "agent": "A", "topic": "Fees", "started_at": "\#(at):00Z", "talk_seconds": 60, \#(more)}"#
    }
    let calls = [
        call("zz-i1", "2026-11-20T10:00", #""customer": "zz-ref", "account": "zz-account", "contact": "zz-contact""#),
        // Nobody was named before the transfer, and after it the other one spoke.
        call("zz-i2", "2026-11-20T09:55", #""contact": "zz-contact", "outcome": "transferred""#),
        call("other-i3", "2026-11-20T10:06", #""customer": "other", "contact": "zz-contact""#),
        call("zz-i4", "2026-11-11T10:00", #""customer": "zz-ref", "complaint": "zz-complaint""#),
        call("zz-i5", "2026-11-12T10:00", #""complaint": "zz-complaint""#),
        call(
            "other-i6", "2026-11-12T11:00",
            #""customer": "other", "complaint": "zz-complaint", "direction": "outbound""#),
        call("zz-i7", "2026-11-13T10:00", #""customer": "zz-ref", "complaint": "other-complaint", "planned": true"#),
        call("zz-i8", "2026-11-14T10:00", #""customer": "zz-ref", "complaint": "zz-unknown", "direction": "outbound""#),
        call("zz-i9", "2026-11-21T10:00", #""customer": "zz-ref", "account": "zz-account""#),
        call("other-i10", "2026-11-21T10:00", #""customer": "other", "account": "other-account""#),
        // Not due yet.
        call("zz-i11", "2026-11-24T10:00", #""customer": "zz-ref""#),
    ]
    try await store.take(.interactions, "[\(calls.joined(separator: ","))]")
    try await store.take(
        .stops,
        """
        {"ref": "zz-stop", "customer": "zz-ref", "kind": "vulnerable", "source": "zz-source",
         "starts_at": "2027-01-01T00:00:00Z"}
        """)
    try await store.take(
        .contacts, #"{"ref": "zz-report", "customer": "zz-ref", "contacted_at": "2026-11-02T00:00:00Z"}"#)
}

private func otherInvitation(_ store: Store) async throws -> Int64 {
    try await store.pool.query(
        "select min(invitation_id) from invitation join customer using (customer_id) where ref = 'other'"
    ).decodeOnly(Int64.self)
}

private func addWhatNothingElseWrites(_ pool: PostgresPool) async throws {
    try await pool.withConnection { connection in
        try await connection.execute(
            script: """
                insert into suspended_address values ('zz-mail@example.com', 'returned', '2026-11-23 12:00Z');
                insert into hold (resolution_id, held_at, until, rule, inputs, policy, policy_version_id)
                select resolution_id, '2026-11-23 12:00Z', '2026-12-24 12:00Z', 'quiet-hours', '{"zones": "zz-zone"}', 'test', 1
                from resolution join interaction using (interaction_id) where ref = 'zz-i11';
                update resolution set held_until = '2026-12-24 12:00Z'
                from interaction i where i.interaction_id = resolution.interaction_id and i.ref = 'zz-i11';
                insert into person (email, name, role, sees_everything, created_at)
                values ('manager@example.com', 'Manager', 'quality-manager', true, '2026-11-23 12:00Z');
                insert into comment_release (invitation_id, released_at, released_by)
                select invitation_id, '2026-11-23 13:00Z', person_id
                from person, response join invitation using (invitation_id) join customer using (customer_id)
                where customer.ref = 'zz-ref';
                insert into objection (invitation_id, raised_at, raised_by, words)
                select invitation_id, released_at, released_by, 'zz-words' from comment_release;
                insert into objection_decision (objection_id, is_accepted, reason, decided_at, decided_by)
                select objection_id, true, 'zz-reason', raised_at, raised_by from objection;
                insert into exclusion (invitation_id, objection_id, excluded_at)
                select invitation_id, objection_id, raised_at from objection;
                """)
    }
}
