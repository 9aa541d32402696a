import Feedback
import Foundation
import Postgres
import Store
import TestSupport
import Testing

/// What customers say by text, by mail and on their page counts at once.
@Suite(.migrated) struct OptOutTests {
    @Test func aReminderStopsAtAnswerStopOptOutAndReopening() async throws {
        let store = try TestDatabase.store
        try await queueMessages(4)
        try await sendAllMessages()
        let invitations = try await store.attributions(issuedAt: .test)
        _ = try await store.submitAnswers(
            [
                Submission(
                    invitation: invitations[0].id, surveyVersion: invitations[0].surveyVersion, language: "en",
                    answers: Answers(nps: 0))
            ], now: .test.days(1))
        try await store.take(
            .stops, #"{"ref": "s1", "customer": "c1", "kind": "deceased", "starts_at": "2026-11-24T00:00:00Z"}"#)
        #expect(try await store.optOut(invitation: invitations[2].id, source: "one-click", now: .test.days(2)))
        let reminders = try await store.claimMessages(ClaimRequest(channel: .email, limit: 10), now: .test.days(3))
        #expect(reminders.map(\.address) == ["c3@example.com"])
        let rules = try await store.pool.query(
            "select rule from message where state = 'cancelled' order by message_id"
        ).decode(String.self)
        #expect(rules == ["answered", "deceased", "opted-out-of-surveys"])
    }

    @Test func optingOutCountsAtOnceAndCanBeTakenBack() async throws {
        let store = try TestDatabase.store
        try await queueMessages(1)
        try await sendAllMessages()
        let invitation = try #require(try await store.attributions(issuedAt: .test).first).id
        for _ in 0..<2 { _ = try await store.optOut(invitation: invitation, source: "one-click", now: .test.hours(1)) }
        #expect(try await store.pool.query("select count(*) from customer_stop").decodeOnly(Int.self) == 1)
        #expect(
            try await store.pool.query("select address from suspended_address").decode(String.self) == [
                "c0@example.com"
            ])
        try await store.take(.interactions, #"{"ref": "next", "customer": "c0", "started_at": "2026-11-23T13:00:00Z"}"#)
        #expect(try await store.decideDueResolutions(now: .test.hours(2)).skipped == 1)
        #expect(try await store.optIn(invitation: invitation, now: .test.hours(3)))
        try await store.take(
            .interactions, #"{"ref": "later", "customer": "c0", "started_at": "2026-11-23T14:00:00Z"}"#)
        #expect(try await store.decideDueResolutions(now: .test.hours(4)).invited == 1)
        #expect(try await !store.optOut(invitation: 99_999, source: "one-click", now: .test))
    }

    @Test func aStopAfterTheClaimStillStopsTheMessage() async throws {
        let store = try TestDatabase.store
        try await queueMessages(2)
        let claimed = try await store.claimMessages(ClaimRequest(channel: .email, limit: 2), now: .test)
        try await store.take(
            .stops, #"{"ref": "s1", "customer": "c0", "kind": "minor", "starts_at": "2026-11-23T12:00:00Z"}"#)
        #expect(try await !store.isStillToBeSent(claimed[0], judgedWithin: 60, now: .test))
        #expect(try await store.isStillToBeSent(claimed[1], judgedWithin: 60, now: .test))
        // What was judged a while ago is judged again.
        #expect(try await !store.isStillToBeSent(claimed[1], judgedWithin: 60, now: .test.hours(0.02)))
        try await store.record([DeliveryResult(claimed[0], .notTried(until: .test), detail: "")], now: .test)
        #expect(try await !store.isStillToBeSent(claimed[0], judgedWithin: 60, now: .test))
        #expect(try await store.claimMessages(ClaimRequest(channel: .email, limit: 2), now: .test).isEmpty)
        #expect(try await store.messages(in: .cancelled, limit: 2).map(\.rule) == ["minor"])
    }

    @Test func aTextedScoreCountsByItselfAfterADayUnlessTheLinkWasUsed() async throws {
        let store = try TestDatabase.store
        try await publishWriting()
        _ = try await store.publish(PolicyFile.atOnce("channels: [sms]", "contact_cap: none"), now: .test)
        for number in 0..<2 {
            try await store.take(
                .customers,
                """
                {"ref": "c\(number)", "phone": "+1212555010\(number)", "sms_consent_at": "2026-11-20T00:00:00Z"}
                """)
            try await store.take(
                .interactions,
                #"{"ref": "i\#(number)", "customer": "c\#(number)", "started_at": "2026-11-23T10:00:00Z"}"#)
        }
        _ = try await store.decideDueResolutions(now: .test)
        let claimed = try await store.claimMessages(ClaimRequest(channel: .sms, limit: 5), now: .test)
        try await store.record(
            claimed.map { DeliveryResult($0, .sent(providerReference: nil), detail: "") }, now: .test)
        for (number, score) in [(0, 3), (0, 0), (1, 9)] {
            let asked = try #require(try await store.textedInvitation(to: "+1212555010\(number)", now: .test.hours(1)))
            try await store.keepTextedScore(score, invitation: asked.id, now: .test.hours(1))
        }
        let second = try #require(try await store.textedInvitation(to: "+12125550101", now: .test.hours(1)))
        let said = Submission(
            invitation: second.id, surveyVersion: second.surveyVersion, language: "en", answers: Answers(nps: 8))
        _ = try await store.submitAnswers([said], now: .test.hours(2))
        #expect(try await store.settleTextedAnswers(before: .test, now: .test.hours(2)) == 0)
        #expect(try await store.settleTextedAnswers(before: .test.hours(1), now: .test.hours(25)) == 1)
        let scores = try await store.pool.query("select nps from response order by invitation_id").decode(Int16.self)
        // The later of two texts, a zero, and what was said by the link.
        #expect(scores == [0, 8])
        #expect(try await store.textedInvitation(to: "+12125550199", now: .test)?.id == nil)
    }

    @Test func aTextThatStopsCountsForWhomeverTheNumberWasWrittenTo() async throws {
        let store = try TestDatabase.store
        _ = try await store.publish(PolicyFile.atOnce("channels: [sms]", "contact_cap: none"), now: .test)
        // A national number, as a centre keeps it; the gateway knows it as from abroad.
        try await store.take(
            .customers,
            #"{"ref": "c0", "phone": "2125550100", "country": "US", "sms_consent_at": "2026-11-20T00:00:00Z"}"#)
        try await store.take(.interactions, #"{"ref": "i0", "customer": "c0", "started_at": "2026-11-23T10:00:00Z"}"#)
        _ = try await store.decideDueResolutions(now: .test)
        let claimed = try await store.claimMessages(ClaimRequest(channel: .sms, limit: 5), now: .test)
        #expect(claimed.map(\.address) == ["+12125550100"])
        try await store.record(
            claimed.map { DeliveryResult($0, .sent(providerReference: "SM1"), detail: "") }, now: .test)
        // Even if theirs is another one by now.
        try await store.take(.customers, #"{"ref": "c0", "phone": "+12125550199"}"#)
        #expect(try await store.optOut(phone: "+12125550100", source: "text message", now: .test.hours(1)) == 1)
        let stops = try await store.pool.query(
            "select kind || ' ' || source from customer_stop where ends_at is null"
        ).decode(String.self)
        #expect(stops == ["opted-out-of-surveys text message"])
    }

    @Test func startEndsOnlyWhatWasStoppedByText() async throws {
        let store = try TestDatabase.store
        try await queueMessages(1)
        try await sendAllMessages()
        let invitation = try #require(try await store.attributions(issuedAt: .test).first).id
        _ = try await store.optOut(invitation: invitation, .optedOut, source: "own page", now: .test.hours(1))
        try await store.optOut(phone: "+12125550100", source: "text message", now: .test.hours(2))
        try await store.optIn(phone: "+12125550100", now: .test.hours(3))
        let left = try await store.pool.query("select source from customer_stop where ends_at is null").decode(
            String.self)
        #expect(left == ["own page"])
        #expect(
            try await store.pool.query("select address from suspended_address").decode(String.self) == [
                "c0@example.com"
            ])
    }

    @Test func anImportedStopNeitherTakesThePlaceOfACustomersOwnNorTheirReference() async throws {
        let store = try TestDatabase.store
        try await queueMessages(1)
        let invitation = try #require(try await store.attributions(issuedAt: .test).first).id
        let stop =
            #"{"ref": "crm-1", "customer": "c0", "kind": "opted-out-of-surveys", "starts_at": "2026-11-01T00:00:00Z"}"#
        try await store.take(.stops, stop)
        _ = try await store.optOut(invitation: invitation, source: "one-click", now: .test)
        try await store.take(
            .stops, stop.replacing("\"starts_at\"", with: "\"ends_at\": \"2026-11-24T00:00:00Z\", \"starts_at\""))
        #expect(try await store.claimMessages(ClaimRequest(channel: .email, limit: 5), now: .test.days(5)).isEmpty)
        #expect(try await store.messages(in: .cancelled, limit: 5).map(\.rule) == ["opted-out-of-surveys"])
        #expect(
            try await store.take(.stops, stop.replacing("crm-1", with: "own:1"))
                == ["a ref that begins with \"own:\" is kept for what customers stopped themselves"])
    }

    @Test func aReportCountsOnlyForTheAddressThatWasWrittenTo() async throws {
        let store = try TestDatabase.store
        try await queueMessages(1)
        try await sendAllMessages()
        let message = try #require(try await store.messages(in: .sent, limit: 1).first).id
        let report = DeliveryReport.failed(detail: "5.1.1\u{0}", suspendsAddress: true)
        #expect(try await !store.note(report, ofEmail: message, to: "other@example.com", now: .test))
        #expect(try await store.pool.query("select count(*) from suspended_address").decodeOnly(Int.self) == 0)
        #expect(try await store.note(report, ofEmail: message, to: "C0@example.com", now: .test))
        #expect(try await store.optOut(email: "C0@EXAMPLE.com", source: "complaint", now: .test) == 1)
        #expect(try await messageStates() == ["invitation sms queued": 1])
    }

    @Test func whoAnsweredByTextIsNotReminded() async throws {
        let store = try TestDatabase.store
        try await queueMessages(1)
        try await sendAllMessages()
        let invitation = try #require(try await store.attributions(issuedAt: .test).first).id
        try await store.keepTextedScore(9, invitation: invitation, now: .test.days(2.9))
        #expect(try await store.claimMessages(ClaimRequest(channel: .email, limit: 5), now: .test.days(3)).isEmpty)
        #expect(try await store.messages(in: .cancelled, limit: 5).map(\.rule) == ["answered"])
    }
}
