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
}
