import Feedback
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Store

@Suite(.migrated) struct OrganisationTests {
    @Test(arguments: ["UTC+2", "Mars/Olympus", "", "New York"])
    func aZoneThatDoesNotExistIsRefused(zone: String) async throws {
        let store = try TestDatabase.store
        let before = try await store.organisation()
        await #expect(throws: OrganisationProblem.timeZone(zone)) {
            try await store.setOrganisation(name: "Other", timeZone: zone)
        }
        #expect(try await store.organisation() == before)
    }

    @Test func theLeastNumbersOfAnswersAreKept() async throws {
        let store = try TestDatabase.store
        try await store.setOrganisation(name: nil, timeZone: nil, shownFrom: 10, fullFrom: 100)
        let organisation = try await store.organisation()
        #expect(organisation.shownFrom == 10 && organisation.fullFrom == 100)
        for (shown, full, problem) in [(0, 30, .shownFrom), (101, nil, .fullFrom)] as [(Int, Int?, OrganisationProblem)]
        {
            await #expect(throws: problem) {
                try await store.setOrganisation(name: nil, timeZone: nil, shownFrom: shown, fullFrom: full)
            }
        }
        #expect(try await store.organisation() == organisation)
    }

    @Test func aChangeIsRecordedWithWhatWasBefore() async throws {
        let store = try TestDatabase.store
        var change = OrganisationChange()
        change.name = "Meridian"
        let colour = try #require(Colour("#8a1c4f"))
        change.accents = .set(AccentColours(light: colour, dark: nil))
        #expect(try await store.changeOrganisation(change, by: Actor(name: "person 1"), now: .test))
        let row = try #require(try await store.auditRows(limit: 1).first)
        #expect(row.action == "organisation.change" && row.actor.name == "person 1")
        #expect(row.before?.contains("\"name\":\"Customer care\"") == true)
        #expect(row.after?.contains("\"accent\":\"#8a1c4f\"") == true)
        // The same once more changes nothing, and there is nothing to record.
        #expect(try await !store.changeOrganisation(change, by: .program, now: .test))
        #expect(try await store.auditRows(limit: 10).count == 1)
        #expect(try await store.organisation().appearance.accents?.light.colour == colour)
    }

    @Test func topicsAndRetentionAreRecordedOnce() async throws {
        let store = try TestDatabase.store
        _ = try await store.invite(1)
        for _ in 0..<2 {
            #expect(try await store.setRepeatDays(3, ofTopic: "Payment plan"))
            try await store.setRetention(contactDays: 10, commentMonths: nil, by: .program, now: .test)
        }
        let rows = try await store.auditRows(limit: 9)
        #expect(rows.map(\.action) == ["retention.change", "topic.change"])
        #expect(rows[1].before == #"{"repeatDays":null}"# && rows[1].after == #"{"repeatDays":3}"#)
        #expect(rows[0].after == #"{"commentMonths":13,"contactDays":10}"#)
    }

    @Test func coloursThatCannotBeReadAreRefusedWithTheNearestThatCan() async throws {
        let store = try TestDatabase.store
        var change = OrganisationChange()
        change.accents = .set(AccentColours(light: try #require(Colour("#ffd400")), dark: nil))
        do {
            _ = try await store.changeOrganisation(change, by: .program, now: .test)
            Issue.record("it was taken")
        } catch let problem as OrganisationProblem {
            guard case .unreadable(let accent) = problem else { throw problem }
            #expect(problem.description.contains("instead of 4.5:1"))
            #expect(problem.description.contains(accent.nearestReadable.colour.text))
        }
        #expect(try await store.organisation().appearance == Appearance())
    }

    @Test(arguments: ["Debt Direct", "a\nb", "a\u{7}b", "", String(repeating: "x", count: 121)])
    func aNameThatCannotBeIsRefused(name: String) async throws {
        let store = try TestDatabase.store
        var change = OrganisationChange()
        change.name = name
        await #expect(throws: OrganisationProblem.self) {
            try await store.changeOrganisation(change, by: .program, now: .test)
        }
        #expect(try await store.auditRows(limit: 1).isEmpty)
    }
}
