import Foundation
import Postgres
import TestSupport
import Testing

@testable import Store

/// An accepted objection takes an answer out of its agent's figures, and out of nobody else's.
@Suite(.migrated) struct ExclusionTests {
    /// The NPS scores of a scope, and those kept out.
    private func scores(_ scope: FigureScope, in store: Store) async throws -> (counted: [Int], excluded: [Int]) {
        let counts = try await store.counts(scope)
        return (counts.scores["nps"] ?? [], counts.excludedScores["nps"] ?? [])
    }

    private func scores(_ points: [Int: Int]) -> [Int] { (0...10).map { points[$0] ?? 0 } }

    @Test func anAcceptedObjectionLeavesTheAgentsFiguresOnly() async throws {
        let made = try await TestAgents.make()
        let store = made.store
        let (mine, theirs) = (try await made.invitations("A1"), try await made.invitations("A2"))
        for (place, nps) in [0, 2, 9, 10, 10, 10].enumerated() { try await made.answer(mine[place], nps: Int16(nps)) }
        for place in 0..<3 { try await made.answer(theirs[place], nps: 8) }
        try await store.refreshCells(now: .test)
        let (agent, other) = (
            FigureScope.agent(try #require(made.agents["A1"])), FigureScope.agent(try #require(made.agents["A2"]))
        )
        let team = FigureScope.team(try #require(made.teams["North"]))
        let before = (
            all: try await store.counts(), team: try await store.counts(team), other: try await store.counts(other)
        )
        #expect(try await scores(agent, in: store) == (scores([0: 1, 2: 1, 9: 1, 10: 3]), []))

        let objection = try await made.objection(to: mine[0])
        #expect(try await store.pool.query("select count(*) from stale_day").decodeOnly(Int.self) == 0)
        #expect(try await made.decide(objection, accepting: true) == .decided)
        // The day is marked in the transaction that excludes.
        #expect(
            try await store.pool.query("select fact::text, count(*) from stale_day group by 1")
                .decode(String.self, Int.self).map { "\($0.0) \($0.1)" } == ["answers 1"])
        try await store.refreshCells(now: .test)

        // Counted by hand: 0 is out; 2, 9, 10, 10, 10 stay.
        #expect(try await scores(agent, in: store) == (scores([2: 1, 9: 1, 10: 3]), scores([0: 1])))
        #expect(try await store.counts(agent).excludedScores["complete"]?.reduce(0, +) == 1)
        #expect(try await store.counts() == before.all)
        #expect(try await store.counts(team) == before.team)
        #expect(try await store.counts(other) == before.other)
        // The answer stays an answer: the response rate is the same.
        #expect(try await store.counts(agent).asking.answered == 6)
        // By agent within everything and within the team, and by topic of the agent, it is the same.
        for rows in [try await store.counts(by: .agent), try await store.counts(team, by: .agent)] {
            let row = try #require(rows.first { $0.value == agent.values[0] })
            #expect(row.counts.scores["nps"] == scores([2: 1, 9: 1, 10: 3]))
            #expect(row.counts.excludedScores["nps"] == scores([0: 1]))
            let all = rows.reduce(into: [Int](repeating: 0, count: 11)) { sum, row in
                for counted in [row.counts.scores["nps"], row.counts.excludedScores["nps"]].compactMap(\.self) {
                    sum = zip(sum, counted).map(+)
                }
            }
            #expect(all == scores([0: 1, 2: 1, 8: 3, 9: 1, 10: 3]))
        }
        #expect(try await store.counts(agent, by: .topic).first?.counts.excludedScores["nps"] == scores([0: 1]))
        #expect(try await store.counts(team, by: .topic).first?.counts.excludedScores.isEmpty == true)
        try await expectNoDifference(now: .test)
    }

    @Test func aRefreshAndARebuildSayTheSameAndTheAgentsPageIsStale() async throws {
        let made = try await TestAgents.make()
        let mine = try await made.invitations("A1")
        for place in 0..<5 { try await made.answer(mine[place], nps: Int16(place), csat: 4) }
        try await made.store.refreshCells(now: .test)
        let number = try await made.store.cellState().refresh
        let objection = try await made.objection(to: mine[3])
        #expect(try await made.decide(objection, accepting: true) == .decided)
        try await made.store.refreshCells(now: .test)
        let refreshed = try await made.store.allCells()
        let changes = try await made.store.readingFigures { try await $0.changes(after: number) }
        #expect(changes.days.keys.map(\.dimension) == [.agent] && !changes.isEverything)
        try await made.store.rebuildCells(now: .test)
        #expect(try await made.store.allCells() == refreshed)
        try await expectNoDifference(now: .test)
    }

    @Test func aDeclinedObjectionChangesNoFigure() async throws {
        let made = try await TestAgents.make()
        let mine = try await made.invitations("A1")
        try await made.answer(mine[0], nps: 0)
        try await made.store.refreshCells(now: .test)
        let before = try await made.store.allCells()
        let objection = try await made.objection(to: mine[0])
        #expect(try await made.decide(objection, accepting: false) == .decided)
        #expect(try await made.decide(objection, accepting: true) == .alreadyDecided)
        try await made.store.refreshCells(now: .test)
        #expect(try await made.store.allCells() == before)
        let own = try #require(try await made.own().objections.first?.objection?.decision)
        #expect(!own.isAccepted && own.reason == "I listened to the call." && own.by == "Nora")
    }

    @Test func whatWasSaidAndDecidedCannotBeChanged() async throws {
        let made = try await TestAgents.make()
        let mine = try await made.invitations("A1")
        try await made.answer(mine[0], nps: 0, comment: "Rude")
        let objection = try await made.objection(to: mine[0])
        #expect(try await made.decide(objection, accepting: true) == .decided)
        let agent = try #require(made.agents["A1"])
        #expect(
            try await made.store.releaseComment(
                of: mine[0], toAgent: agent, by: made.everything, seeing: nil, network: nil, now: .test))
        #expect(
            try await made.store.writeAgentNote(
                to: agent, about: CalendarDay(.test, in: .gmt), words: "Well done.", by: made.everything, seeing: nil,
                network: nil, now: .test) == .written)
        let note = try #require(try await made.own().notes.first)
        #expect(
            try await made.store.replyToAgentNote(note.id, words: "Thanks.", by: made.a1, network: nil, now: .test)
                == .written)
        let tables = [
            ("comment_release", "released_at = now()"), ("objection", "words = 'x'"),
            ("objection_decision", "is_accepted = false"), ("exclusion", "excluded_at = now()"),
            ("agent_note", "words = 'x'"), ("agent_note_reply", "words = 'x'"),
        ]
        for (table, change) in tables {
            for statement in ["update \(table) set \(change)", "delete from \(table)", "truncate \(table) cascade"] {
                let error = await #expect(throws: PostgresError.self, "\(statement)") {
                    try await made.store.pool.withConnection { try await $0.execute(script: statement) }
                }
                #expect(error?.message.contains("cannot be changed or deleted") == true, "\(statement)")
            }
        }
        let actions = try await made.store.auditRows(limit: 5).map(\.action)
        #expect(actions == ["note.reply", "note.write", "comment.release", "objection.accept", "objection.raise"])
        // The record is never erased, so that it holds none of the words.
        let record = try await made.store.auditRows(limit: 50)
        #expect(!record.contains { "\($0)".contains("about policy") || "\($0)".contains("listened") })
        guard case .whole = try await made.store.verifyAudit() else {
            Issue.record("the record is broken")
            return
        }
    }

    @Test func anExclusionNeedsAnAcceptedObjectionToThatVeryAnswer() async throws {
        let made = try await TestAgents.make()
        let mine = try await made.invitations("A1")
        for place in 0..<2 { try await made.answer(mine[place], nps: 0) }
        let declined = try await made.objection(to: mine[0])
        #expect(try await made.decide(declined, accepting: false) == .decided)
        let attempts: [(Int64, Int64, String)] = [
            (mine[0], declined, "exclusion_objection_is_accepted"),
            (mine[1], declined, "exclusion_objection_is_about_the_answer"),
        ]
        for (answer, objection, rule) in attempts {
            let error = await #expect(throws: PostgresError.self) {
                try await made.store.pool.query(
                    "insert into exclusion (invitation_id, objection_id, excluded_at) values ($1, $2, now())", answer,
                    objection)
            }
            #expect(error?.constraint == rule)
        }
    }
}
