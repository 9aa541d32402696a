import Feedback
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Store

@Suite(.migrated) struct ErasureTests {
    private func erase(_ ref: String = "zz-ref", now: Date = .test.hours(3)) async throws -> Erasure? {
        try await keyedStore.eraseCustomer(ref, key: .test, by: .program, now: now)
    }

    @Test func nothingIsLeftThatTellsOfTheCustomer() async throws {
        let store = try keyedStore
        _ = try await fillKnownCustomer(store)
        #expect(Set(try await store.traces().map { $0.prefix { $0 != " " } }).count >= 12)
        let erasure = try #require(try await erase())
        #expect(try await store.traces() == [])
        #expect(erasure.ref.hasPrefix("erased-") && erasure.sharedAddresses == 0)
        #expect((erasure.comments, erasure.complaints, erasure.accounts) == (1, 2, 1))
        // Eight of theirs, and two of the other's that share a transfer and a complaint with them.
        #expect(erasure.interactions == 10)
        #expect((erasure.followUps, erasure.links, erasure.deliveries) == (2, 2, 1))
        // Of somebody who has gone there is nothing to erase, nor of somebody who never was.
        #expect(try await erase() == nil)
        #expect(try await erase(erasure.ref) == nil)
        #expect(try await erase("nobody") == nil)
    }

    @Test func whatFiguresAreCountedFromStays() async throws {
        let store = try keyedStore
        _ = try await fillKnownCustomer(store)
        try await store.refreshCells(now: .test.hours(3))
        let before = try await store.allCells()
        #expect(try await erase() != nil)
        try await store.rebuildCells(now: .test.hours(3))
        #expect(try await store.allCells() == before)
        try await expectNoDifference(now: .test.hours(3))
    }

    /// Transfers between customers, complaints that somebody else calls about, facts that are counted and others that are not yet.
    @Test(arguments: [91, 92, 93]) func figuresOfWholeHistoriesStay(seed: Int) async throws {
        let store = try keyedStore
        let threads = History(seed: seed, contacts: 200, isOrderly: false).threads
        try await store.take(threads[..<(threads.count / 2)])
        _ = try await store.decideDueResolutions(now: .test.days(-20))
        for (place, invitation) in try await store.attributions(issuedAt: .test.days(-20)).enumerated() {
            let said = Submission(
                invitation: invitation.id, surveyVersion: 1, language: "en",
                answers: Answers(nps: Int16(place % 11), comment: "Comment \(place)"))
            _ = try await store.submitAnswers([said], now: .test.days(-19).addingTimeInterval(Double(place * 40)))
        }
        try await store.refreshCells(now: .test)
        try await store.take(threads[(threads.count / 2)...])
        for number in 0..<4 { #expect(try await erase("c\(number)", now: .test)?.interactions ?? 0 > 0) }
        try await expectNoDifference(now: .test)
        let before = try await store.allCells()
        for number in 4..<9 { #expect(try await erase("c\(number)", now: .test)?.interactions ?? 0 > 0) }
        try await store.rebuildCells(now: .test)
        #expect(try await store.allCells() == before)
    }

    /// An import that was not counted yet names transfers by what they are called now.
    @Test func figuresThatAreNotCountedYetComeOutTheSame() async throws {
        let store = try keyedStore
        _ = try await fillKnownCustomer(store)
        #expect(try await erase() != nil)
        try await expectNoDifference(now: .test.hours(3))
        let contacts = try await store.pool.query(
            "select count(distinct contact), count(contact), count(complaint_ref) from interaction"
        ).decodeOnly(Int.self, Int.self, Int.self)
        #expect(contacts == (1, 3, 5))
    }

    @Test func linksEndAndMessagesAreNotSent() async throws {
        let store = try keyedStore
        let known = try await fillKnownCustomer(store)
        #expect(try await erase()?.messages == 2)
        #expect(try await !store.isStillToBeSent(known.underWay, judgedWithin: 1e6, now: .test.hours(3)))
        let states = try await store.linkStates(of: known.invitations, now: .test.hours(3))
        #expect(
            states == [
                .answered(surveyVersion: 1, language: "en"), .expired(surveyVersion: 1, language: "en"),
            ])
        for channel in [SurveyChannel.email, .sms] {
            let claimed = try await store.claimMessages(ClaimRequest(channel: channel, limit: 9), now: .test.days(6))
            #expect(claimed.allSatisfy { $0.customer == "other" })
        }
        // Nor do their own pages tell anything.
        for invitation in known.invitations {
            #expect(try await store.ownPage(invitation: invitation, now: .test.hours(3)) == nil)
            let hours = ContactHours(days: [.monday], opens: 0, closes: 1)
            let choice = CustomerChoice(channel: nil, language: "en", hours: hours)
            #expect(try await !store.choose(choice, invitation: invitation, now: .test.hours(3)))
            #expect(try await store.makeComplaint(of: invitation, by: nil, seenBy: nil, now: .test.hours(3)) == nil)
        }
    }

    @Test func whatAWorkerTellsLaterLeavesNoTrace() async throws {
        let store = try keyedStore
        let known = try await fillKnownCustomer(store)
        #expect(try await erase() != nil)
        for outcome in [
            DeliveryResult.Outcome.sent(providerReference: "zz-late"), .refused(suspendsAddress: true),
            .deferred(until: .test.days(1)),
        ] {
            try await store.record(
                [DeliveryResult(known.underWay, outcome, detail: "zz-mail@example.com")], now: .test.hours(4))
        }
        #expect(try await store.traces() == [])
        #expect(try await messageStates()["invitation email queued"] == nil)
    }

    @Test func whatWaitsIsPassedOver() async throws {
        let store = try keyedStore
        _ = try await fillKnownCustomer(store)
        #expect(try await erase() != nil)
        #expect(try await store.decideDueResolutions(now: .test.days(2)).invited == 0)
        let rules = try await store.pool.query(
            """
            select d.rule from decision d join resolution using (resolution_id) join interaction i using (interaction_id)
            join customer c on c.customer_id = i.customer_id
            where c.is_erased and d.decided_at > $1
            """, Date.test.days(1)
        ).decode(String.self)
        #expect(rules == ["opted-out"])
        try await expectNoDifference(now: .test.days(2))
    }

    @Test func othersKeepWhatIsTheirs() async throws {
        let store = try keyedStore
        _ = try await fillKnownCustomer(store)
        #expect(try await erase() != nil)
        let text = try #require(try await store.exportCustomer("other", by: .program, now: .test)).text
        let words = [
            "other-i3", "other-i6", "other-i10", "other-account", "other-complaint", "Very kind", "other-provider",
        ]
        for word in words {
            #expect(text.contains(word), "\(word)")
        }
    }

    @Test func anAccountThatSomebodyElseWasAskedAboutKeepsItsName() async throws {
        let store = try keyedStore
        try await store.take(.accounts, #"{"ref": "joint", "customer": "a", "portfolio": "Cards"}"#)
        try await store.take(
            .interactions, #"{"ref": "i", "customer": "b", "account": "joint", "started_at": "2026-11-23T10:00:00Z"}"#)
        #expect(try await store.decideDueResolutions(now: .test).invited == 1)
        #expect(try await erase("a")?.accounts == 0)
        #expect(try await erase("b")?.accounts == 0)
        #expect(try await store.pool.query("select ref from account").decodeOnly(String.self) == "joint")
    }

    @Test func pagesThatListTheAnswersAreWrittenAgain() async throws {
        let store = try keyedStore
        _ = try await fillKnownCustomer(store)
        try await store.refreshCells(now: .test.hours(3))
        let before = try await store.cellState().refresh
        #expect(try await erase(now: .test.days(40)) != nil)
        let changes = try await store.readingFigures { try await $0.changes(after: before) }
        let agent = try await store.pool.query("select agent_id from agent where ref = 'A'").decodeOnly(Int32.self)
        let day = CalendarDay(.test.hours(1), in: .gmt)
        #expect(!changes.isEverything)
        #expect(changes.days[.everything] == day...day)
        // The page about the agent lists their newest answers, however old.
        #expect(changes.days[.agent(agent)] == day...day.adding(days: 40))
        // Without an answer there is nothing to write again.
        try await store.take(.customers, #"{"ref": "silent"}"#)
        let number = try await store.cellState().refresh
        #expect(try await erase("silent") != nil)
        #expect(try await store.cellState().refresh == number)
    }

    @Test func anErasureDoesNotWaitForALongImport() async throws {
        let store = try keyedStore
        try await store.take(.customers, #"{"ref": "a"}"#)
        try await store.importing(.customers) { session in
            let row = ["1", "b"] + repeatElement("\\N", count: 18)
            _ = try await session.merge(Array((row.joined(separator: "\t") + "\n").utf8))
            await #expect(throws: SuppressionError.isBusy) {
                try await store.eraseCustomer("a", key: .test, by: .program, now: .test, patience: 0.01)
            }
        }
        #expect(try await erase("a") != nil)
    }
}
