import DemoCentre
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Store

/// What the database itself shows to somebody who sees some teams or portfolios only, asked directly.
@Suite(.migrated) struct RowSecurityTests {
    static let scopes: [FigureScope] = [.teams([1]), .teams([1, 2]), .portfolios([1]), .portfolios([2, 3])]

    private func filled() async throws -> PostgresPool {
        let store = try TestDatabase.store
        try await store.fillHistory(seed: 41)
        return store.pool
    }

    /// Runs the body with only a scope in sight.
    private func within<R: Sendable>(
        _ scope: FigureScope, _ body: @Sendable (isolated PostgresConnection) async throws -> R
    ) async throws -> R {
        try await TestDatabase.current.pool.transaction { connection in
            try await connection.query(#require(scope.restriction))
            return try await body(connection)
        }
    }

    @Test(arguments: scopes) func factsOfOthersAreNotThere(scope: FigureScope) async throws {
        let pool = try await filled()
        for (name, sql) in countFacts {
            let (all, own) = try await pool.query(
                PostgresStatement(sql, parameters: [scope.values(of: .team), scope.values(of: .portfolio)])
            ).decodeOnly(Int.self, Int.self)
            let (seen, seenOwn) = try await within(scope) { connection in
                try await connection.query(
                    PostgresStatement(sql, parameters: [scope.values(of: .team), scope.values(of: .portfolio)])
                ).decodeOnly(Int.self, Int.self)
            }
            #expect(seen == own && seenOwn == own && own > 0 && own < all, "\(name): \(seen) of \(own) of \(all)")
        }
    }

    @Test(arguments: scopes) func cellsOfOthersAreNotThere(scope: FigureScope) async throws {
        _ = try await filled()
        let own = "\(scope.dimension)"
        let cells = try await within(scope) { connection in
            try await connection.query(listCells).decode(String.self, Int32.self, Int32.self)
        }
        #expect(Set(cells.map(\.0)).count > 8)
        for (cut, within, value) in cells {
            let id = cut == own || cut == "team.portfolio" && own == "portfolio" ? value : within
            #expect(
                (cut.hasPrefix(own) || cut == "team.portfolio") && scope.values.contains(id),
                "\(cut) \(within) \(value)")
        }
    }

    @Test(arguments: scopes) func whatIsSeenIsAllOfTheScope(scope: FigureScope) async throws {
        _ = try await filled()
        let store = try TestDatabase.store
        var compared = 0
        for dimension in MeasureDimension.allCases {
            let query = FigureQuery(scope, by: dimension, testDays, cut: .month)
            let seen = try await store.readingFigures(of: scope) { try await $0.measureCounts(query) }
            let all = try await store.readingFigures { try await $0.measureCounts(query) }
            #expect(seen == all, "\(dimension)")
            compared += seen.count
        }
        #expect(compared > 50)
    }

    @Test func withoutAScopeNothingIsThere() async throws {
        let pool = try await filled()
        let counts = try await pool.transaction { connection in
            try await connection.execute(script: "set local role hearback_scoped")
            return try await connection.query(countEverything).decode(Int.self)
        }
        #expect(counts.count == 22 && counts.allSatisfy { $0 == 0 })
        // Nobody objected, wrote notes or needs a follow-up in this history.
        #expect(try await pool.query(countEverything).decode(Int.self).count { $0 > 0 } == 15)
    }

    /// What is read for `/follow-ups` and `/agents`: as many rows as the team has, and none of the others.
    @Test func whatIsSaidAboutAnswersOfOthersIsNotThere() async throws {
        let made = try await TestAgents.make(calls: 3)
        let month = CalendarDay(.test, in: .gmt)
        for (agent, person) in [("A1", made.a1), ("A3", made.everything)] {
            let answers = try await made.invitations(agent)
            for answer in answers { try await made.answer(answer, nps: 2, comment: "I can't cope") }
            _ = try await made.store.makeComplaint(of: answers[0], by: nil, seenBy: nil, now: .test)
            _ = try await made.store.writeAgentNote(
                to: #require(made.agents[agent]), about: month, words: "Well done.", by: person, seeing: nil,
                network: nil, now: .test)
        }
        let objection = try await made.objection(to: try await made.invitations("A1")[1])
        #expect(try await made.decide(objection, accepting: true) == .decided)
        _ = try await made.store.replyToAgentNote(1, words: "Thanks.", by: made.a1, network: nil, now: .test)
        let (north, south) = (try #require(made.teams["North"]), try #require(made.teams["South"]))
        let all = try await made.store.pool.query(countReviews).decode(Int.self)
        let seen = try await within(.team(north)) { try await $0.query(countReviews).decode(Int.self) }
        let others = try await within(.team(south)) { try await $0.query(countReviews).decode(Int.self) }
        // Follow-ups, customers, objections, decisions, exclusions, notes, replies.
        #expect(all == [8, 9, 1, 1, 1, 2, 1])
        #expect(seen == [4, 6, 1, 1, 1, 1, 1])
        #expect(others == [4, 3, 0, 0, 0, 1, 0])
        let names = try await within(.team(south)) {
            try await $0.query("select ref from customer order by ref").decode(String.self)
        }
        #expect(names == ["c-A3-0", "c-A3-1", "c-A3-2"])
    }

    @Test func aRestrictionWithinATransactionEndsWithItsReading() async throws {
        let made = try await TestAgents.make(calls: 2)
        let team = try #require(made.teams["South"])
        let south = FigureScope.team(team).restriction
        let count = PostgresStatement("select count(*) from invitation")
        let (before, within, after, role) = try await made.store.pool.transaction { connection in
            (
                try await connection.query(count).decodeOnly(Int.self),
                try await connection.read(count, within: south).decodeOnly(Int.self),
                try await connection.query(count).decodeOnly(Int.self),
                try await connection.query("select current_setting('role')").decodeOnly(String.self)
            )
        }
        #expect(before == 6 && within == 2 && after == 6 && role != "hearback_scoped")
    }

    @Test func aScopeThatIsNoNumberIsRefused() async throws {
        let pool = try await filled()
        await #expect(throws: PostgresError.self) {
            try await pool.transaction { connection in
                try await connection.execute(
                    script: "set local role hearback_scoped; set local hearback.teams = '1) or (true'")
                _ = try await connection.query("select count(*) from response").decodeOnly(Int.self)
            }
        }
    }

    @Test(arguments: [
        "select email from customer", "select phone from customer", "select * from customer", "select from account",
        "select email from person", "select password_hash from person", "select * from person", "select from session",
        "select from audit", "select secret_sha256 from api_key", "select * from api_key", "select from message",
        "select from delivery", "select from resolution",
        "select from decision", "select from customer_stop", "select from suppression",
        "insert into team (ref) values ('x')", "update response set comment = 'x'", "delete from answer_cell",
        "truncate interaction", "update organisation set name = 'x'", "delete from customer",
        "insert into exclusion default values",
        "update follow_up set closed_at = now()", "insert into comment_release default values",
        "select write_audit(now(), 'person 1', null, 'sign-in', null, null, null)",
        "alter table response disable row level security", "drop policy response_is_within_the_scope on response",
    ])
    func everythingElseIsOutOfReach(statement: String) async throws {
        _ = try await filled()
        await #expect {
            try await within(.team(1)) { try await $0.execute(script: statement) }
        } throws: { error in
            (error as? PostgresError)?.sqlState == "42501"
        }
    }

    /// The security of rows must not cost the use of the key: PostgreSQL may not look at "cut" first for whoever is restricted.
    @Test func aScopesCellsAreFoundByTheirKey() async throws {
        try await TestDatabase.current.pool.withConnection { connection in
            try await connection.execute(
                script: """
                    insert into asking_cell
                    select cut::cut, within, value, date '2026-01-01' + day, 1, 0, 1, 0, 0, 0
                    from (values ('team.agent', 10), ('team.topic', 10), ('portfolio.topic', 10), ('agent.topic', 80)) kept (cut, most),
                        generate_series(1, most) within, generate_series(1, 10) value, generate_series(1, 250) day;
                    analyze asking_cell;
                    """)
        }
        let plan = try await within(.team(3)) { connection in
            try await connection.query(
                """
                explain select value, sum(invited) from asking_cell
                where cut = 'team.topic' and within = any ('{3}'::int[]) and day between '2026-05-01' and '2026-05-28'
                group by value
                """
            ).decode(String.self).joined(separator: "\n")
        }
        #expect(plan.contains("asking_cell_pkey") && !plan.contains("Seq Scan on asking_cell"), "\(plan)")
    }

    @Test func theRestrictionEndsWithItsTransaction() async throws {
        let pool = try await filled()
        try await pool.withConnection { connection in
            try await connection.execute(script: "set role hearback_service")
            let all = try await connection.query("select count(*) from response").decodeOnly(Int.self)
            let seen = try await connection.transaction(.snapshot) { connection in
                try await connection.query(#require(FigureScope.team(1).restriction))
                return try await connection.query("select count(*) from response").decodeOnly(Int.self)
            }
            #expect(seen > 0 && seen < all)
            #expect(try await connection.query("select count(*) from response").decodeOnly(Int.self) == all)
            #expect(
                try await connection.query("select current_user::text").decodeOnly(String.self) == "hearback_service")
            try await connection.execute(script: "reset role")
        }
    }
}

private let countReviews: StaticString = """
    select count(*) from follow_up union all select count(*) from customer union all select count(*) from objection
    union all select count(*) from objection_decision union all select count(*) from exclusion
    union all select count(*) from agent_note union all select count(*) from agent_note_reply
    """

/// How many facts of a kind there are, and how many belong to some teams ($1) or portfolios ($2).
private let countFacts: [(String, StaticString)] = [
    (
        "complaint",
        "select count(*), count(*) filter (where team_id = any ($1::int[]) or portfolio_id = any ($2::int[])) from complaint"
    ),
    (
        "interaction",
        "select count(*), count(*) filter (where team_id = any ($1::int[]) or portfolio_id = any ($2::int[])) from interaction"
    ),
    (
        "invitation",
        "select count(*), count(*) filter (where team_id = any ($1::int[]) or portfolio_id = any ($2::int[])) from invitation"
    ),
    (
        "response",
        """
        select count(*), count(*) filter (where team_id = any ($1::int[]) or portfolio_id = any ($2::int[]))
        from response left join invitation using (invitation_id)
        """
    ),
]

private let listCells: StaticString = """
    select cut::text, within, value from answer_cell union select cut::text, within, value from asking_cell
    union select cut::text, within, value from skip_cell union select cut::text, within, value from answered_cell
    union select cut::text, within, value from handling_cell union select cut::text, within, value from duration_cell
    union select cut::text, within, value from contact_cell union select cut::text, within, value from window_cell
    union select cut::text, within, value from complaint_cell union select cut::text, within, value from closing_cell
    """

private let countEverything: StaticString = """
    select count(*) from answer_cell union all select count(*) from asking_cell union all select count(*) from skip_cell
    union all select count(*) from answered_cell union all select count(*) from handling_cell
    union all select count(*) from duration_cell union all select count(*) from contact_cell
    union all select count(*) from window_cell union all select count(*) from complaint_cell
    union all select count(*) from closing_cell union all select count(*) from complaint
    union all select count(*) from interaction union all select count(*) from invitation
    union all select count(*) from response union all select count(*) from customer
    union all select count(*) from follow_up union all select count(*) from comment_release
    union all select count(*) from objection union all select count(*) from objection_decision
    union all select count(*) from exclusion union all select count(*) from agent_note
    union all select count(*) from agent_note_reply
    """
