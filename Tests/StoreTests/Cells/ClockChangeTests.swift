import Feedback
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Store

/// Days are the organisation's, also the one of 23 hours (8 March 2026 in New York) and the one of 25 (1 November).
@Suite(.migrated) struct ClockChangeTests {
    /// The last second before each of these days, their first and last, and the first after.
    private let instants = [
        "2026-03-08T04:59:59Z", "2026-03-08T05:00:00Z", "2026-03-09T03:59:59Z", "2026-03-09T04:00:00Z",
        "2026-11-01T03:59:59Z", "2026-11-01T04:00:00Z", "2026-11-02T04:59:59Z", "2026-11-02T05:00:00Z",
    ]
    private let expected = [
        "2026-03-07": 1, "2026-03-08": 2, "2026-03-09": 1, "2026-10-31": 1, "2026-11-01": 2, "2026-11-02": 1,
    ]

    private func date(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

    private func days(_ count: (MeasureCounts) -> Int) async throws -> [String: Int] {
        let rows = try await TestDatabase.store.counts(by: .all, cut: .day)
        return Dictionary(uniqueKeysWithValues: rows.map { ("\($0.start)", count($0.counts)) }.filter { $0.1 > 0 })
    }

    @Test func interactionsAndResolutions() async throws {
        let store = try TestDatabase.store
        try await store.setOrganisation(name: nil, timeZone: "America/New_York")
        let items = instants.enumerated().map { index, at in
            #"{"ref": "i\#(index)", "customer": "c\#(index)", "started_at": "\#(at)"}"#
        }
        try await store.take(.interactions, "[\(items.joined(separator: ","))]")
        _ = try await store.decideDueResolutions(now: .test)
        try await store.refreshCells(now: .test.days(60))
        #expect(try await days(\.legs.handled) == expected)
        #expect(try await days(\.wholeContacts.handled) == expected)
        #expect(try await days(\.contacts.first) == expected)
        #expect(try await days { $0.windows.first?.anyTopic ?? 0 } == expected)
        #expect(try await days(\.asking.resolutions) == expected)
        #expect(try await days(\.asking.invited) == expected)
        try await expectNoDifference(now: .test.days(60))
    }

    @Test func answersCountOnTheirDayAndOnTheirResolutions() async throws {
        let store = try TestDatabase.store
        try await store.setOrganisation(name: nil, timeZone: "America/New_York")
        for (index, at) in instants.enumerated() {
            // Asked within the same second, answered 24 hours later: on the clock an hour later or earlier.
            let moment = try date(at)
            try await store.take(
                .interactions, #"{"ref": "i\#(index)", "customer": "c\#(index)", "started_at": "\#(at)"}"#)
            _ = try await store.decideDueResolutions(now: moment)
            let asked = try #require(try await store.attributions(issuedAt: moment).first)
            let said = Submission(invitation: asked.id, surveyVersion: 1, language: "en", answers: Answers(nps: 9))
            #expect(try await store.submitAnswers([said], now: moment.days(1)) == [.stored])
        }
        try await store.refreshCells(now: .test)
        #expect(try await days(\.asking.answered) == expected)
        let given = ["2026-03-09": 3, "2026-03-10": 1, "2026-11-01": 2, "2026-11-02": 1, "2026-11-03": 1]
        #expect(try await days { $0.scores["nps"]?[9] ?? 0 } == given)
        try await expectNoDifference(now: .test)
    }

    @Test func complaintsReceivedAndClosed() async throws {
        let store = try TestDatabase.store
        try await store.setOrganisation(name: nil, timeZone: "America/New_York")
        let items = instants.enumerated().flatMap { index, at in
            [
                #"{"ref": "open \#(index)", "customer": "c", "received_at": "\#(at)"}"#,
                """
                {"ref": "closed \(index)", "customer": "c", "received_at": "2026-02-01T17:00:00Z", "state": "resolved",
                 "state_at": "\(at)"}
                """,
            ]
        }
        try await store.take(.complaints, "[\(items.joined(separator: ","))]")
        try await store.refreshCells(now: .test)
        #expect(try await days(\.complaints.received) == expected.merging(["2026-02-01": 8]) { $1 })
        #expect(try await days(\.complaints.closings) == expected)
        func open(_ day: String) async throws -> [Int] {
            let day = try #require(CalendarDay(day))
            let rows = try await store.readingFigures { try await $0.openComplaints(.everything, at: day) }
            return rows.map(\.complaints)
        }
        #expect(try await open("2026-03-06") == [8])
        #expect(try await open("2026-03-07") == [7, 1])
        #expect(try await open("2026-03-08") == [5, 1, 2])
        #expect(try await open("2026-11-01") == [1, 1, 2, 1, 1, 2])
        #expect(try await open("2026-11-02") == [1, 2, 1, 1, 2, 1])
    }
}
