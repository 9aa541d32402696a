import Foundation
import Postgres
import Store
import TestSupport
import Testing

@Suite(.migrated) struct ComplaintMergeTests {
    private func complaint(_ state: String? = nil, at: String? = nil, received: String = "2026-11-01T10:00:00Z")
        -> String
    {
        let change = state.map { #", "state": "\#($0)""# } ?? ""
        let time = at.map { #", "state_at": "\#($0)""# } ?? ""
        return #"{"ref": "k1", "customer": "c1", "received_at": "\#(received)"\#(change)\#(time)}"#
    }

    @Test func aSnapshotOfAClosedComplaintHasTwoChangesAndOneResolution() async throws {
        let store = try TestDatabase.store
        #expect(try await store.take(.complaints, complaint("resolved", at: "2026-11-05T10:00:00Z")) == ["created"])
        #expect(try await store.take(.complaints, complaint("resolved", at: "2026-11-05T10:00:00Z")) == ["unchanged"])
        #expect(try await states() == ["received", "resolved"])
        #expect(try await resolutions() == 1)
    }

    @Test func aReopenedComplaintThatIsResolvedAgainHasTwoResolutions() async throws {
        let store = try TestDatabase.store
        try await store.take(.complaints, complaint())
        for (state, at) in [
            ("acknowledged", "2026-11-02T10:00:00Z"), ("resolved", "2026-11-05T10:00:00Z"),
            ("reopened", "2026-11-06T10:00:00Z"), ("resolved", "2026-11-08T10:00:00Z"),
            ("confirmed", "2026-11-09T10:00:00Z"),
        ] {
            #expect(try await store.take(.complaints, complaint(state, at: at)) == ["updated"], "\(state)")
        }
        #expect(
            try await states() == ["received", "acknowledged", "resolved", "reopened", "resolved", "confirmed"])
        #expect(try await resolutions() == 2)
    }

    @Test func anOlderSnapshotThatComesLateChangesNothing() async throws {
        let store = try TestDatabase.store
        try await store.take(.complaints, complaint("resolved", at: "2026-11-05T10:00:00Z"))
        #expect(try await store.take(.complaints, complaint()) == ["unchanged"])
    }

    @Test(arguments: [
        ("confirmed", "2026-11-09T10:00:00Z", "cannot become confirmed"),
        ("reopened", "2026-11-09T10:00:00Z", "cannot become reopened"),
        ("acknowledged", "2026-11-01T11:00:00Z", "before that"),
    ])
    func aStepThatIsNotAllowedIsRefused(state: String, at: String, reason: String) async throws {
        let store = try TestDatabase.store
        try await store.take(.complaints, complaint())
        if state == "acknowledged" {
            try await store.take(.complaints, complaint("resolved", at: "2026-11-05T10:00:00Z"))
            try await store.take(.complaints, complaint("reopened", at: "2026-11-06T10:00:00Z"))
        }
        let replies = try await store.take(.complaints, complaint(state, at: at))
        #expect(replies.count == 1 && replies[0].contains(reason), "\(replies)")
    }

    @Test func theTimeOfReceiptCannotChange() async throws {
        let store = try TestDatabase.store
        try await store.take(.complaints, complaint())
        let replies = try await store.take(.complaints, complaint(received: "2026-11-02T10:00:00Z"))
        #expect(replies[0].contains("that cannot change"))
    }

    @Test func theDatabaseItselfRefusesAJumpAndAnEdit() async throws {
        let store = try TestDatabase.store
        try await store.take(.complaints, complaint())
        await #expect(throws: PostgresError.self) {
            try await store.pool.query(
                """
                insert into complaint_change (complaint_id, sequence, state, at, previous_state, previous_at)
                select complaint_id, 2, 'confirmed', at, state, at from complaint_change
                """)
        }
        await #expect { try await store.pool.query("delete from complaint_change") } throws: { error in
            (error as? PostgresError)?.constraint == "complaint_change_is_append_only"
        }
    }

    private func states() async throws -> [String] {
        try await TestDatabase.store.pool.query("select state::text from complaint_change order by sequence")
            .decode(String.self)
    }

    private func resolutions() async throws -> Int {
        try await TestDatabase.store.pool.query("select count(*) from resolution").decodeOnly(Int.self)
    }
}
