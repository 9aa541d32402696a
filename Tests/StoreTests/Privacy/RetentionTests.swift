import Feedback
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Store

@Suite(.migrated) struct RetentionTests {
    private func isKnown(_ ref: String) async throws -> Bool {
        try await TestDatabase.store.pool.query(
            "select num_nonnulls(email, phone, name, street, city, postcode) > 0 from customer where ref = $1", ref
        ).decodeOnly(Bool.self)
    }

    private func answer(_ invitation: Int64, _ comment: String?, at now: Date) async throws {
        let said = Submission(
            invitation: invitation, surveyVersion: 1, language: "en", answers: Answers(nps: 0, comment: comment))
        #expect(try await TestDatabase.store.submitAnswers([said], now: now) == [.stored])
    }

    /// The links expire 14 days after .test.
    @Test(arguments: [(days: 43.999, isGone: false), (44, true)])
    func contactDetailsGoThirtyDaysAfterTheLinkExpires(days: Double, isGone: Bool) async throws {
        let store = try TestDatabase.store
        try await queueMessages(1)
        try await sendAllMessages()
        _ = try await store.cancelExpiredMessages(now: .test.days(14))
        let counts = try await store.applyRetention(now: .test.days(days))
        #expect((counts.customers, counts.deliveries) == (isGone ? 1 : 0, isGone ? 1 : 0))
        #expect(try await isKnown("c0") == !isGone)
        let addresses = try await store.pool.query("select count(address), count(detail) from delivery")
            .decodeOnly(Int.self, Int.self)
        #expect(addresses == (isGone ? 0 : 1, isGone ? 0 : 1))
        // Nothing more is to be done.
        #expect(try await store.applyRetention(now: .test.days(days)) == RetentionCounts())
    }

    @Test(arguments: [(days: 31.999, isGone: false), (32, true)])
    func anAnswerClosesTheInvitation(days: Double, isGone: Bool) async throws {
        let store = try TestDatabase.store
        try await queueMessages(1)
        try await sendAllMessages()
        try await answer(try #require(try await store.attributions(issuedAt: .test).first).id, nil, at: .test.days(2))
        // The reminder is cancelled when it is due.
        _ = try await store.claimMessages(ClaimRequest(channel: .email, limit: 9), now: .test.days(3))
        #expect(try await store.applyRetention(now: .test.days(days)).customers == (isGone ? 1 : 0))
        #expect(try await isKnown("c0") == !isGone)
    }

    @Test func consentGoesWithTheAddressAndTheRestStays() async throws {
        let store = try TestDatabase.store
        try await queueMessages(1)
        _ = try await store.cancelExpiredMessages(now: .test.days(14))
        #expect(try await store.applyRetention(now: .test.days(44)).customers == 1)
        let kept = try await store.pool.query(
            "select ref, time_zone, email_basis is null and sms_consent_at is null from customer"
        ).decodeOnly(String.self, String?.self, Bool.self)
        #expect(kept == ("c0", "Europe/London", true))
        // They come again by the next import.
        try await store.take(.customers, writtenCustomer(0))
        #expect(try await isKnown("c0"))
    }

    @Test func whoIsStillNeededStaysKnown() async throws {
        let store = try TestDatabase.store
        try await queueMessages(5)
        _ = try await store.cancelExpiredMessages(now: .test.days(14))
        // Spoken with since, planned or called; and a decision that is due.
        for (number, more) in [(0, ""), (1, #", "planned": true"#), (2, #", "direction": "outbound""#)] {
            try await store.take(
                .interactions,
                #"{"ref": "n\#(number)", "customer": "c\#(number)", "handled": false, "started_at": "2026-12-08T12:00:00Z"\#(more)}"#
            )
        }
        try await store.take(
            .complaints,
            """
            {"ref": "k", "customer": "c3", "received_at": "2026-11-01T10:00:00Z", "state": "resolved",
             "state_at": "2026-11-30T10:00:00Z"}
            """)
        #expect(try await store.applyRetention(now: .test.days(44)).customers == 1)
        for number in 0..<4 { #expect(try await isKnown("c\(number)"), "c\(number)") }
        #expect(try await !isKnown("c4"))
        // Thirty days after that, the calls matter no more; what waits still does.
        #expect(try await store.applyRetention(now: .test.days(45)).customers == 3)
        #expect(try await isKnown("c3"))
    }

    @Test func whoHasAMessageWaitingOrWasNeverAskedStaysKnown() async throws {
        let store = try TestDatabase.store
        try await queueMessages(1)
        try await store.take(.customers, #"{"ref": "never", "email": "never@example.com"}"#)
        #expect(try await store.applyRetention(now: .test.days(100)).customers == 0)
        _ = try await store.cancelExpiredMessages(now: .test.days(100))
        #expect(try await store.applyRetention(now: .test.days(100)).customers == 1)
        #expect(try await isKnown("never"))
    }

    /// Given, and the last moment that it is kept.
    @Test(
        arguments: [
            ("2026-11-23T12:00:00Z", "2027-12-23T12:00:00Z"),
            // A month without that day ends with its last day.
            ("2027-01-31T12:00:00Z", "2028-02-29T12:00:00Z"), ("2028-01-31T12:00:00Z", "2029-02-28T12:00:00Z"),
            ("2028-01-29T12:00:00Z", "2029-02-28T12:00:00Z"), ("2028-02-29T12:00:00Z", "2029-03-29T12:00:00Z"),
            ("2027-12-31T23:59:59Z", "2029-01-31T23:59:59Z"),
        ]) func aCommentGoesAfterThirteenMonths(given: String, end: String) async throws
    {
        let store = try TestDatabase.store
        let answered = try Date(given, strategy: .iso8601)
        let end = try Date(end, strategy: .iso8601)
        let invitation = try #require(try await store.invite(1, at: answered.hours(-1)).first)
        try await answer(invitation, "Kind", at: answered)
        #expect(try await store.applyRetention(now: end.addingTimeInterval(-0.001)).comments == 0)
        #expect(try await store.applyRetention(now: end).comments == 1)
        let left = try await store.pool.query("select comment, comment_is_removed, nps from response")
            .decodeOnly(String?.self, Bool.self, Int16?.self)
        #expect(left == (nil, true, 0))
        #expect(try await store.applyRetention(now: end).comments == 0)
        try await expectNoDifference(now: end)
    }

    @Test func whatStaffWroteAboutAnAnswerGoesWithItsComment() async throws {
        let made = try await TestAgents.make(calls: 3)
        let answers = try await made.invitations("A1").prefix(2)
        try await made.answer(answers[0], nps: 0, comment: "I can't cope", at: .test.days(-1))
        try await made.answer(answers[1], nps: 0, at: .test.days(-1))
        for answer in answers {
            let objection = try await made.objection(to: answer)
            #expect(try await made.decide(objection, accepting: true) == .decided)
        }
        let followUp = try #require(try await made.store.followUps(isOpen: true, seenBy: nil, limit: 1).first)
        let reader = Actor(name: "person \(made.north)")
        #expect(try await made.store.closeFollowUp(followUp.id, by: reader, note: "We spoke.", now: .test))
        let waiting = try #require(try await made.invitations("A1").last)
        _ = try await made.answer(waiting, nps: 0, at: .test.days(-1))
        _ = try await made.objection(to: waiting, words: "Nobody has read this yet.")
        // All was decided at noon of 23 November 2026.
        let end = try Date("2027-12-23T12:00:00Z", strategy: .iso8601)
        #expect(try await made.store.applyRetention(now: end.addingTimeInterval(-0.001)).remarks == 0)
        // Two objections, one of them to an answer without a comment, and a note.
        #expect(try await made.store.applyRetention(now: end).remarks == 3)
        #expect(try await made.store.applyRetention(now: end).remarks == 0)
        let own = try await made.own().objections.compactMap(\.objection)
        #expect(own.count == 3 && own.map { $0.words == nil } == own.map { $0.decision?.isAccepted == true })
        #expect(own.count { $0.words == nil } == 2 && own.allSatisfy { $0.decision?.reason == nil })
        #expect(try await made.store.followUp(followUp.id, seenBy: nil)?.closingNote == nil)
        #expect(try await made.store.pool.query("select count(*) from exclusion").decodeOnly(Int.self) == 2)
    }

    @Test func aRunGoesOnThroughAllBatchesAndTellsPages() async throws {
        let store = try TestDatabase.store
        try await queueMessages(7)
        try await sendAllMessages()
        for (place, invitation) in try await store.attributions(issuedAt: .test).enumerated() {
            try await answer(invitation.id, place < 5 ? "Comment \(place)" : nil, at: .test.days(1))
        }
        _ = try await store.cancelExpiredMessages(now: .test.days(14))
        try await store.refreshCells(now: .test.days(14))
        let before = try await store.cellState().refresh
        var expected = RetentionCounts()
        (expected.customers, expected.deliveries, expected.comments) = (7, 7, 5)
        let now = Date.test.days(500)
        #expect(try await store.applyRetention(now: now, batch: 2) == expected)
        #expect(try await store.applyRetention(now: now, batch: 2) == RetentionCounts())
        let changes = try await store.readingFigures { try await $0.changes(after: before) }
        let day = CalendarDay(.test.days(1), in: .gmt)
        #expect(!changes.isEverything && changes.days[.everything] == day...day)
        // What had no comment is not marked as if it had had one.
        let marks = try await store.pool.query("select count(*) from response where comment_is_removed")
        #expect(try marks.decodeOnly(Int.self) == 5)
        try await expectNoDifference(now: now)
    }

    @Test func severalServersForgetEverythingOnce() async throws {
        let store = try TestDatabase.store
        try await queueMessages(40)
        try await sendAllMessages()
        _ = try await store.cancelExpiredMessages(now: .test.days(14))
        let total = try await withThrowingTaskGroup(of: RetentionCounts.self) { group in
            for _ in 0..<4 { group.addTask { try await store.applyRetention(now: .test.days(60), batch: 3) } }
            return try await group.reduce(into: RetentionCounts()) { total, counts in
                total.customers += counts.customers
                total.deliveries += counts.deliveries
            }
        }
        #expect((total.customers, total.deliveries) == (40, 40))
    }

    @Test func theTimesAreSettingsWithBounds() async throws {
        let store = try TestDatabase.store
        #expect(try await store.retention() == Retention(contactDays: 30, commentMonths: 13))
        try await store.setRetention(contactDays: 0, commentMonths: nil, by: .program, now: .test)
        #expect(try await store.retention() == Retention(contactDays: 0, commentMonths: 13))
        try await queueMessages(1)
        _ = try await store.cancelExpiredMessages(now: .test.days(14))
        #expect(try await store.applyRetention(now: .test.days(14)).customers == 1)
        for (days, months, rule) in [
            (-1, 13, "retention_contact_days_range"), (3651, 13, "retention_contact_days_range"),
            (30, 0, "retention_comment_months_range"), (30, 121, "retention_comment_months_range"),
        ] {
            await #expect {
                try await store.setRetention(contactDays: days, commentMonths: months, by: .program, now: .test)
            } throws: { error in
                (error as? PostgresError)?.constraint == rule
            }
        }
    }
}
