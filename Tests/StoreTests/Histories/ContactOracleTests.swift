import Foundation
import Postgres
import TestSupport
import Testing

@testable import Store

/// Cells against a plain recomputation in memory, over made-up histories.
@Suite(.migrated) struct ContactOracleTests {
    @Test(arguments: [
        (seed: 1, contacts: 60, customers: 3, zone: "UTC"), (2, 300, 12, "America/New_York"),
        (3, 300, 40, "Asia/Kathmandu"), (4, 200, 2, "America/New_York"),
    ])
    func contactsAndHandleTimesAreWhatTheDefinitionsSay(
        seed: Int, contacts: Int, customers: Int, zone name: String
    ) async throws {
        let store = try TestDatabase.store
        try await store.setOrganisation(name: nil, timeZone: name, repeatDays: 5)
        let history = History(
            seed: seed, contacts: contacts, days: seed == 2 ? 300 : 70, customers: customers, isOrderly: true)
        try await store.take(history.threads[...])
        #expect(try await store.setRepeatDays(14, ofTopic: "t1"))
        let now = Date.test.hours(-30.5)
        try await store.refreshCells(now: now)
        let refs = try await store.pool.query("select ref, interaction_id from interaction")
            .decode(String.self, Int64.self)
        let oracle = ContactOracle(
            history.legs, places: Dictionary(uniqueKeysWithValues: refs.map { ($0, $1) }),
            zone: try #require(TimeZone(identifier: name)), now: now, repeatDays: { $0 == "t1" ? 14 : 5 })
        for dimension in [MeasureDimension.all, .agent, .topic, .channel] {
            let expected = oracle.counts(by: dimension)
            let found = try await counts(by: dimension)
            #expect(Set(found.keys) == Set(expected.keys), "\(dimension)")
            for (key, counts) in expected {
                guard let row = found[key] else { continue }
                #expect(row.legs == counts.legs, "legs of \(key)")
                #expect(row.wholeContacts == counts.wholeContacts, "contacts handled of \(key)")
                #expect(row.contacts == counts.contacts, "contacts of \(key)")
                #expect(row.windows == counts.windows, "windows of \(key)")
            }
        }
        let all = try await store.counts()
        #expect(all.contacts.first > all.contacts.firstResolved && all.windows[0].anyTopicResolved > 0)
    }

    /// The counts of every day and value, without what other facts add.
    private func counts(by dimension: MeasureDimension) async throws -> [String: MeasureCounts] {
        let store = try TestDatabase.store
        let names = try await store.readingFigures { try await $0.names(of: dimension) }
        var found: [String: MeasureCounts] = [:]
        for row in try await store.counts(by: dimension, cut: .day) {
            let isWork = row.counts.legs.handled + row.counts.wholeContacts.handled + row.counts.contacts.all > 0
            guard isWork else { continue }
            let value = dimension == .all ? nil : names[row.value] ?? "not recorded"
            var counts = row.counts
            // What names an unknown complaint is told of elsewhere.
            counts.legs.unlinked = 0
            found[ContactOracle.key(row.start, value)] = counts
        }
        return found
    }
}
