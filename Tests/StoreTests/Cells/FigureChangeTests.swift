import Feedback
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Store

/// What a refresh says that it has changed, by which pages are written again.
@Suite(.migrated) struct FigureChangeTests {
    /// Two agents of two teams with a customer each, who were invited, and everything is refreshed.
    private func fill(_ store: Store) async throws -> [Int64] {
        try await store.take(.agents, #"[{"ref": "A", "team": "Early"}, {"ref": "B", "team": "Late"}]"#)
        let calls = ["A", "B"].map { agent in
            """
            {"ref": "\(agent)", "customer": "\(agent)", "agent": "\(agent)", "portfolio": "of \(agent)",
             "started_at": "2026-10-20T10:00:00Z"}
            """
        }
        try await store.take(.interactions, "[\(calls.joined(separator: ","))]")
        _ = try await store.decideDueResolutions(now: .test)
        try await store.refreshCells(now: .test)
        return try await store.attributions(issuedAt: .test).sorted { ($0.agent ?? "") < ($1.agent ?? "") }.map(\.id)
    }

    private func changes(after number: Int64) async throws -> [String] {
        try await TestDatabase.store.pool.query(
            """
            select concat_ws(' ', cut::text, coalesce(team.ref, portfolio.ref, agent.ref), day)
            from figure_change
            left join team on cut = 'team' and team_id = value
            left join portfolio on cut = 'portfolio' and portfolio_id = value
            left join agent on cut = 'agent' and agent_id = value
            where number > $1
            order by 1
            """, number
        ).decode(String.self)
    }

    @Test func anAnswerChangesItsOwnTeamPortfolioAndAgentOnItsDayAndOnItsResolutions() async throws {
        let store = try TestDatabase.store
        let ids = try await fill(store)
        let before = try await store.cellState()
        let said = Submission(invitation: ids[1], surveyVersion: 1, language: "en", answers: Answers(nps: 9))
        _ = try await store.submitAnswers([said], now: .test.hours(2))
        try await store.refreshCells(now: .test.hours(3))
        let expected = ["agent B", "all", "portfolio of B", "team Late"].flatMap {
            ["\($0) 2026-10-20", "\($0) 2026-11-23"]
        }
        #expect(try await changes(after: before.refresh) == expected)
        #expect(
            try await store.cellState() == CellState(refresh: before.refresh + 2, refreshedAt: .test.hours(3)))
        let read = try await store.readingFigures { try await $0.changes(after: before.refresh) }
        #expect(!read.isEverything && read.days.count == 4)
        let days = CalendarDay(dayNumber: 9_789)...CalendarDay(dayNumber: 9_823)
        #expect(read.days.values.allSatisfy { $0 == days })
    }

    @Test func aRefreshWithoutANewFactLeavesNoTrace() async throws {
        let store = try TestDatabase.store
        _ = try await fill(store)
        let before = try await store.cellState()
        #expect(try await store.refreshCells(now: .test) == 0)
        // What was said before, and what no figure shows.
        let call = #"{"ref": "A", "started_at": "2026-10-20T10:00:00Z""#
        #expect(try await store.take(.interactions, call + "}") == ["unchanged"])
        #expect(try await store.refreshCells(now: .test) == 0)
        #expect(try await store.cellState() == before)
        #expect(try await store.take(.interactions, call + #", "queue": "q"}"#) == ["updated"])
        #expect(try await store.refreshCells(now: .test) > 0)
        #expect(try await changes(after: before.refresh) == [])
    }

    @Test func aNewNameChangesEverything() async throws {
        let store = try TestDatabase.store
        _ = try await fill(store)
        let before = try await store.cellState()
        #expect(try await store.take(.agents, #"{"ref": "A", "name": "Ana"}"#) == ["updated"])
        // Names are taken up with answers.
        try await store.refreshCells(.answers, now: .test)
        #expect(try await changes(after: before.refresh) == [""])
        let read = try await store.readingFigures { try await $0.changes(after: before.refresh) }
        #expect(read.isEverything && read.days.isEmpty)
        #expect(try await store.cellState().refresh == before.refresh + 1)
    }

    @Test func manyDaysAreNotedAsEverything() async throws {
        let store = try TestDatabase.store
        _ = try await fill(store)
        let before = try await store.cellState()
        let calls = (0..<60).map {
            #"{"ref": "i\#($0)", "agent": "A", "started_at": "\#(Date.test.days(Double(-$0)).ISO8601Format())"}"#
        }
        try await store.take(.interactions, "[\(calls.joined(separator: ","))]")
        try await store.refreshCells(.work, now: .test)
        let read = try await store.readingFigures { try await $0.changes(after: before.refresh) }
        #expect(read.isEverything)
    }
}
