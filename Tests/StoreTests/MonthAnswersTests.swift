import Feedback
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Store

@Suite(.migrated) struct MonthAnswersTests {
    private func submit(_ answers: [(Int64, Answers)], at now: Date) async throws {
        _ = try await TestDatabase.store.submitAnswers(
            answers.map { Submission(invitation: $0, surveyVersion: 1, language: "en", answers: $1) }, now: now)
    }

    private func read(
        _ scope: FigureScope = .everything, from start: Date = .test.days(-1), before end: Date = .test.days(9),
        most: Int = 500
    ) async throws -> (answers: [GivenAnswer], numbers: AnswerNumbers) {
        try await TestDatabase.store.readingFigures { figures in
            (
                try await figures.answers(scope, from: start, before: end, most: most),
                try await figures.answerNumbers(scope, from: start, before: end)
            )
        }
    }

    @Test func commentsStandFirstAndTheNewestOfEitherFirst() async throws {
        let ids = try await TestDatabase.store.invite(4)
        try await submit([(ids[0], Answers(nps: 0, comment: "first"))], at: .test.hours(1))
        try await submit([(ids[1], Answers(nps: 1))], at: .test.hours(2))
        try await submit([(ids[2], Answers(nps: 2, comment: "second"))], at: .test.hours(3))
        try await submit([(ids[3], Answers(nps: 3))], at: .test.hours(4))
        let (answers, numbers) = try await read()
        #expect(answers.map(\.nps) == [2, 0, 3, 1])
        #expect(answers.map(\.comment) == ["second", "first", nil, nil])
        #expect(numbers == AnswerNumbers(all: 4, withComment: 2))
        #expect(try await read(most: 3).answers.map(\.nps) == [2, 0, 3])
        #expect(answers.allSatisfy { $0.agentName == "A1" && $0.topic == "Payment plan" && $0.interaction != nil })
        #expect(answers.allSatisfy { $0.cesPoints == 5 && $0.survey == "after-contact 1" && $0.complaint == nil })
    }

    @Test func aTimeIsOpenAtItsEnd() async throws {
        let ids = try await TestDatabase.store.invite(2)
        try await submit([(ids[0], Answers(nps: 1))], at: .test.hours(1))
        try await submit([(ids[1], Answers(nps: 2))], at: .test.hours(2))
        let (answers, numbers) = try await read(from: .test.hours(1), before: .test.hours(2))
        #expect(answers.map(\.nps) == [1] && numbers.all == 1)
    }

    @Test func aScopeGoesByWhatWasFrozen() async throws {
        let store = try TestDatabase.store
        let ids = try await store.invite(1)
        try await submit([(ids[0], Answers(nps: 9))], at: .test.hours(1))
        try await store.take(.agents, #"[{"ref": "A1", "name": "Ada", "team": "Late"}]"#)
        let scope = try await store.scope(team: nil, portfolio: "Cards", agent: nil)
        let late = try await store.scope(team: "Late", portfolio: nil, agent: nil)
        let agent = try await store.scope(team: nil, portfolio: nil, agent: "A1")
        #expect(try await read(scope).answers.count == 1)
        #expect(try await read(scope).numbers.all == 1)
        #expect(try await read(agent).answers.map(\.agentName) == ["Ada"])
        #expect(try await read(late).answers.isEmpty)
        #expect(try await read(late).numbers == AnswerNumbers(all: 0, withComment: 0))
    }

    @Test func suspectAnswersAreThoseOfTheCells() async throws {
        let store = try TestDatabase.store
        let first = try await store.invite(3)
        // Within ten seconds of the invitation.
        try await submit([(first[0], Answers(nps: 1))], at: .test.addingTimeInterval(5))
        try await submit([(first[1], Answers(nps: 2))], at: .test.hours(1))
        // Again by the same customer, within a minute and after.
        for (number, delay) in [(1, 30.0), (2, 95.0)] {
            try await store.take(
                .interactions,
                """
                [{"ref": "again\(number)", "customer": "c1", "agent": "A1",
                  "started_at": "\(Date.test.hours(-2).ISO8601Format())", "talk_seconds": 9}]
                """)
            _ = try await store.decideDueResolutions(now: .test.addingTimeInterval(Double(number)))
            let id = try #require(
                try await store.attributions(issuedAt: .test.addingTimeInterval(Double(number))).first?.id)
            try await submit([(id, Answers(nps: Int16(2 + number)))], at: .test.hours(1).addingTimeInterval(delay))
        }
        let suspects = try await read().answers.filter(\.isSuspect).compactMap(\.nps).sorted()
        #expect(suspects == [1, 3])
        try await store.refreshCells(now: .test.days(1))
        let day = CalendarDay(dayNumber: 9_823)
        let counts = try await store.readingFigures {
            try await $0.measureCounts(FigureQuery(.everything, day.adding(days: -1)...day.adding(days: 2))).first?
                .counts
        }
        #expect(counts?.suspectScores["nps"]?.prefix(5) == [0, 1, 0, 1, 0])
    }
}

/// On 50,000 answers a month's page reads no whole table, and no more answers than it lists.
@Suite(.migrated) struct MonthAnswersPlanTests {
    @Test func answersAreFoundByTheirTime() async throws {
        let pool = try TestDatabase.current.pool
        try await fill(pool)
        var sql = listAnswers.description
        let values = [
            "timestamptz '2026-03-01'", "timestamptz '2026-04-01'", "null", "null", "null", "500",
        ]
        for (index, value) in values.enumerated() { sql = sql.replacing("$\(index + 1)", with: value) }
        let plan = try await plan(sql, on: pool)
        let scanned = ["interaction", "invitation", "response"].filter { plan.contains("Seq Scan on \($0)") }
        #expect(scanned.isEmpty, "scans \(scanned):\n\(plan)")
        // Those with a comment by an index of their own.
        #expect(plan.ranges(of: "Index Scan Backward using response_").count == 2, "\(plan)")
    }

    private func plan(_ sql: String, on pool: PostgresPool) async throws -> String {
        try await pool.withConnection { connection in
            try await connection.execute(
                script: """
                    create temporary table plan (line text);
                    do $do$
                    declare line text;
                    begin
                        for line in execute $sql$ explain \(sql) $sql$ loop insert into plan values (line); end loop;
                    end
                    $do$;
                    """)
            return try await connection.query("select line from plan").decode(String.self).joined(separator: "\n")
        }
    }

    private func fill(_ pool: PostgresPool) async throws {
        try await pool.withConnection { connection in
            try await connection.execute(
                script: """
                    insert into customer (ref) select 'c' || n from generate_series(1, 50000) n;
                    insert into interaction
                        (ref, customer_id, channel, direction, handled, started_at, ended_at, talk_seconds, hold_seconds,
                         wrap_seconds)
                    select 'i' || n, n, 'phone', 'inbound', true, timestamptz '2026-01-01' + n * interval '5 minutes',
                        timestamptz '2026-01-01' + n * interval '5 minutes', 60, 0, 0
                    from generate_series(1, 50000) n;
                    insert into resolution (interaction_id, resolved_at, decided)
                    select interaction_id, ended_at, true from interaction;
                    insert into decision (resolution_id, outcome, rule, policy_version_id, decided_at)
                    select resolution_id, 'invite', 'invite', 1, resolved_at from resolution;
                    insert into invitation
                        (resolution_id, survey_version_id, language, customer_id, interaction_id, issued_at, expires_at)
                    select resolution_id, 1, 'en', interaction_id, interaction_id, resolved_at,
                        resolved_at + interval '14 days'
                    from resolution;
                    insert into response (invitation_id, answered_at, language, nps, comment)
                    select invitation_id, issued_at, 'en', 9, case when invitation_id % 5 = 0 then 'Fine.' end
                    from invitation;
                    analyze;
                    """)
        }
    }
}
