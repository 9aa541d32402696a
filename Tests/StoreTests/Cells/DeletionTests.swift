import DemoCentre
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Store

/// What is deleted leaves the figures of its days, and of those it decided about.
@Suite(.migrated) struct DeletionTests {
    @Test(arguments: [81, 82]) func deletedFactsLeaveTheFigures(seed: Int) async throws {
        let store = try TestDatabase.store
        try await store.take(History(seed: seed, contacts: 200, isOrderly: false).threads[...])
        _ = try await store.decideDueResolutions(now: .test.days(-20))
        try await store.refreshCells(now: .test)
        let before = try await store.counts()
        for part in 0..<5 {
            // Nothing that was decided about can go: a decision is for ever.
            let gone = try await store.pool.query(
                """
                with dropped as (
                    delete from resolution r
                    using interaction i
                    where i.interaction_id = r.interaction_id and not decided and i.interaction_id % 5 = $1
                )
                select interaction_id from interaction i
                where interaction_id % 5 = $1
                    and not exists (select from resolution r where r.interaction_id = i.interaction_id and decided)
                    and not exists (select from invitation v where v.interaction_id = i.interaction_id)
                """, part
            ).decode(Int64.self)
            try await store.pool.query("delete from interaction where interaction_id = any ($1)", gone)
            // Some are refreshed together.
            if part % 2 == 0 { try await store.refreshCells(now: .test) }
        }
        try await expectNoDifference(now: .test)
        let after = try await store.counts()
        #expect(after.legs.handled < before.legs.handled && after.contacts.all < before.contacts.all)
        #expect(after.asking.resolutions < before.asking.resolutions)
        #expect(after.asking.waiting < before.asking.waiting)
        #expect(after.asking.invited == before.asking.invited)
    }
}
