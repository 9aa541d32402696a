import Foundation
import Postgres
import TestSupport
import Testing

@testable import Store

/// Which contacts a repeat window is about, to the second.
@Suite(.migrated) struct WindowTests {
    private func call(_ ref: String, _ start: Date, customer: String = "c", topic: String = "t") -> String {
        #"{"ref": "\#(ref)", "customer": "\#(customer)", "topic": "\#(topic)", "started_at": "\#(start.ISO8601Format())"}"#
    }

    @Test(arguments: zip(WindowCounts.days, 0..<5)) func aRepeatAtTheVeryEndOfAWindowStillCounts(
        days: Int, place: Int
    ) async throws {
        let store = try TestDatabase.store
        let start = Date.test.days(-100)
        let last = start.days(Double(days))
        try await store.take(
            .interactions,
            """
            [\(call("a", start, customer: "c")), \(call("b", last, customer: "c")),
             \(call("d", start, customer: "d")), \(call("e", last.addingTimeInterval(1), customer: "d"))]
            """)
        try await store.refreshCells(now: .test)
        let windows = try await store.counts().windows
        for (index, window) in windows.enumerated() {
            // The first pair is one issue within its own window and longer ones, the second within longer ones alone.
            let issues = index < place ? 4 : index == place ? 3 : 2
            #expect((window.first, window.firstResolved) == (issues, index < place ? 4 : index == place ? 2 : 0))
            #expect((window.closed, window.closedResolved) == (4, index < place ? 4 : index == place ? 3 : 2))
            #expect((window.anyTopic, window.anyTopicResolved) == (window.first, window.firstResolved))
            #expect((window.pending, window.anyTopicPending) == (0, 0))
        }
    }

    @Test func aContactAboutSomethingElseIsARepeatOnlyWhateverTheTopic() async throws {
        let store = try TestDatabase.store
        let start = Date.test.days(-60)
        try await store.take(
            .interactions, "[\(call("a", start, topic: "t")), \(call("b", start.days(2), topic: "u"))]")
        try await store.refreshCells(now: .test)
        let window = try await store.counts().windows[2]
        #expect((window.first, window.firstResolved) == (2, 2))
        #expect((window.anyTopic, window.anyTopicResolved) == (1, 0))
    }

    @Test func aWindowIsClosedFromTheFirstFullHourAfterItsEnd() async throws {
        let store = try TestDatabase.store
        // Seven days later these are 10:00:00 and 09:59:59 on the day of the test.
        let ten = Date.test.hours(-2)
        try await store.take(.interactions, call("a", ten.days(-7), customer: "c"))
        try await store.take(.interactions, call("b", ten.days(-7).addingTimeInterval(-1), customer: "d"))
        func counts(at now: Date) async throws -> [Int] {
            try await store.refreshCells(now: now)
            let all = try await store.counts()
            #expect(all.windows[2].first == all.contacts.first && all.windows[2].pending == all.contacts.pending)
            return [all.contacts.first, all.contacts.pending]
        }
        #expect(try await counts(at: ten.addingTimeInterval(-1)) == [0, 2])
        #expect(try await counts(at: ten) == [1, 1])
        // Nothing is computed within the hour.
        #expect(try await store.refreshCells(now: ten.addingTimeInterval(3_599)) == 0)
        #expect(try await counts(at: ten.hours(1)) == [2, 0])
        try await expectNoDifference(now: ten.hours(1))
    }

    @Test func aTopicsOwnWindowGoesBeforeTheOrganisations() async throws {
        let store = try TestDatabase.store
        let start = Date.test.days(-60)
        let calls = ["slow", "quick"].flatMap { topic in
            [
                call("\(topic) 1", start, customer: topic, topic: topic),
                call("\(topic) 2", start.days(10), customer: topic, topic: topic),
            ]
        }
        try await store.take(.interactions, "[\(calls.joined(separator: ","))]")
        try await store.refreshCells(now: .test)
        let windows = try await store.counts().windows
        /// First contacts and how many are resolved, of the slow topic and of the quick one.
        func counts() async throws -> [[Int]] {
            let changed = try await store.refreshCells(now: .test)
            #expect(changed > 0)
            try await expectNoDifference(now: .test)
            let names = try await store.readingFigures { try await $0.names(of: .topic) }
            let rows = try await store.counts(by: .topic)
            #expect(try await store.counts().windows == windows, "fixed windows stay")
            return ["slow", "quick"].map { name in
                let contacts = rows.first { names[$0.value] == name }?.counts.contacts
                return [contacts?.first ?? -1, contacts?.firstResolved ?? -1]
            }
        }
        #expect(try await store.setRepeatDays(14, ofTopic: "slow"))
        #expect(try await counts() == [[1, 0], [2, 2]])
        try await store.setOrganisation(name: nil, timeZone: nil, repeatDays: 10)
        #expect(try await counts() == [[1, 0], [1, 0]])
        #expect(try await store.setRepeatDays(9, ofTopic: "slow"))
        #expect(try await counts() == [[2, 2], [1, 0]])
        #expect(try await store.setRepeatDays(nil, ofTopic: "slow"))
        #expect(try await counts() == [[1, 0], [1, 0]])
    }

    @Test func aTopicThatIsNotKnownChangesNothing() async throws {
        let store = try TestDatabase.store
        try await store.take(.interactions, call("a", .test.days(-60)))
        try await store.refreshCells(now: .test)
        #expect(try await store.setRepeatDays(14, ofTopic: "nobody's") == false)
        #expect(try await store.refreshCells(now: .test) == 0)
        for days in [0, 31] {
            await #expect { try await store.setRepeatDays(days, ofTopic: "t") } throws: { error in
                (error as? PostgresError)?.constraint == "topic_repeat_days_range"
            }
            await #expect(throws: OrganisationProblem.repeatDays) {
                try await store.setOrganisation(name: nil, timeZone: nil, repeatDays: days)
            }
        }
    }

    @Test func unknownCustomersAreNeitherFirstContactsNorRepeats() async throws {
        let store = try TestDatabase.store
        let start = Date.test.days(-60).ISO8601Format()
        let calls = (0..<3).map { #"{"ref": "i\#($0)", "topic": "t", "started_at": "\#(start)"}"# }
        try await store.take(.interactions, "[\(calls.joined(separator: ","))]")
        try await store.refreshCells(now: .test)
        let all = try await store.counts()
        #expect(all.contacts == ContactCounts(all: 3))
        #expect(all.windows.isEmpty)
    }
}
