import Feedback
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Store

@Suite(.migrated) struct VerificationTests {
    /// Every table of cells with a statement that changes one cell, one that removes one, and one that adds one.
    private static let tables: [(table: String, change: StaticString, remove: StaticString, add: StaticString)] = [
        (
            "answer_cell", "update answer_cell set suspect = not suspect where cut = 'all'",
            "delete from answer_cell where cut = 'all'",
            "insert into answer_cell select (jsonb_populate_record(c, '{\"day\": \"2026-01-01\"}')).* from answer_cell c where cut = 'all'"
        ),
        (
            "answered_cell", "update answered_cell set answered = answered + 1 where cut = 'all'",
            "delete from answered_cell where cut = 'all'",
            "insert into answered_cell select (jsonb_populate_record(c, '{\"day\": \"2026-01-01\"}')).* from answered_cell c where cut = 'all'"
        ),
        (
            "asking_cell", "update asking_cell set waiting = waiting + 1 where cut = 'all'",
            "delete from asking_cell where cut = 'all'",
            "insert into asking_cell select (jsonb_populate_record(c, '{\"day\": \"2026-01-01\"}')).* from asking_cell c where cut = 'all'"
        ),
        (
            "skip_cell", "update skip_cell set skipped = skipped + 1 where cut = 'all'",
            "delete from skip_cell where cut = 'all'",
            "insert into skip_cell select (jsonb_populate_record(c, '{\"day\": \"2026-01-01\"}')).* from skip_cell c where cut = 'all'"
        ),
        (
            "handling_cell", "update handling_cell set talk_seconds = 0 where cut = 'all' and unit = 'leg'",
            "delete from handling_cell where cut = 'all' and unit = 'leg'",
            "insert into handling_cell select (jsonb_populate_record(c, '{\"day\": \"2026-01-01\"}')).* from handling_cell c where cut = 'all' and unit = 'leg'"
        ),
        (
            "duration_cell", "update duration_cell set counts = counts || 1 where cut = 'all' and unit = 'leg'",
            "delete from duration_cell where cut = 'all' and unit = 'leg'",
            "insert into duration_cell select (jsonb_populate_record(c, '{\"day\": \"2026-01-01\"}')).* from duration_cell c where cut = 'all' and unit = 'leg'"
        ),
        (
            "contact_cell", "update contact_cell set next_close = null where cut = 'all'",
            "delete from contact_cell where cut = 'all'",
            "insert into contact_cell select (jsonb_populate_record(c, '{\"day\": \"2026-01-01\", \"next_close\": null}')).* from contact_cell c where cut = 'all'"
        ),
        (
            "window_cell", "update window_cell set pending = array_fill(7, array[5]) where cut = 'all'",
            "delete from window_cell where cut = 'all'",
            "insert into window_cell select (jsonb_populate_record(c, '{\"day\": \"2026-01-01\"}')).* from window_cell c where cut = 'all'"
        ),
        (
            "complaint_cell", "update complaint_cell set linked = linked + 1 where cut = 'all'",
            "delete from complaint_cell where cut = 'all'",
            "insert into complaint_cell select (jsonb_populate_record(c, '{\"day\": \"2026-01-01\"}')).* from complaint_cell c where cut = 'all'"
        ),
        (
            "closing_cell", "update closing_cell set minutes = minutes + 1 where cut = 'all'",
            "delete from closing_cell where cut = 'all'",
            "insert into closing_cell select (jsonb_populate_record(c, '{\"day\": \"2026-01-01\"}')).* from closing_cell c where cut = 'all'"
        ),
    ]

    private enum Tampering: CaseIterable { case change, remove, add }

    @Test(arguments: tables.map(\.table)) func aCellThatWasTamperedWithIsNamedAndHealed(table: String) async throws {
        let store = try TestDatabase.store
        try await fill(store)
        let before = try await store.allCells()
        let check = try await store.verifyCells(now: .test)
        #expect(check.differing == 0 && check.differences.isEmpty && check.cells == before.count)
        let statements = try #require(Self.tables.first { $0.table == table })
        for tampering in Tampering.allCases {
            let statement =
                switch tampering {
                case .change: statements.change
                case .remove: statements.remove
                case .add: statements.add
                }
            #expect(try await store.pool.query(statement).affected == 1, "\(tampering)")
            let check = try await store.verifyCells(now: .test)
            #expect(Set(check.differences.map(\.table)) == [table], "\(tampering)")
            #expect(check.differing >= 1 && check.differing == check.differences.count, "\(tampering)")
            #expect(
                check.differences.contains { $0.stored == nil }
                    == (tampering == .remove || table == "answer_cell" && tampering == .change))
            #expect(
                check.differences.contains { $0.computed == nil }
                    == (tampering == .add || table == "answer_cell" && tampering == .change))
            // Looking changes nothing.
            #expect(try await store.verifyCells(now: .test).differing == check.differing)
            try await store.rebuildCells(now: .test)
            #expect(try await store.allCells() == before, "\(tampering)")
        }
    }

    @Test func onlySomeOfManyDifferencesAreListedAndAllAreCounted() async throws {
        let store = try TestDatabase.store
        try await fill(store)
        let changed = try await store.pool.query("update asking_cell set timed = timed + 1").affected
        let check = try await store.verifyCells(listing: 2, now: .test)
        #expect((check.differences.count, check.differing) == (2, changed))
        #expect(changed > 2)
    }

    /// One day on which everything happens.
    private func fill(_ store: Store) async throws {
        try await store.take(
            .interactions,
            """
            [{"ref": "a", "customer": "c", "agent": "A", "started_at": "2026-11-20T10:00:00Z", "talk_seconds": 60},
             {"ref": "b", "agent": "A", "started_at": "2026-11-20T10:00:00Z", "talk_seconds": 0}]
            """)
        try await store.take(
            .complaints,
            """
            {"ref": "k", "customer": "d", "received_at": "2026-11-20T08:00:00Z", "state": "resolved",
             "state_at": "2026-11-20T18:00:00Z"}
            """)
        _ = try await store.decideDueResolutions(now: .test)
        let invitation = try #require(try await store.attributions(issuedAt: .test).first)
        let said = Submission(invitation: invitation.id, surveyVersion: 1, language: "en", answers: Answers(nps: 9))
        _ = try await store.submitAnswers([said], now: .test.hours(1))
        try await store.refreshCells(now: .test)
    }
}
