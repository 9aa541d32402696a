import Foundation
import Postgres
import Store
import TestSupport
import Testing

/// What agents read of their own work, and whose managers may say what.
@Suite(.migrated) struct AgentReviewTests {
    private let month = CalendarDay(.test, in: .gmt)

    @Test func onlyTheAgentItIsAboutCanObjectAndOnlyOnce() async throws {
        let made = try await TestAgents.make()
        let (mine, theirs) = (try await made.invitations("A1"), try await made.invitations("A2"))
        try await made.answer(mine[0], nps: 0)
        try await made.answer(theirs[0], nps: 0)
        func object(to answer: Int64, by person: Int32) async throws -> ObjectionOutcome {
            try await made.store.raiseObjection(to: answer, words: "No.", by: person, network: nil, now: .test)
        }
        #expect(try await object(to: theirs[0], by: made.a1) == .notTheirs)
        #expect(try await object(to: mine[0], by: made.everything) == .notTheirs)
        // Not answered, and not there.
        #expect(try await object(to: mine[1], by: made.a1) == .notTheirs)
        #expect(try await object(to: 999_999, by: made.a1) == .notTheirs)
        #expect(try await object(to: mine[0], by: made.a1) == .raised)
        #expect(try await object(to: mine[0], by: made.a1) == .alreadyRaised)
        _ = try await made.store.setDisabled(true, person: made.a2, by: .program, now: .test)
        #expect(try await object(to: theirs[0], by: made.a2) == .notTheirs)
        #expect(try await made.store.pool.query("select count(*) from objection").decodeOnly(Int.self) == 1)
    }

    @Test func nothingIsWrittenAboutAnErasedCustomer() async throws {
        let made = try await TestAgents.make(calls: 2)
        let mine = try await made.invitations("A1")
        for answer in mine { try await made.answer(answer, nps: 0) }
        let objection = try await made.objection(to: mine[0])
        let agent = try #require(made.agents["A1"])
        func waiting() async throws -> [Int] {
            [
                try #require(try await made.store.review(ofAgent: agent, seeing: nil, now: .test)).objections.count,
                try await made.store.reviewedAgents(seeing: nil, limit: 9, now: .test).map(\.objections).max() ?? 0,
            ]
        }
        #expect(try await waiting() == [1, 1])
        for customer in ["c-A1-0", "c-A1-1"] {
            _ = try await made.store.eraseCustomer(customer, key: .test, by: .program, now: .test)
        }
        #expect(try await waiting() == [0, 0])
        #expect(try await made.decide(objection, accepting: true) == .notTheirs)
        #expect(
            try await made.store.raiseObjection(to: mine[1], words: "x", by: made.a1, network: nil, now: .test)
                == .notTheirs)
        // The agent sees that it was not decided.
        let own = try await made.own().objections
        #expect(own.count == 1 && own[0].objection?.words == nil && own[0].objection?.decision == nil)
    }

    @Test func aManagerOfAnotherTeamSeesAndDoesNothing() async throws {
        let made = try await TestAgents.make()
        let (store, agent) = (made.store, try #require(made.agents["A1"]))
        let (north, south) = ([try #require(made.teams["North"])], [try #require(made.teams["South"])])
        let mine = try await made.invitations("A1")
        try await made.answer(mine[0], nps: 0, comment: "Never again")
        let objection = try await made.objection(to: mine[0])
        for teams in [south, []] {
            #expect(try await store.review(ofAgent: agent, seeing: teams, now: .test) == nil)
            #expect(
                try await store.decideObjection(
                    objection, ofAgent: agent, accepting: true, reason: "x", by: made.south, seeing: teams,
                    network: nil, now: .test) == .notTheirs)
            #expect(
                try await !store.releaseComment(
                    of: mine[0], toAgent: agent, by: made.south, seeing: teams, network: nil, now: .test))
            #expect(
                try await store.writeAgentNote(
                    to: agent, about: month, words: "x", by: made.south, seeing: teams, network: nil, now: .test)
                    == .notTheirs)
        }
        #expect(try await store.reviewedAgents(seeing: south, limit: 10, now: .test).map(\.ref) == ["A3"])
        #expect(try await store.reviewedAgents(seeing: [], limit: 10, now: .test).isEmpty)
        // Those for whom something waits come first.
        let listed = try await store.reviewedAgents(seeing: north, limit: 10, now: .test)
        #expect(listed.map(\.ref) == ["A1", "A2"] && listed.map(\.objections) == [1, 0])
        #expect(listed.map(\.comments) == [1, 0])
        #expect(try await store.reviewedAgents(seeing: nil, named: "_", limit: 10, now: .test).isEmpty)
        #expect(try await store.reviewedAgents(seeing: nil, named: "CY", limit: 10, now: .test).map(\.ref) == ["A3"])
        let review = try #require(try await store.review(ofAgent: agent, seeing: north, now: .test))
        #expect(review.objections.map(\.answer.comment) == ["Never again"] && review.comments.count == 1)
        #expect(review.objections.first?.about?.hasPrefix("A1-") == true)
        // Another agent's page does not decide it either, nor does whoever raised it.
        let other = try #require(made.agents["A2"])
        #expect(
            try await store.decideObjection(
                objection, ofAgent: other, accepting: true, reason: "x", by: made.north, seeing: north, network: nil,
                now: .test) == .notTheirs)
        #expect(
            try await store.decideObjection(
                objection, ofAgent: agent, accepting: true, reason: "x", by: made.a1, seeing: nil, network: nil,
                now: .test) == .notTheirs)
        #expect(try await made.decide(objection, accepting: true) == .decided)
    }

    /// An agent who moves takes none of the old team's answers to the new manager.
    @Test func answersOfTheTimeInAnotherTeamAreNotTheNewManagers() async throws {
        let made = try await TestAgents.make()
        let (store, agent) = (made.store, try #require(made.agents["A1"]))
        let south = [try #require(made.teams["South"])]
        let mine = try await made.invitations("A1")
        try await made.answer(mine[0], nps: 0, comment: "Never again")
        let objection = try await made.objection(to: mine[0])
        try await store.take(.agents, #"[{"ref": "A1", "name": "Ana", "team": "South"}]"#)
        let review = try #require(try await store.review(ofAgent: agent, seeing: south, now: .test))
        #expect(review.objections.isEmpty && review.comments.isEmpty)
        #expect(try await made.decide(objection, accepting: true) == .notTheirs)
        #expect(
            try await store.decideObjection(
                objection, ofAgent: agent, accepting: false, reason: "x", by: made.everything, seeing: nil,
                network: nil, now: .test) == .decided)
    }

    @Test func commentsAreShownByTheOrganisationsChoiceAndNeverWhenKeptBack() async throws {
        let made = try await TestAgents.make()
        let (store, agent) = (made.store, try #require(made.agents["A1"]))
        let mine = try await made.invitations("A1")
        try await made.answer(mine[0], nps: 9, comment: "Old and kind", at: .test.days(-1.9))
        try await made.answer(mine[1], nps: 1, comment: "New and cross", at: .test.hours(-1))
        try await made.answer(mine[2], nps: 1, comment: "I can't cope", at: .test.days(-1.9))
        func shown() async throws -> Set<String> { Set(try await made.own().answers.compactMap(\.comment)) }
        #expect(try await store.agentComments() == .released)
        #expect(try await shown().isEmpty)
        for answer in mine.prefix(4) {
            let isReleased = try await store.releaseComment(
                of: answer, toAgent: agent, by: made.everything, seeing: nil, network: nil, now: .test)
            #expect(isReleased == (answer == mine[0] || answer == mine[1]))
        }
        #expect(try await shown() == ["Old and kind", "New and cross"])
        #expect(
            try await !store.releaseComment(
                of: mine[0], toAgent: agent, by: made.everything, seeing: nil, network: nil, now: .test))
        try await store.setAgentComments(.delayed(days: 1), by: .program, now: .test)
        #expect(try await shown() == ["Old and kind"])
        try await store.setAgentComments(.all, by: .program, now: .test)
        #expect(try await shown() == ["Old and kind", "New and cross"])
        let last = try #require(try await store.auditRows(limit: 1).first)
        #expect(last.action == "organisation.agent-comments" && last.before == "\"1\"" && last.after == "\"all\"")
        for days in [0, 91] {
            await #expect(throws: PostgresError.self) {
                try await store.setAgentComments(.delayed(days: days), by: .program, now: .test)
            }
        }
        #expect(AgentComments("0") == nil && AgentComments("91") == nil && AgentComments("7") == .delayed(days: 7))
    }

    @Test func openFollowUpsAreCountedByKind() async throws {
        let made = try await TestAgents.make()
        let (mine, theirs) = (try await made.invitations("A1"), try await made.invitations("A2"))
        try await made.answer(mine[0], nps: 1, comment: "I can't cope")
        try await made.answer(mine[1], nps: 1)
        try await made.answer(theirs[0], nps: 1, comment: "I can't cope")
        _ = try await made.store.makeComplaint(of: mine[1], by: nil, seenBy: nil, now: .test)
        #expect(try await made.own().openFollowUps.map(\.count) == [1, 1])
        let distress = try #require(
            try await made.store.followUps(isOpen: true, seenBy: nil, limit: 9).first { $0.invitation == mine[0] })
        _ = try await made.store.closeFollowUp(distress.id, by: .command(user: "ada"), note: "done", now: .test)
        #expect(try await made.own().openFollowUps.map(\.count) == [1, 0])
    }

    @Test func aNoteHasVersionsAndOnlyItsAgentReplies() async throws {
        let made = try await TestAgents.make(calls: 1)
        let (store, agent) = (made.store, try #require(made.agents["A1"]))
        func write(_ words: String, _ about: CalendarDay) async throws -> NoteOutcome {
            try await store.writeAgentNote(
                to: agent, about: about, words: words, by: made.everything, seeing: nil, network: nil, now: .test)
        }
        #expect(try await write("First", month) == .written)
        let first = try #require(try await made.own().notes.first)
        #expect(first.month.day == 1 && first.version == 1 && first.writtenBy == "Alla")
        func reply(_ words: String, by person: Int32) async throws -> NoteOutcome {
            try await store.replyToAgentNote(first.id, words: words, by: person, network: nil, now: .test)
        }
        #expect(try await reply("Mine", by: made.a1) == .written)
        #expect(try await reply("Not mine", by: made.a2) == .notTheirs)
        #expect(try await reply("Not mine", by: made.everything) == .notTheirs)
        #expect(try await write("Second", month) == .written)
        #expect(try await write("Before", month.adding(days: -40)) == .written)
        let notes = try await made.own().notes
        #expect(notes.map(\.words) == ["Second", "Before"] && notes.map(\.version) == [2, 1])
        // A reply to an earlier version stays with its month.
        #expect(notes[0].replies.map(\.words) == ["Mine"] && notes[1].replies.isEmpty)
        for _ in 1..<20 { #expect(try await reply("Again", by: made.a1) == .written) }
        #expect(try await reply("Again", by: made.a1) == .tooMany)
        #expect(try await store.reviewedAgents(seeing: nil, named: "A1", limit: 1, now: .test).first?.replies == 20)
    }

    @Test func versionsWrittenAtOnceFollowEachOther() async throws {
        let made = try await TestAgents.make(calls: 1)
        let (store, agent, month) = (made.store, try #require(made.agents["A1"]), month)
        let outcomes = try await withThrowingTaskGroup(of: NoteOutcome.self) { group in
            for number in 0..<6 {
                group.addTask {
                    try await store.writeAgentNote(
                        to: agent, about: month, words: "\(number)", by: made.everything, seeing: nil, network: nil,
                        now: .test)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes == Array(repeating: .written, count: 6))
        #expect(try await made.own().notes.map(\.version) == [6])
    }
}
