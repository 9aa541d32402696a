import Feedback
import Foundation
import Postgres
import Store
import TestSupport
import Testing

@Suite(.migrated) struct DecisionTests {
    @Test func everyResolutionGetsExactlyOneDecisionHoweverManyDecide() async throws {
        let store = try TestDatabase.store
        let items = (0..<500).map { number in
            #"{"ref": "i\#(number)", "customer": "c\#(number)", "started_at": "2026-11-20T10:00:00Z"}"#
        }
        try await store.take(.interactions, "[\(items.joined(separator: ","))]")
        let counts = try await withThrowingTaskGroup(of: DecisionCounts.self) { group in
            for _ in 0..<4 { group.addTask { try await store.decideDueResolutions(now: .test) } }
            return try await group.reduce(into: [DecisionCounts]()) { $0.append($1) }
        }
        #expect(counts.map(\.invited).reduce(0, +) == 500)
        #expect(try await store.decideDueResolutions(now: .test) == DecisionCounts())
        #expect(try await rules() == ["invite": 500])
    }

    @Test func aContactIsAskedAboutOnceAndStrangersNot() async throws {
        let store = try TestDatabase.store
        try await store.take(
            .interactions,
            """
            [{"ref": "leg1", "contact": "t1", "customer": "c1", "started_at": "2026-11-20T10:00:00Z"},
             {"ref": "leg2", "contact": "t1", "customer": "c1", "started_at": "2026-11-20T10:05:00Z"},
             {"ref": "i3", "started_at": "2026-11-20T10:00:00Z"},
             {"ref": "i4", "customer": "c2", "complaint": "k1", "started_at": "2026-11-20T10:00:00Z"}]
            """)
        _ = try await store.decideDueResolutions(now: .test)
        #expect(try await rules() == ["invite": 1, "earlier-leg": 1, "customer-unknown": 1])
    }

    @Test func nobodyIsAskedBeforeTheDelayHasPassed() async throws {
        let store = try TestDatabase.store
        try await store.publishPolicy(delay: 86_400, expiry: 86_400, now: .test)
        try await store.take(
            .interactions, #"{"ref": "i1", "customer": "c1", "started_at": "\#(Date.test.ISO8601Format())"}"#)
        #expect(try await store.decideDueResolutions(now: .test.hours(23)).invited == 0)
        #expect(try await store.decideDueResolutions(now: .test.hours(24)).invited == 1)
    }

    @Test func aComplaintThatWasReopenedIsNotAskedAbout() async throws {
        let store = try TestDatabase.store
        for (state, at) in [("resolved", "2026-11-05T10:00:00Z"), ("reopened", "2026-11-06T10:00:00Z")] {
            try await store.take(
                .complaints,
                """
                {"ref": "k1", "customer": "c1", "received_at": "2026-11-01T10:00:00Z", "state": "\(state)",
                 "state_at": "\(at)"}
                """)
        }
        _ = try await store.decideDueResolutions(now: .test)
        #expect(try await rules() == ["reopened": 1])
    }

    @Test func aComplaintIsAttributedToTheLastAgentBeforeItsClosing() async throws {
        let store = try TestDatabase.store
        try await store.take(.agents, #"[{"ref": "Ana", "team": "Early"}, {"ref": "Ben", "team": "Late"}]"#)
        try await store.take(
            .interactions,
            """
            [{"ref": "i1", "customer": "c1", "complaint": "k1", "agent": "Ana", "started_at": "2026-11-02T10:00:00Z"},
             {"ref": "i2", "customer": "c1", "complaint": "k1", "agent": "Ben", "started_at": "2026-11-03T10:00:00Z"},
             {"ref": "i3", "customer": "c1", "complaint": "k1", "agent": "Ana", "started_at": "2026-11-09T10:00:00Z"}]
            """)
        try await store.take(
            .complaints,
            """
            {"ref": "k1", "customer": "c1", "received_at": "2026-11-01T10:00:00Z", "state": "resolved",
             "state_at": "2026-11-05T10:00:00Z"}
            """)
        _ = try await store.decideDueResolutions(now: .test)
        #expect(try await attribution() == "Ben of Late")
        // Moving, renaming and retiring the agent later moves nothing.
        try await store.take(.agents, #"{"ref": "Ben", "team": "Early", "active": false}"#)
        #expect(try await attribution() == "Ben of Late")
    }

    @Test func theDatabaseRefusesToChangeAttribution() async throws {
        let store = try TestDatabase.store
        _ = try await store.invite(1)
        await #expect { try await store.pool.query("update invitation set agent_id = null") } throws: { error in
            (error as? PostgresError)?.constraint == "invitation_is_frozen"
        }
        await #expect(throws: PostgresError.self) { try await store.pool.query("delete from agent") }
    }

    @Test(arguments: [("es-MX", "es"), ("AR", "ar"), ("fr", "en")])
    func theCustomersLanguageIsUsedWhereTheSurveyHasIt(wish: String, language: String) async throws {
        let store = try TestDatabase.store
        try await store.take(.customers, #"{"ref": "c1", "language": "\#(wish)"}"#)
        try await store.take(.interactions, #"{"ref": "i1", "customer": "c1", "started_at": "2026-11-20T10:00:00Z"}"#)
        _ = try await store.decideDueResolutions(now: .test)
        #expect(try await store.attributions(issuedAt: .test).map(\.language) == [language])
    }

    @Test func openInvitationsArePagedNewestFirst() async throws {
        let store = try TestDatabase.store
        let ids = try await store.invite(5)
        let first = try await store.invitations(onlyOpen: true, limit: 2, now: .test)
        let second = try await store.invitations(onlyOpen: true, before: first.last?.id, limit: 10, now: .test)
        #expect((first + second).map(\.id) == ids.reversed())
        let later = Date.test.days(14)
        #expect(try await store.invitations(onlyOpen: true, limit: 10, now: later).isEmpty)
        #expect(
            try await store.invitations(onlyOpen: false, limit: 10, now: later).map(\.state)
                == Array(repeating: .expired, count: 5))
    }

    private func rules() async throws -> [String: Int] {
        let rows = try await TestDatabase.store.pool.query("select rule, count(*) from decision group by rule")
        return Dictionary(uniqueKeysWithValues: try rows.decode(String.self, Int.self).map { ($0, $1) })
    }

    private func attribution() async throws -> String {
        try await TestDatabase.store.pool.query(
            """
            select agent.ref || ' of ' || team.ref
            from invitation join agent using (agent_id) join team on team.team_id = invitation.team_id
            """
        ).decodeOnly(String.self)
    }
}
