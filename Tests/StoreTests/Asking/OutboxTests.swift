import Feedback
import Foundation
import Postgres
import Store
import TestSupport
import Testing

@Suite(.migrated) struct OutboxTests {
    @Test func anInvitationIsQueuedClaimedSentAndRemindedOfOnce() async throws {
        let store = try TestDatabase.store
        try await queueMessages(3)
        let claimed = try await store.claimMessages(ClaimRequest(channel: .email, limit: 10), now: .test)
        #expect(claimed.map(\.address) == ["c0@example.com", "c1@example.com", "c2@example.com"])
        #expect(try await store.claimMessages(ClaimRequest(channel: .email, limit: 10), now: .test).isEmpty)
        try await store.record(
            claimed.map { DeliveryResult($0, .sent(providerReference: nil), detail: "250 ok") }, now: .test)
        #expect(try await messageStates() == ["invitation email sent": 3, "reminder email queued": 3])
        #expect(try await store.claimMessages(ClaimRequest(channel: .email, limit: 10), now: .test.days(2.9)).isEmpty)
        let reminders = try await store.claimMessages(ClaimRequest(channel: .email, limit: 10), now: .test.days(3))
        #expect(reminders.map(\.reason) == [.reminder, .reminder, .reminder])
        #expect(Set(reminders.map(\.idempotencyKey)).isDisjoint(with: claimed.map(\.idempotencyKey)))
        try await store.record(
            reminders.map { DeliveryResult($0, .sent(providerReference: nil), detail: "250 ok") }, now: .test.days(3))
        #expect(try await messageStates() == ["invitation email sent": 3, "reminder email sent": 3])
    }

    @Test func aComplaintThatIsReopenedBeforeSendingCancelsTheMessage() async throws {
        let store = try TestDatabase.store
        try await publishWriting()
        try await store.take(.customers, writtenCustomer(0))
        func complaint(_ state: String, _ at: String) -> String {
            #"{"ref": "k1", "customer": "c0", "received_at": "2026-11-01T10:00:00Z", "state": "\#(state)", "state_at": "\#(at)"}"#
        }
        try await store.take(.complaints, complaint("resolved", "2026-11-22T10:00:00Z"))
        #expect(try await store.decideDueResolutions(now: .test).invited == 1)
        try await store.take(.complaints, complaint("reopened", "2026-11-23T11:00:00Z"))
        #expect(try await store.claimMessages(ClaimRequest(channel: .email, limit: 10), now: .test).isEmpty)
        #expect(
            try await store.pool.query("select rule from message").decodeOnly(String.self) == "reopened")
    }

    @Test func aRefusalGoesOnByTheNextChannelAndThenIsDead() async throws {
        let store = try TestDatabase.store
        try await queueMessages(1)
        let first = try #require(
            try await store.claimMessages(ClaimRequest(channel: .email, limit: 1), now: .test).first)
        try await store.record(
            [DeliveryResult(first, .refused(suspendsAddress: true), detail: "550 no such user\r\nsecond")], now: .test)
        #expect(try await messageStates() == ["invitation sms queued": 1])
        #expect(
            try await store.pool.query("select survey_channel::text from invitation").decodeOnly(String.self) == "sms")
        let second = try #require(
            try await store.claimMessages(ClaimRequest(channel: .sms, limit: 1), now: .test).first)
        #expect(second.id == first.id && second.address == "+12125550100")
        try await store.record([DeliveryResult(second, .refused(suspendsAddress: false), detail: "400")], now: .test)
        #expect(try await messageStates() == ["invitation sms dead": 1])
        #expect(try await store.messages(in: .dead, limit: 10).map(\.detail) == ["400"])
        #expect(try await store.retryDeadMessages(nil, now: .test) == 1)
        #expect(
            try await store.claimMessages(ClaimRequest(channel: .sms, limit: 1), now: .test).map(\.id) == [first.id])
        // The address is not used again, whoever has it.
        try await store.take(.customers, #"{"ref": "c9", "email": "C0@example.com", "email_basis": "used"}"#)
        let standing = try await store.pool.query(
            "select email_suspended from customer cross join lateral customer_standing(customer_id, now()) where ref = 'c9'"
        ).decodeOnly(Bool.self)
        #expect(standing)
    }

    @Test func whatIsPutOffComesAgainUntilItIsDead() async throws {
        let store = try TestDatabase.store
        try await queueMessages(1)
        for attempt in 0..<3 {
            let now = Date.test.hours(Double(attempt))
            let message = try #require(
                try await store.claimMessages(ClaimRequest(channel: .email, limit: 1), now: now).first)
            #expect(message.attempts == attempt)
            try await store.record(
                [DeliveryResult(message, .deferred(until: now.hours(1)), detail: "451 later")], now: now,
                mostAttempts: 3)
            #expect(try await store.claimMessages(ClaimRequest(channel: .email, limit: 1), now: now.hours(0.9)).isEmpty)
        }
        #expect(try await messageStates() == ["invitation email dead": 1])
        #expect(try await store.pool.query("select count(*) from delivery").decodeOnly(Int.self) == 3)
    }

    @Test func aWorkerThatDiesLeavesATraceAndItsMessagesAreTakenAgain() async throws {
        let store = try TestDatabase.store
        try await queueMessages(2)
        let lost = try await store.claimMessages(ClaimRequest(channel: .email, limit: 1, lease: 60), now: .test)
        #expect(
            try await store.claimMessages(ClaimRequest(channel: .email, limit: 5), now: .test.hours(0.01)).count == 1)
        let again = try await store.claimMessages(ClaimRequest(channel: .email, limit: 5), now: .test.hours(0.02))
        #expect(again.map(\.id) == lost.map(\.id) && again.map(\.idempotencyKey) == lost.map(\.idempotencyKey))
        #expect(
            try await store.pool.query("select outcome::text from delivery order by delivery_id limit 1")
                .decodeOnly(String.self) == "uncertain")
        // The first worker was only slow: what it sent is sent, and the second one's result changes nothing more.
        try await store.record(
            lost.map { DeliveryResult($0, .sent(providerReference: nil), detail: "250") }, now: .test)
        try await store.record(again.map { DeliveryResult($0, .deferred(until: .test), detail: "450") }, now: .test)
        #expect(try await store.messages(in: .sent, limit: 5).map(\.id) == lost.map(\.id))
    }

    @Test func manyWorkersTakeEveryMessageOnce() async throws {
        let store = try TestDatabase.store
        try await queueMessages(200)
        let taken = try await withThrowingTaskGroup(of: [Int64].self) { group in
            for _ in 0..<4 {
                group.addTask {
                    var own: [Int64] = []
                    while true {
                        let claimed = try await store.claimMessages(ClaimRequest(channel: .email, limit: 7), now: .test)
                        if claimed.isEmpty { return own }
                        own += claimed.map(\.id)
                        try await store.record(
                            claimed.map { DeliveryResult($0, .sent(providerReference: nil), detail: "250") }, now: .test
                        )
                    }
                }
            }
            return try await group.reduce(into: [Int64]()) { $0 += $1 }
        }
        #expect(taken.count == 200 && Set(taken).count == 200)
    }

    @Test func aCustomerHasOneMessageUnderWayAndTheCapHolds() async throws {
        let store = try TestDatabase.store
        try await publishWriting("contact_cap: {contacts: 1, within: 7d}")
        try await store.take(.customers, writtenCustomer(0))
        for number in 0..<3 {
            try await store.take(
                .interactions, #"{"ref": "i\#(number)", "customer": "c0", "started_at": "2026-11-23T10:00:00Z"}"#)
        }
        #expect(try await store.decideDueResolutions(now: .test).invited == 3)
        let first = try await store.claimMessages(ClaimRequest(channel: .email, limit: 10), now: .test)
        #expect(first.count == 1)
        #expect(try await store.claimMessages(ClaimRequest(channel: .email, limit: 10), now: .test).isEmpty)
        try await store.record(
            first.map { DeliveryResult($0, .sent(providerReference: nil), detail: "250") }, now: .test)
        // The others wait for the cap.
        #expect(try await store.claimMessages(ClaimRequest(channel: .email, limit: 10), now: .test.hours(1)).isEmpty)
        #expect(
            try await store.pool.query(
                "select max(due_at) from message where reason = 'invitation' and state = 'queued'"
            )
            .decodeOnly(Date.self) == Date.test.days(7).hours(-7))
    }

    @Test func aChannelKeepsItsPaceOverAllWorkersAndCanBePaused() async throws {
        let store = try TestDatabase.store
        try await queueMessages(10)
        let request = ClaimRequest(channel: .email, limit: 10, rate: 2)
        #expect(try await store.claimMessages(request, now: .test).count == 2)
        #expect(try await store.claimMessages(request, now: .test).isEmpty)
        #expect(try await store.claimMessages(request, now: .test.addingTimeInterval(0.5)).count == 1)
        #expect(try await store.claimMessages(request, now: .test.addingTimeInterval(5)).count == 2)
        try await store.pause(.email, until: .test.addingTimeInterval(100))
        #expect(try await store.claimMessages(request, now: .test.addingTimeInterval(99)).isEmpty)
        #expect(try await store.claimMessages(request, now: .test.addingTimeInterval(101)).count == 2)
    }

    @Test func whatComesBackGoesOnByTheNextChannelOnce() async throws {
        let store = try TestDatabase.store
        try await queueMessages(1)
        let message = try #require(
            try await store.claimMessages(ClaimRequest(channel: .email, limit: 1), now: .test).first)
        try await store.record([DeliveryResult(message, .sent(providerReference: "m-1"), detail: "250")], now: .test)
        let report = DeliveryReport.failed(detail: "550 mailbox unknown", suspendsAddress: true)
        #expect(try await store.note(report, ofProviderReference: "m-1", now: .test.hours(1)))
        #expect(try await store.note(report, ofProviderReference: "m-1", now: .test.hours(2)))
        #expect(try await !store.note(.delivered, ofProviderReference: "nobody", now: .test))
        // Nor is anybody reminded of what never came.
        #expect(try await messageStates() == ["invitation sms queued": 1])
        #expect(
            try await store.pool.query("select reason from suspended_address").decodeOnly(String.self) == "returned")
    }

    @Test func aClockThatGoesBackSendsNothingTwice() async throws {
        let store = try TestDatabase.store
        try await queueMessages(2)
        let request = ClaimRequest(channel: .email, limit: 5, rate: 2)
        let claimed = try await store.claimMessages(request, now: .test)
        #expect(claimed.count == 2)
        try await store.record([DeliveryResult(claimed[0], .sent(providerReference: nil), detail: "")], now: .test)
        for hours in [-5.0, -1, -0.01] {
            #expect(try await store.claimMessages(request, now: .test.hours(hours)).isEmpty)
            #expect(try await store.decideDueResolutions(now: .test.hours(hours)) == DecisionCounts())
        }
        // What was taken and not told is free after its lease by the later clock.
        #expect(try await store.claimMessages(request, now: .test.hours(0.1)).map(\.id) == [claimed[1].id])
    }

    @Test func whatNobodySendsEndsWithItsLink() async throws {
        let store = try TestDatabase.store
        try await queueMessages(2)
        #expect(try await store.cancelExpiredMessages(now: .test.days(13)) == 0)
        #expect(try await store.cancelExpiredMessages(now: .test.days(14)) == 2)
        #expect(try await store.policyChannels() == [.email, .sms])
    }
}
