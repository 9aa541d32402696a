import DemoCentre
import Feedback
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Store

@Suite(.migrated) struct CellTests {
    // Days are counted from 2000-01-01: the year 2026.
    private let year = CalendarDay(dayNumber: 9_497)...CalendarDay(dayNumber: 9_861)

    private func counts(by dimension: MeasureDimension = .all) async throws -> [MeasureRow] {
        try await TestDatabase.store.readingFigures { try await $0.measureCounts(year, cut: .whole, by: dimension) }
    }

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
        let all = try await counts()[0].counts
        #expect(all.scores["nps"] == [1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 2])
        #expect(all.scores["csat"]?[1...5] == [1, 0, 0, 0, 1])
        #expect(all.scores["ces5-lower"]?[1...5] == [1, 0, 0, 0, 1])
        #expect(all.scores["resolved"]?[0...1] == [1, 1])
        #expect((all.invited, all.answered) == (4, 4))
        #expect(try await counts(by: .agent).map(\.name) == ["A1"])
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
        let scores = try await counts()[0].counts.scores
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
        let all = try await counts()[0].counts
        // Every closed contact: A1, A2, A3, B1, C1 of which A1 was followed by A2, whose start is the window's last instant.
        #expect((all.closedContacts, all.closedResolved) == (5, 4))
        // Those that start an issue: A2 is a repeat itself.
        #expect((all.firstContacts, all.firstResolved, all.pendingContacts) == (4, 3, 1))
        #expect((all.contacts, all.knownContacts) == (6, 6))
        // D1's window closes without any new fact.
        let later = dataEnd.days(5)
        #expect(try await store.cellState(now: later).isStale)
        try await store.refreshCells(now: later)
        let closed = try await counts()[0].counts
        #expect((closed.firstContacts, closed.firstResolved, closed.pendingContacts) == (5, 4, 0))
    }

    @Test func aLateRepeatBreaksAnEarlierDaysResolution() async throws {
        let store = try TestDatabase.store
        try await store.take(.interactions, #"{"ref": "a", "customer": "c", "started_at": "2026-03-01T10:00:00Z"}"#)
        try await store.refreshCells(now: .test)
        #expect(try await counts()[0].counts.firstResolved == 1)
        try await store.take(.interactions, #"{"ref": "b", "customer": "c", "started_at": "2026-03-04T10:00:00Z"}"#)
        try await store.refreshCells(now: .test)
        let all = try await counts()[0].counts
        #expect((all.firstContacts, all.firstResolved) == (1, 0))
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
            "select day, handled from handling_cell where dimension = 'all' order by day")
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
        let all = try await counts()[0].counts
        #expect((all.handled, all.talkSeconds, all.holdSeconds, all.wrapSeconds) == (4, 780, 170, 190))
        #expect(all.squareSeconds == 240 * 240 + 300 * 300 + 180 * 180 + 420 * 420)
    }

    /// Refreshing piece by piece, with refreshers and writers at once, ends where one full recomputation ends.
    @Test(arguments: [1, 2, 3]) func incrementalCellsEqualARecomputation(seed: Int) async throws {
        let store = try TestDatabase.store
        var random = SeededGenerator(seed: UInt64(seed))
        let records = (0..<300).map { _ in
            let number = Int.random(in: 0..<200, using: &random)
            let start = Date.test.hours(-Double(Int.random(in: 0..<900, using: &random))).ISO8601Format()
            let direction = number % 7 == 0 ? "outbound" : "inbound"
            let seconds = Int.random(in: 0..<900, using: &random)
            return """
                {"ref": "i\(number)", "customer": "c\(number % 17)", "agent": "A\(number % 5)",
                 "topic": "t\(number % 2)", "contact": "k\(number % 90)", "planned": \(number % 13 == 0),
                 "direction": "\(direction)", "started_at": "\(start)", "talk_seconds": \(seconds)}
                """
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for part in 0..<6 {
                group.addTask {
                    for record in records[(part * 50)..<(part * 50 + 50)] {
                        try await store.take(.interactions, record)
                    }
                    _ = try await store.decideDueResolutions(now: .test)
                }
                group.addTask { for _ in 0..<10 { try await store.refreshCells(now: .test) } }
            }
            try await group.waitForAll()
        }
        let open = try await store.invitations(onlyOpen: true, limit: 1000, now: .test)
        for (index, invitation) in open.enumerated() where index % 3 == 0 {
            let said = Submission(
                invitation: invitation.id, surveyVersion: 1, language: "en", answers: Answers(nps: Int16(index % 11)))
            _ = try await store.submitAnswers([said], now: .test.hours(Double(index % 60)))
        }
        let now = Date.test.days(3)
        try await store.refreshCells(now: now)
        let incremental = try await snapshot()
        try await store.recomputeAllCells(now: now)
        #expect(try await snapshot() == incremental)
        #expect(!incremental.isEmpty)
    }

    private func snapshot() async throws -> [String] {
        try await TestDatabase.store.pool.query(
            """
            select c::text from answer_cell c union all select c::text from answered_cell c
            union all select c::text from asking_cell c
            union all select c::text from handling_cell c union all select c::text from contact_cell c
            order by 1
            """
        ).decode(String.self)
    }
}
