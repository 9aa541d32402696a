import Feedback
import Foundation
import People
import Postgres
import Store
import TestSupport
import Testing

/// Two agents of one team and one of another, with answers, and the people who are agents and managers.
struct TestAgents {
    let store: Store
    /// Persons: the agents A1 and A2 of team North, the managers of North and South, and one who sees everything.
    let a1, a2, north, south, everything: Int32
    /// Agents' and teams' identifiers.
    let agents: [String: Int32]
    let teams: [String: Int32]

    /// Makes them, with so many calls each, all of which are asked about.
    static func make(calls: Int = 8) async throws -> TestAgents {
        let store = try TestDatabase.store
        try await store.take(
            .agents,
            """
            [{"ref": "A1", "name": "Ana", "team": "North"}, {"ref": "A2", "name": "Bo", "team": "North"},
             {"ref": "A3", "name": "Cy", "team": "South"}]
            """)
        let items = (0..<calls).flatMap { number in
            ["A1", "A2", "A3"].map { agent in
                """
                {"ref": "\(agent)-\(number)", "customer": "c-\(agent)-\(number)", "agent": "\(agent)", "topic": "Fees",
                 "portfolio": "Cards", "started_at": "\(Date.test.days(-3).ISO8601Format())", "talk_seconds": \(200 + number)}
                """
            }
        }
        try await store.take(.interactions, "[\(items.joined(separator: ","))]")
        _ = try await store.decideDueResolutions(now: .test.days(-2))
        func person(_ email: String, _ settings: (String) -> PersonSettings) async throws -> Int32 {
            try await store.addPerson(settings(email), by: .program, now: .test).id
        }
        return TestAgents(
            store: store,
            a1: try await person("a1@example.com") { .init(email: $0, name: "Ana", role: .agent, agent: "A1") },
            a2: try await person("a2@example.com") { .init(email: $0, name: "Bo", role: .agent, agent: "A2") },
            north: try await person("north@example.com") {
                .init(email: $0, name: "Nora", role: .qualityManager, teams: ["North"])
            },
            south: try await person("south@example.com") {
                .init(email: $0, name: "Sol", role: .qualityManager, teams: ["South"])
            },
            everything: try await person("all@example.com") {
                .init(email: $0, name: "Alla", role: .qualityManager, seesEverything: true)
            },
            agents: Dictionary(
                uniqueKeysWithValues: try await store.pool.query("select ref, agent_id from agent")
                    .decode(String.self, Int32.self)),
            teams: Dictionary(
                uniqueKeysWithValues: try await store.pool.query("select ref, team_id from team")
                    .decode(String.self, Int32.self)))
    }

    /// The invitations about an agent, oldest first.
    func invitations(_ agent: String) async throws -> [Int64] {
        try await store.pool.query(
            "select invitation_id from invitation join agent using (agent_id) where ref = $1 order by invitation_id",
            agent
        ).decode(Int64.self)
    }

    /// Answers an invitation.
    func answer(
        _ invitation: Int64, nps: Int16, csat: Int16? = nil, comment: String? = nil, at moment: Date = .test.days(-1)
    ) async throws {
        let said = Submission(
            invitation: invitation, surveyVersion: 1, language: "en",
            answers: Answers(nps: nps, csat: csat, resolved: nps > 6, comment: comment))
        #expect(try await store.submitAnswersApart([said], now: moment) == [.stored])
    }

    /// Raises an objection of A1 and gives its number.
    func objection(to invitation: Int64, words: String = "This was about policy.") async throws -> Int64 {
        #expect(
            try await store.raiseObjection(to: invitation, words: words, by: a1, network: nil, now: .test) == .raised)
        return try await store.pool.query("select objection_id from objection where invitation_id = $1", invitation)
            .decodeOnly(Int64.self)
    }

    /// Decides as the manager of A1's team.
    func decide(_ objection: Int64, accepting: Bool) async throws -> DecisionOutcome {
        try await store.decideObjection(
            objection, ofAgent: try #require(agents["A1"]), accepting: accepting, reason: "I listened to the call.",
            by: north, seeing: [try #require(teams["North"])], network: "127.0.0.1", now: .test)
    }

    /// What A1 reads.
    func own() async throws -> OwnFeedback {
        let id = try #require(agents["A1"])
        return try await store.readingFigures { try await $0.ownFeedback(ofAgent: id, now: .test) }
    }
}
