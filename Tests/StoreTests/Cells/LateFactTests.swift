import Feedback
import Foundation
import Intake
import Postgres
import TestSupport
import Testing

@testable import Store

/// What comes late makes stale whatever it decides about, also on other days.
@Suite(.migrated) struct LateFactTests {
    @Test func anAnswerJustAfterMidnightIsJudgedByTheOneBefore() async throws {
        let store = try TestDatabase.store
        let items = (0..<2).map { #"{"ref": "i\#($0)", "customer": "c", "started_at": "2026-11-20T10:00:00Z"}"# }
        try await store.take(.interactions, "[\(items.joined(separator: ","))]")
        _ = try await store.decideDueResolutions(now: .test)
        let ids = try await store.attributions(issuedAt: .test).map(\.id)
        let midnight = Date.test.hours(12)
        for (id, seconds) in zip(ids, [-20.0, 20]) {
            let said = Submission(invitation: id, surveyVersion: 1, language: "en", answers: Answers(nps: 9))
            _ = try await store.submitAnswers([said], now: midnight.addingTimeInterval(seconds))
            try await store.refreshCells(now: midnight)
        }
        #expect(try await store.counts().suspectScores["nps"]?[9] == 1)
        try await expectNoDifference(now: midnight)
    }

    /// An answer that was taken at the same time elsewhere, but stored later.
    @Test func anAnswerJustBeforeMidnightMakesTheNextDaysSuspect() async throws {
        let store = try TestDatabase.store
        let items = (0..<2).map { #"{"ref": "i\#($0)", "customer": "c", "started_at": "2026-11-20T10:00:00Z"}"# }
        try await store.take(.interactions, "[\(items.joined(separator: ","))]")
        _ = try await store.decideDueResolutions(now: .test)
        let ids = try await store.attributions(issuedAt: .test).map(\.id)
        let midnight = Date.test.hours(12)
        for (id, seconds) in zip(ids, [20.0, -20]) {
            let said = Submission(invitation: id, surveyVersion: 1, language: "en", answers: Answers(nps: 9))
            _ = try await store.submitAnswers([said], now: midnight.addingTimeInterval(seconds))
            try await store.refreshCells(now: midnight)
        }
        #expect(try await store.counts().suspectScores["nps"]?[9] == 1)
        try await expectNoDifference(now: midnight)
    }

    @Test(arguments: [IntakeKind.customers, .agents])
    func whatIsKnownLateReachesAResolutionWhoseInteractionWasMoved(kind: IntakeKind) async throws {
        let store = try TestDatabase.store
        let call = #"{"ref": "i", "customer": "c", "agent": "A", "started_at": "2026-03-01T10:00:00Z"}"#
        try await store.take(.interactions, call)
        // The resolution stays on the day on which it was first known.
        try await store.take(.interactions, call.replacing("2026-03-01", with: "2026-04-01"))
        try await store.refreshCells(now: .test)
        try await store.take(
            kind, kind == .customers ? #"{"ref": "c", "segment": "s"}"# : #"{"ref": "A", "team": "T"}"#)
        try await store.refreshCells(now: .test)
        let rows = try await store.counts(by: kind == .customers ? .segment : .team)
        #expect(rows.filter { $0.value != 0 }.map(\.counts.asking.resolutions) == [1])
        try await expectNoDifference(now: .test)
    }

    /// A contact is its first leg's day and its last leg's team's.
    @Test func aTeamThatIsKnownLateReachesATransferThatBeganTheDayBefore() async throws {
        let store = try TestDatabase.store
        try await store.take(
            .interactions,
            """
            [{"ref": "a", "customer": "c", "contact": "x", "agent": "A", "started_at": "2026-03-01T23:50:00Z"},
             {"ref": "b", "customer": "c", "contact": "x", "agent": "B", "started_at": "2026-03-02T00:05:00Z"}]
            """)
        try await store.refreshCells(now: .test)
        try await store.take(.agents, #"{"ref": "B", "team": "T"}"#)
        try await store.refreshCells(now: .test)
        let teams = try await store.counts(by: .team).filter { $0.value != 0 }
        #expect(teams.map(\.counts.contacts.all) == [1] && teams.map(\.counts.wholeContacts.handled) == [1])
        try await expectNoDifference(now: .test)
    }

    /// The second leg comes days after the first: the contact is the first leg's day, and ends with the second.
    @Test func aTransferOverDaysIsDecidedByAContactAMonthLater() async throws {
        let store = try TestDatabase.store
        func leg(_ ref: String, _ contact: String?, _ day: String) -> String {
            let part = contact.map { #", "contact": "\#($0)""# } ?? ""
            return #"{"ref": "\#(ref)", "customer": "c", "started_at": "\#(day)T10:00:00Z"\#(part)}"#
        }
        try await store.take(.interactions, leg("a", "x", "2026-03-01"))
        try await store.take(.interactions, leg("b", "x", "2026-03-06"))
        try await store.refreshCells(now: .test)
        #expect(try await store.counts().windows[4].firstResolved == 1)
        // 29 days after the second leg, 34 after the first.
        try await store.take(.interactions, leg("d", nil, "2026-04-04"))
        try await store.refreshCells(now: .test)
        #expect(try await store.counts().windows[4].firstResolved == 0)
        try await expectNoDifference(now: .test)
        // The first leg alone is corrected: what came after the second is judged anew.
        try await store.take(.interactions, #"{"ref": "a", "topic": "t", "started_at": "2026-03-01T10:00:00Z"}"#)
        try await store.refreshCells(now: .test)
        let all = try await store.counts()
        #expect((all.windows[4].first, all.windows[4].firstResolved) == (2, 2))
        try await expectNoDifference(now: .test)
    }

    /// A contact is its first leg's customer's, and ends with its last: both are known only from the whole, wherever a day's bounds are.
    @Test(arguments: [#""customer": "e", "#, ""])
    func aTransferWhoseSecondLegIsAnotherCustomersDecidesToItsEnd(customer: String) async throws {
        let store = try TestDatabase.store
        func leg(_ ref: String, _ rest: String, _ day: String) -> String {
            #"{"ref": "\#(ref)", \#(rest)"started_at": "2026-\#(day)T10:00:00Z"}"#
        }
        try await store.take(.interactions, leg("a", #""contact": "x", "customer": "c", "#, "03-01"))
        // 35 days after the first leg, 27 after what will be the second.
        try await store.take(.interactions, leg("d", #""customer": "c", "#, "04-05"))
        try await store.refreshCells(now: .test)
        #expect(try await store.counts().windows[4].first == 2)
        try await store.take(.interactions, leg("b", #""contact": "x", \#(customer)"#, "03-09"))
        try await store.refreshCells(now: .test)
        #expect(try await store.counts().windows[4].first == 1)
        // Each day by itself is judged as all days together are.
        for day in ["03-01", "04-05"] {
            try await store.take(.interactions, leg("o\(day)", "", day))
            try await store.refreshCells(now: .test)
            try await expectNoDifference(now: .test)
        }
    }

    /// Nothing began near the contact between a transfer's two legs.
    @Test func aContactBetweenTheDistantLegsOfATransferRepeatsIt() async throws {
        let store = try TestDatabase.store
        func leg(_ ref: String, _ rest: String, _ day: String) -> String {
            #"{"ref": "\#(ref)", "customer": "c", \#(rest)"started_at": "2026-\#(day)T10:00:00Z"}"#
        }
        try await store.take(.interactions, leg("a", #""contact": "x", "#, "01-01"))
        try await store.take(.interactions, leg("b", #""contact": "x", "#, "06-01"))
        try await store.refreshCells(now: .test)
        try await store.take(.interactions, leg("d", "", "03-15"))
        try await store.refreshCells(now: .test)
        let all = try await store.counts()
        #expect((all.windows[4].first, all.windows[4].firstResolved) == (1, 0))
        try await expectNoDifference(now: .test)
    }

    /// Neither import sees the other's contact, which is not committed yet.
    @Test func contactsThatAreImportedAtTheSameTimeDecideAboutEachOther() async throws {
        let store = try TestDatabase.store
        let second = try JSONIntake(
            Array(#"{"ref": "b", "customer": "c", "started_at": "2026-03-04T10:00:00Z"}"#.utf8), kind: .interactions)
        try await store.take(.customers, #"{"ref": "c"}"#)
        try await store.importing(.interactions) { session in
            _ = try await session.merge(second.rows)
            try await store.take(.interactions, #"{"ref": "a", "customer": "c", "started_at": "2026-03-01T10:00:00Z"}"#)
            try await store.refreshCells(now: .test)
        }
        try await store.refreshCells(now: .test)
        let all = try await store.counts().contacts
        #expect((all.first, all.firstResolved) == (1, 0))
        try await expectNoDifference(now: .test)
    }
}
