import Feedback
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Store

@Suite(.migrated) struct CellTests {
    private func counts() async throws -> MeasureCounts { try await TestDatabase.store.counts() }

    @Test func everyScoreIsCountedAtItsPointAndZeroIsOne() async throws {
        let store = try TestDatabase.store
        let ids = try await store.invite(4)
        let said = [
            Answers(nps: 0, csat: 1, ces: 1, resolved: false), Answers(nps: 10, csat: 5, ces: 5, resolved: true),
            Answers(nps: 10), Answers(nps: 7),
        ]
        _ = try await store.submitAnswers(
            zip(ids, said).map { Submission(invitation: $0, surveyVersion: 1, language: "en", answers: $1) }, now: .test
        )
        try await store.refreshCells(now: .test)
        let all = try await counts()
        #expect(all.scores["nps"] == [1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 2])
        #expect(all.scores["csat"]?[1...5] == [1, 0, 0, 0, 1])
        #expect(all.scores["ces5-lower"]?[1...5] == [1, 0, 0, 0, 1])
        #expect(all.scores["resolved"]?[0...1] == [1, 1])
        #expect(all.scores["complete"]?[0...1] == [2, 2])
        #expect((all.asking.invited, all.asking.answered, all.asking.complete) == (4, 4, 2))
    }

    @Test func aNewSurveyVersionsOtherScaleIsNeverAddedUp() async throws {
        let store = try TestDatabase.store
        let first = try await store.invite(1)
        let changed = try SurveyFile.standard().source
            .replacing("points: 5", with: "points: 7").replacing("direction: lower", with: "direction: higher")
        let (version, isNew) = try await store.publish(SurveyFile(changed), now: .test)
        #expect(isNew && version.number == 2)
        let second = try await store.invite(1, at: .test.hours(1))
        _ = try await store.submitAnswers(
            [
                Submission(invitation: first[0], surveyVersion: 1, language: "en", answers: Answers(nps: 9, ces: 5)),
                Submission(
                    invitation: second[0], surveyVersion: version.id, language: "en", answers: Answers(nps: 9, ces: 7)),
            ], now: .test.hours(2))
        try await store.refreshCells(now: .test.hours(2))
        let scores = try await counts().scores
        #expect(scores["ces5-lower"]?[5] == 1 && scores["ces7-higher"]?[7] == 1)
    }

    /// `fcr_micro` of vectors.json: repeats at the very end of the window, a transfer, an outbound call, a pending contact.
    @Test func observedResolutionFollowsItsDefinition() async throws {
        let store = try TestDatabase.store
        func contact(
            _ ref: String, _ customer: Int, _ topic: String, _ start: String, minutes: Int, more: String = ""
        ) -> String {
            """
            {"ref": "\(ref)", "customer": "\(customer)", "topic": "\(topic)", "started_at": "\(start):00Z",
             "talk_seconds": \(minutes * 60)\(more)}
            """
        }
        let contacts = [
            contact("A1", 1, "plan", "2026-01-01T10:00", minutes: 10),
            contact("A2", 1, "plan", "2026-01-08T10:10", minutes: 10),
            contact("A3", 1, "dispute", "2026-01-09T09:00", minutes: 5),
            contact("B1", 2, "plan", "2026-01-02T09:00", minutes: 5, more: #", "contact": "B1""#),
            contact("B2", 2, "plan", "2026-01-02T09:05", minutes: 10, more: #", "contact": "B1""#),
            contact("C1", 3, "plan", "2026-01-03T09:00", minutes: 5),
            contact("C2", 3, "plan", "2026-01-04T09:00", minutes: 5, more: #", "direction": "outbound""#),
            contact("D1", 4, "plan", "2026-01-28T09:00", minutes: 5),
        ]
        try await store.take(.interactions, "[\(contacts.joined(separator: ","))]")
        let dataEnd = try #require(try? Date("2026-02-01T00:00:00Z", strategy: .iso8601))
        try await store.refreshCells(now: dataEnd)
        let all = try await counts()
        // Every closed contact: A1, A2, A3, B1, C1 of which A1 was followed by A2, whose start is the window's last instant.
        #expect((all.contacts.closed, all.contacts.closedResolved) == (5, 4))
        // Those that start an issue: A2 is a repeat itself.
        #expect((all.contacts.first, all.contacts.firstResolved, all.contacts.pending) == (4, 3, 1))
        #expect((all.contacts.all, all.contacts.known) == (6, 6))
        // D1's window closes without any new fact.
        let later = dataEnd.days(5)
        #expect(try await store.refreshCells(now: later) > 0)
        let closed = try await counts().contacts
        #expect((closed.first, closed.firstResolved, closed.pending) == (5, 4, 0))
    }

    @Test func aLateRepeatBreaksAnEarlierDaysResolution() async throws {
        let store = try TestDatabase.store
        try await store.take(.interactions, #"{"ref": "a", "customer": "c", "started_at": "2026-03-01T10:00:00Z"}"#)
        try await store.refreshCells(now: .test)
        #expect(try await counts().contacts.firstResolved == 1)
        try await store.take(.interactions, #"{"ref": "b", "customer": "c", "started_at": "2026-03-04T10:00:00Z"}"#)
        try await store.refreshCells(now: .test)
        let all = try await counts()
        #expect((all.contacts.first, all.contacts.firstResolved) == (1, 0))
    }

    @Test func daysAreCutInTheOrganisationsZoneOnBothClockChanges() async throws {
        let store = try TestDatabase.store
        try await store.setOrganisation(name: nil, timeZone: "America/New_York")
        // 23 hours on 8 March 2026, 25 on 1 November: the last and first minutes around them.
        let starts = [
            "2026-03-08T04:59:00Z", "2026-03-08T05:00:00Z", "2026-03-09T03:59:00Z", "2026-03-09T04:00:00Z",
            "2026-11-01T03:59:00Z", "2026-11-01T04:00:00Z", "2026-11-02T04:59:00Z", "2026-11-02T05:00:00Z",
        ]
        let items = starts.enumerated().map { #"{"ref": "i\#($0)", "started_at": "\#($1)"}"# }
        try await store.take(.interactions, "[\(items.joined(separator: ","))]")
        try await store.refreshCells(now: .test)
        let days = try await store.pool.query(
            "select day, handled from handling_cell where cut = 'all' and unit = 'leg' order by day")
        #expect(
            try days.decode(CalendarDay.self, Int.self).map { "\($0) \($1)" } == [
                "2026-03-07 1", "2026-03-08 2", "2026-03-09 1", "2026-10-31 1", "2026-11-01 2", "2026-11-02 1",
            ])
    }

    @Test func handleTimeCountsZerosAndEveryPart() async throws {
        let store = try TestDatabase.store
        // `aht_components` of vectors.json.
        let rows = [(180, 20, 40), (240, 0, 60), (60, 120, 0), (300, 30, 90)].enumerated().map { index, parts in
            """
            {"ref": "i\(index)", "started_at": "2026-05-05T10:00:00Z", "talk_seconds": \(parts.0),
             "hold_seconds": \(parts.1), "wrap_seconds": \(parts.2)}
            """
        }
        try await store.take(.interactions, "[\(rows.joined(separator: ","))]")
        try await store.refreshCells(now: .test)
        let all = try await counts().legs
        #expect((all.handled, all.talk, all.hold, all.wrap) == (4, 780, 170, 190))
        #expect(all.squares == 240 * 240 + 300 * 300 + 180 * 180 + 420 * 420)
    }
}
