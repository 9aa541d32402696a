import Feedback
import Foundation
import Postgres
import Store
import TestSupport
import Testing

@Suite(.migrated) struct SubmissionTests {
    private func submission(_ invitation: Int64, _ answers: Answers, version: Int32 = 1) -> Submission {
        Submission(invitation: invitation, surveyVersion: version, language: "en", answers: answers)
    }

    @Test func aHundredIdenticalSubmissionsAtOnceStoreOneAnswerAndAllAreThanked() async throws {
        let store = try TestDatabase.store
        let invitation = try await store.invite(1)[0]
        let outcomes = try await withThrowingTaskGroup(of: [SubmissionOutcome].self) { group in
            for _ in 0..<20 {
                group.addTask {
                    let five = (0..<5).map { _ in submission(invitation, Answers(nps: 9, comment: "Thanks")) }
                    return try await store.submitAnswers(five, now: .test)
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(outcomes.count { $0 == .stored } == 1)
        #expect(outcomes.count { $0 == .repeated } == 99)
        #expect(try await store.pool.query("select count(*) from response").decodeOnly(Int.self) == 1)
    }

    @Test func otherAnswersForTheSameInvitationAreToldAndTheFirstStay() async throws {
        let store = try TestDatabase.store
        let invitation = try await store.invite(1)[0]
        let both = [submission(invitation, Answers(nps: 0)), submission(invitation, Answers(nps: 10))]
        #expect(try await store.submitAnswers(both, now: .test) == [.stored, .answered])
        #expect(try await store.pool.query("select nps from response").decodeOnly(Int16.self) == 0)
    }

    @Test func eachOfAGroupIsJudgedByItself() async throws {
        let store = try TestDatabase.store
        let ids = try await store.invite(3)
        let outcomes = try await store.submitAnswers(
            [
                submission(ids[0], Answers(nps: 9)), submission(999_999, Answers(nps: 9)),
                submission(ids[1], Answers(nps: 9), version: 77), submission(ids[2], Answers(nps: 1)),
            ], now: .test)
        #expect(outcomes == [.stored, .unknown, .mismatched, .stored])
    }

    @Test func nothingIsStoredAfterTheExpiryAndWhatWasStoredIsStillThanked() async throws {
        let store = try TestDatabase.store
        let ids = try await store.invite(2)
        _ = try await store.submitAnswers([submission(ids[0], Answers(nps: 9))], now: .test)
        let late = ids.map { submission($0, Answers(nps: 9)) }
        #expect(try await store.submitAnswers(late, now: .test.days(14)) == [.repeated, .expired])
    }

    @Test func zeroIsAScore() async throws {
        let store = try TestDatabase.store
        let invitation = try await store.invite(1)[0]
        _ = try await store.submitAnswers([submission(invitation, Answers(nps: 0, resolved: false))], now: .test)
        let row = try await store.pool.query("select nps, csat, resolved from response")
        let (nps, csat, resolved) = try row.decodeOnly(Int16?.self, Int16?.self, Bool?.self)
        #expect(nps == 0 && csat == nil && resolved == false)
    }

    @Test(arguments: [Answers(nps: 11), Answers(nps: nil, csat: 0), Answers(nps: 9, ces: 6), Answers(nps: nil)])
    func theDatabaseRefusesWhatNoScaleHasAndTheNeighboursAreStored(answers: Answers) async throws {
        let store = try TestDatabase.store
        let ids = try await store.invite(2)
        let group = [submission(ids[0], answers), submission(ids[1], Answers(nps: 9))]
        #expect(try await store.submitAnswersApart(group, now: .test) == [.mismatched, .stored])
    }

    @Test func responsesCannotBeChangedOrDeleted() async throws {
        let store = try TestDatabase.store
        let invitation = try await store.invite(1)[0]
        _ = try await store.submitAnswers([submission(invitation, Answers(nps: 3))], now: .test)
        for change: StaticString in [
            "update response set nps = 10", "delete from response", "truncate response cascade",
        ] {
            await #expect { try await store.pool.query(change) } throws: { error in
                (error as? PostgresError)?.constraint == "response_is_append_only"
            }
        }
    }

    @Test func linksTellTheirState() async throws {
        let store = try TestDatabase.store
        let ids = try await store.invite(2)
        _ = try await store.submitAnswers([submission(ids[0], Answers(nps: 3))], now: .test)
        #expect(
            try await store.linkStates(of: [ids[1], 404, ids[0]], now: .test) == [
                .open(surveyVersion: 1, language: "en"), .unknown, .answered(surveyVersion: 1, language: "en"),
            ])
        #expect(
            try await store.linkStates(of: [ids[1]], now: .test.days(15)) == [
                .expired(surveyVersion: 1, language: "en")
            ])
    }
}
