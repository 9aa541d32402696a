import Feedback
import Foundation
import Postgres
import Store
import Synchronization
import TestSupport
import Testing

@Suite(.migrated) struct FollowUpTests {
    private func answer(_ invitation: Int64, _ comment: String?, store: Store) async throws {
        let submission = Submission(
            invitation: invitation, surveyVersion: 1, language: "en", answers: Answers(nps: 2, comment: comment))
        #expect(try await store.submitAnswersApart([submission], now: .test) == [.stored])
    }

    @Test func wordsOfDistressOpenAFollowUpWithTheAnswerAndKeepTheCommentBack() async throws {
        let store = try TestDatabase.store
        let ids = try await store.invite(2)
        try await answer(ids[0], "I can't cope", store: store)
        try await answer(ids[1], "Very kind", store: store)
        let followUp = try #require(try await store.followUps(isOpen: true, limit: 10).first)
        #expect(followUp.reason == .distress && followUp.invitation == ids[0] && followUp.openedBy == "words")
        #expect(followUp.comment == "I can't cope" && followUp.openedAt == .test && followUp.firstDueOn == nil)
        #expect(try await store.followUps(isOpen: true, after: followUp.id, limit: 10).isEmpty)
        let kept = try await store.pool.query(
            "select invitation_id, is_kept_back(invitation_id) from response order by invitation_id"
        ).decode(Int64.self, Bool.self)
        #expect(kept.map(\.1) == [true, false])
        let shown = try await store.readingFigures { figures in
            try await figures.answers(.everything, from: .test.days(-1), before: .test.days(1), most: 10)
        }
        #expect(shown.count { $0.isKeptBack && $0.comment == nil } == 1)
        #expect(shown.count { !$0.isKeptBack && $0.comment == "Very kind" } == 1)
    }

    @Test func aComplaintIsMadeOnceWithItsClocksWhoeverAsksAtOnce() async throws {
        let store = try TestDatabase.store
        let invitation = try await store.invite(1)[0]
        #expect(try await store.makeComplaint(of: invitation, by: nil, now: .test) == nil)
        try await answer(invitation, nil, store: store)
        let terms = try await withThrowingTaskGroup(of: ComplaintTerms?.self) { group in
            for _ in 0..<8 {
                group.addTask { try await store.makeComplaint(of: invitation, by: nil, now: .test) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(terms.compactMap { $0?.first }).count == 1 && !terms.contains(nil))
        let later = try await store.makeComplaint(of: invitation, by: Actor(name: "reader"), now: .test.days(20))
        #expect(later == terms[0])
        let (ref, state, changes) = try await store.pool.query(
            """
            select ref, state::text, (select count(*) from complaint_change c where c.complaint_id = complaint.complaint_id)
            from complaint where ref like 'answer-%'
            """
        ).decodeOnly(String.self, String.self, Int.self)
        #expect(ref == "answer-\(invitation)" && state == "received" && changes == 1)
        let followUp = try #require(try await store.followUps(isOpen: true, limit: 10).first)
        #expect(followUp.reason == .complaint && followUp.complaint == ref && followUp.openedBy == "customer")
        let (first, final) = try (#require(followUp.firstDueOn), #require(followUp.finalDueOn))
        #expect(final.dayNumber - CalendarDay(.test, in: .gmt).dayNumber == 56 && first < final)
    }

    @Test func aFollowUpIsClosedOnceWithANote() async throws {
        let store = try TestDatabase.store
        let invitation = try await store.invite(1)[0]
        try await answer(invitation, "cancer", store: store)
        let id = try #require(try await store.followUps(isOpen: true, limit: 1).first).id
        #expect(try await store.openFollowUps().map(\.count) == [0, 1])
        #expect(try await store.closeFollowUp(id, by: Actor(name: "ada"), note: "called", now: .test.days(1)))
        #expect(try await !store.closeFollowUp(id, by: Actor(name: "bob"), note: "again", now: .test.days(2)))
        #expect(try await !store.closeFollowUp(999, by: Actor(name: "bob"), note: "none", now: .test.days(2)))
        #expect(try await store.followUps(isOpen: true, limit: 10).isEmpty)
        let closed = try #require(try await store.followUps(isOpen: false, limit: 10).first)
        #expect(closed.closedBy == "ada" && closed.closingNote == "called")
        #expect(try await store.openFollowUps().map(\.count) == [0, 0])
    }

    @Test func eachIsToldOnceAndAgainIfTellingFails() async throws {
        let store = try TestDatabase.store
        for invitation in try await store.invite(3) { try await answer(invitation, "depressed", store: store) }
        struct Away: Error {}
        await #expect(throws: Away.self) { try await store.tellOfFollowUps(now: .test) { _ in throw Away() } }
        let told = LockedList()
        try await store.tellOfFollowUps(now: .test) { told.add($0.map(\.id)) }
        try await store.tellOfFollowUps(now: .test) { told.add($0.map(\.id)) }
        #expect(told.all.count == 3 && Set(told.all).count == 3)
    }
}

/// Numbers that several tasks add to.
private final class LockedList: Sendable {
    private let numbers = Mutex<[Int64]>([])

    var all: [Int64] { numbers.withLock { $0 } }

    func add(_ more: [Int64]) { numbers.withLock { $0 += more } }
}
