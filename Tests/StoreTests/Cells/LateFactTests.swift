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
}
