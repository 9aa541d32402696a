import Foundation
import Intake
import Store
import TestSupport
import Testing

@Suite(.migrated) struct InteractionMergeTests {
    private let call = """
        {"ref": "i1", "customer": "c1", "agent": "Ana", "topic": "Payment plan", "started_at": "2026-11-20T10:00:00Z",
         "talk_seconds": 300, "hold_seconds": 20, "wrap_seconds": 40}
        """

    @Test func theSameRecordAgainChangesNothing() async throws {
        let store = try TestDatabase.store
        #expect(try await store.take(.interactions, call) == ["created"])
        #expect(try await store.take(.interactions, call) == ["unchanged"])
        #expect(try await count("interaction") == 1)
        #expect(try await count("resolution") == 1)
    }

    @Test func anAbsentFieldLeavesWhatIsKnown() async throws {
        let store = try TestDatabase.store
        try await store.take(.interactions, call)
        let correction = #"{"ref": "i1", "started_at": "2026-11-20T10:00:00Z", "wrap_seconds": 0}"#
        #expect(try await store.take(.interactions, correction) == ["updated"])
        let row = try await store.pool.query("select talk_seconds, wrap_seconds, agent_id is not null from interaction")
        #expect(try row.decodeOnly(Int.self, Int.self, Bool.self) == (300, 0, true))
    }

    @Test func theCallEndsAfterTalkAndHold() async throws {
        let store = try TestDatabase.store
        try await store.take(.interactions, call)
        let ended = try await store.pool.query("select ended_at = started_at + interval '320 seconds' from interaction")
        #expect(try ended.decodeOnly(Bool.self))
    }

    @Test func anUnknownAccountIsRefusedAndTheOthersAreTaken() async throws {
        let store = try TestDatabase.store
        let replies = try await store.take(
            .interactions,
            """
            [{"ref": "i1", "account": "nope", "started_at": "2026-11-20T10:00:00Z"},
             {"ref": "i2", "started_at": "2026-11-20T10:00:00Z"}]
            """)
        #expect(replies == ["account \"nope\" is not known; send accounts before their interactions", "created"])
        #expect(try await count("interaction") == 1)
    }

    @Test func aMovedAgentsEarlierInteractionsKeepTheirTeam() async throws {
        let store = try TestDatabase.store
        try await store.take(.agents, #"{"ref": "Ana", "team": "Early"}"#)
        try await store.take(.interactions, call)
        try await store.take(.agents, #"{"ref": "Ana", "team": "Late"}"#)
        try await store.take(.interactions, #"{"ref": "i1", "started_at": "2026-11-20T10:00:00Z", "queue": "q"}"#)
        let team = try await store.pool.query("select team.ref from interaction join team using (team_id)")
        #expect(try team.decodeOnly(String.self) == "Early")
    }

    @Test func aComplaintThatComesLaterIsLinked() async throws {
        let store = try TestDatabase.store
        try await store.take(
            .interactions, #"{"ref": "i1", "customer": "c1", "complaint": "k1", "started_at": "2026-11-20T10:00:00Z"}"#)
        #expect(try await count("resolution") == 0)
        try await store.take(.complaints, #"{"ref": "k1", "customer": "c1", "received_at": "2026-11-19T10:00:00Z"}"#)
        let linked = try await store.pool.query("select complaint_id is not null from interaction")
        #expect(try linked.decodeOnly(Bool.self))
    }

    @Test func anAbandonedCallIsNoResolution() async throws {
        let store = try TestDatabase.store
        try await store.take(
            .interactions, #"{"ref": "i1", "outcome": "abandoned", "started_at": "2026-11-20T10:00:00Z"}"#)
        #expect(try await count("resolution") == 0)
    }

    @Test func oneRefInManyRequestsAtOnceIsOneInteraction() async throws {
        let store = try TestDatabase.store
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { try await store.take(.interactions, call) } }
            try await group.waitForAll()
        }
        #expect(try await count("interaction") == 1)
        #expect(try await count("resolution") == 1)
    }

    @Test func oneRefOnManyLinesOfAFileIsMergedInTheirOrder() async throws {
        let store = try TestDatabase.store
        let rows = [("1", "10"), ("2", "20"), ("3", "30")].map { line, talk in
            let absent = Array(repeating: "\\N", count: 12).joined(separator: "\t")
            return "\(line)\ti1\t\(absent)\t\\N\t2026-11-20 10:00:00+00\t\\N\t\(talk)\t\\N\t\\N\n"
        }
        let merged = try await store.importing(.interactions) { try await $0.merge(Array(rows.joined().utf8)) }
        #expect(merged.map(\.status) == [.created, .updated, .updated])
        #expect(try await store.pool.query("select talk_seconds from interaction").decodeOnly(Int.self) == 30)
    }

    @Test func eachBatchOfAnImportTellsOnlyOfItsOwnRecords() async throws {
        let store = try TestDatabase.store
        let counts = try await store.importing(.customers) { session in
            var counts: [Int] = []
            for batch in 0..<3 {
                let rows = (0..<4).map { customerRow(line: batch * 4 + $0) }
                counts.append(try await session.merge(Array(rows.joined().utf8)).count)
            }
            return counts
        }
        #expect(counts == [4, 4, 4])
        #expect(try await count("customer") == 12)
    }

    @Test func aDryRunKeepsNothing() async throws {
        let store = try TestDatabase.store
        let rows = customerRow(line: 1)
        let merged = try await store.importing(.customers, dryRun: true) { try await $0.merge(Array(rows.utf8)) }
        #expect(merged.map(\.status) == [.created])
        #expect(try await count("customer") == 0)
    }

    private func customerRow(line: Int) -> String {
        let absent = Array(repeating: "\\N", count: IntakeKind.customers.fields.count - 2)
        return (["\(line)", "C\(line)", "en"] + absent).joined(separator: "\t") + "\n"
    }

    private func count(_ table: String) async throws -> Int {
        let store = try TestDatabase.store
        return switch table {
        case "interaction": try await store.pool.query("select count(*) from interaction").decodeOnly(Int.self)
        case "resolution": try await store.pool.query("select count(*) from resolution").decodeOnly(Int.self)
        default: try await store.pool.query("select count(*) from customer").decodeOnly(Int.self)
        }
    }
}
