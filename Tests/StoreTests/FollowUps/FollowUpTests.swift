import Feedback
import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import Store

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
        let followUp = try #require(try await store.followUps(isOpen: true, seenBy: nil, limit: 10).first)
        #expect(followUp.reason == .distress && followUp.invitation == ids[0] && followUp.openedBy == "words")
        #expect(followUp.comment == "I can't cope" && followUp.openedAt == .test && followUp.firstDueOn == nil)
        #expect(try await store.followUps(isOpen: true, seenBy: nil, after: followUp.id, limit: 10).isEmpty)
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
        #expect(try await store.makeComplaint(of: invitation, by: nil, seenBy: nil, now: .test) == nil)
        try await answer(invitation, nil, store: store)
        let terms = try await withThrowingTaskGroup(of: ComplaintTerms?.self) { group in
            for _ in 0..<8 {
                group.addTask { try await store.makeComplaint(of: invitation, by: nil, seenBy: nil, now: .test) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(terms.compactMap { $0?.first }).count == 1 && !terms.contains(nil))
        let later = try await store.makeComplaint(
            of: invitation, by: Actor(name: "reader"), seenBy: nil, now: .test.days(20))
        #expect(later == terms[0])
        let (ref, state, changes) = try await store.pool.query(
            """
            select ref, state::text, (select count(*) from complaint_change c where c.complaint_id = complaint.complaint_id)
            from complaint where ref like 'answer-%'
            """
        ).decodeOnly(String.self, String.self, Int.self)
        #expect(ref == "answer-\(invitation)" && state == "received" && changes == 1)
        let followUp = try #require(try await store.followUps(isOpen: true, seenBy: nil, limit: 10).first)
        #expect(followUp.reason == .complaint && followUp.complaint == ref && followUp.openedBy == "customer")
        let (first, final) = try (#require(followUp.firstDueOn), #require(followUp.finalDueOn))
        #expect(final.dayNumber - CalendarDay(.test, in: .gmt).dayNumber == 56 && first < final)
    }

    @Test func aFollowUpIsClosedOnceWithANote() async throws {
        let store = try TestDatabase.store
        let invitation = try await store.invite(1)[0]
        try await answer(invitation, "cancer", store: store)
        let id = try #require(try await store.followUps(isOpen: true, seenBy: nil, limit: 1).first).id
        #expect(try await store.openFollowUps().map(\.count) == [0, 1])
        #expect(try await store.closeFollowUp(id, by: Actor(name: "ada"), note: "called", now: .test.days(1)))
        #expect(try await !store.closeFollowUp(id, by: Actor(name: "bob"), note: "again", now: .test.days(2)))
        #expect(try await !store.closeFollowUp(999, by: Actor(name: "bob"), note: "none", now: .test.days(2)))
        #expect(try await store.followUps(isOpen: true, seenBy: nil, limit: 10).isEmpty)
        let closed = try #require(try await store.followUps(isOpen: false, seenBy: nil, limit: 10).first)
        #expect(closed.closedBy == "ada" && closed.closingNote == "called")
        #expect(try await store.openFollowUps().map(\.count) == [0, 0])
    }

    @Test func theMostUrgentComeFirstPageByPage() async throws {
        let store = try TestDatabase.store
        let ids = try await store.invite(5)
        for id in ids { try await answer(id, nil, store: store) }
        // Complaints of later days are due later, and the words of distress that come last stand first.
        for (index, id) in ids.enumerated() {
            #expect(
                try await store.makeComplaint(of: id, by: nil, seenBy: nil, now: .test.days(Double(10 - index))) != nil)
        }
        let distressed = try await store.invite(2, at: .test.hours(1)).suffix(1)
        for id in distressed { try await answer(id, "I can't cope", store: store) }
        var found: [FollowUp] = []
        while let next = try await store.followUps(isOpen: true, seenBy: nil, after: found.last?.id, limit: 2)
            as [FollowUp]?,
            !next.isEmpty
        {
            found += next
        }
        #expect(found.map(\.reason) == [.distress] + [FollowUp.Reason](repeating: .complaint, count: 5))
        let dues = found.compactMap(\.firstDueOn)
        #expect(dues == dues.sorted() && Set(found.map(\.id)).count == 6)
    }

    @Test func whoeverSeesSomeTeamsSeesTheirFollowUpsOnly() async throws {
        let store = try TestDatabase.store
        try await store.take(.agents, #"[{"ref": "A1", "team": "North"}, {"ref": "B1", "team": "South"}]"#)
        let own = try await store.invite(1)[0]
        try await answer(own, "I can't cope", store: store)
        let (north, south, cards) = try await store.pool.query(
            """
            select (select team_id from team where ref = 'North'), (select team_id from team where ref = 'South'),
                (select portfolio_id from portfolio where ref = 'Cards')
            """
        ).decodeOnly(Int32.self, Int32.self, Int32.self)
        func viewer(_ teams: Set<Int32>, _ portfolios: Set<Int32> = []) -> Viewer {
            Viewer(
                session: 1, person: 1, role: .qualityManager, seesEverything: false, teams: teams,
                portfolios: portfolios, agent: nil, awaitsSecondFactor: false, createdAt: .test, lastSeenAt: .test)
        }
        let id = try #require(try await store.followUps(isOpen: true, seenBy: nil, limit: 1).first).id
        for (viewer, sees) in [
            (viewer([north]), true), (viewer([south]), false), (viewer([south], [cards]), true), (viewer([]), false),
        ] {
            // The words of distress first; the complaint that the first of them makes is seen by the same.
            let seen = try await store.followUps(isOpen: true, seenBy: viewer, limit: 9)
            #expect(seen.first?.id == (sees ? id : nil) && seen.allSatisfy { $0.invitation == own })
            #expect(try await (store.followUp(id, seenBy: viewer) != nil) == sees)
            let terms = try await store.makeComplaint(
                of: own, by: Actor(name: "person 1"), seenBy: viewer, now: .test.hours(1))
            #expect((terms != nil) == sees)
        }
    }

    @Test func takingAndClosingStandInTheRecordWithoutTheNote() async throws {
        let store = try TestDatabase.store
        let invitation = try await store.invite(1)[0]
        try await answer(invitation, "cancer", store: store)
        let id = try #require(try await store.followUps(isOpen: true, seenBy: nil, limit: 1).first).id
        #expect(try await store.takeFollowUp(id, from: nil, by: Actor(name: "ada"), now: .test))
        // Whoever saw that nobody looks after it does not take it from Ada unknowingly.
        #expect(try await !store.takeFollowUp(id, from: nil, by: Actor(name: "cleo"), now: .test))
        #expect(try await store.followUp(id, seenBy: nil)?.takenBy == "ada")
        #expect(try await store.closeFollowUp(id, by: Actor(name: "ada"), note: "spoke to Mrs Zephyr", now: .test))
        #expect(try await !store.takeFollowUp(id, from: "ada", by: Actor(name: "bob"), now: .test))
        let rows = try await store.auditRows(limit: 9)
        #expect(rows.map(\.action) == ["follow-up.close", "follow-up.take"])
        #expect(!rows.contains { "\($0)".contains("Zephyr") })
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
