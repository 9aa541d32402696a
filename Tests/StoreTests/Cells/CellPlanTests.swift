import DemoCentre
import Feedback
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Store

/// On 100,000 interactions a day's cells are computed from that day's facts, and sums read cells by their key.
@Suite(.migrated) struct CellPlanTests {
    @Test func aDayIsComputedWithoutReadingAWholeTable() async throws {
        let store = try TestDatabase.store
        try await fill(store.pool)
        let facts: Set = [
            "interaction", "invitation", "response", "customer", "resolution", "decision", "complaint",
            "complaint_change",
        ]
        let statements: [(name: String, sql: StaticString)] = [
            ("answers", stageAnswers), ("asking", stageAsking), ("handling", stageHandling),
            ("contacts", stageContacts),
            ("complaints", complaintCells), ("closings", closingCells),
        ]
        let plans = try await store.pool.withConnection { connection in
            try await connection.execute(script: workTables)
            var plans: [(name: String, plan: String)] = []
            for (name, sql) in statements {
                let text = Self.text(
                    sql, ["timestamptz '2026-06-10'", "timestamptz '2026-06-11'", "text 'America/New_York'"])
                plans.append((name, try await Self.plan(text, on: connection)))
            }
            // One interaction has come.
            try await connection.query(
                "insert into stale_contact select customer_id, 'x1', started_at, ended_at from interaction limit 1")
            plans.append(("days of touched", try await Self.plan(Self.text(markNeighbours, []), on: connection)))
            return plans
        }
        for (name, plan) in plans {
            let scanned = facts.filter { plan.contains("Seq Scan on \($0) ") || plan.contains("Seq Scan on \($0)\n") }
            #expect(scanned.isEmpty, "\(name) scans \(scanned):\n\(plan)")
            #expect(plan.contains("Index"), "\(name):\n\(plan)")
        }
    }

    @Test(arguments: ["all", "agent", "team.agent", "agent.topic"]) func sumsReadTheirKey(cut: String) async throws {
        let store = try TestDatabase.store
        try await fillCells(store.pool)
        let within = cut.contains(".") ? "3" : "0"
        for sum in CellSum.all {
            let table = try #require("\(sum.sql)".firstMatch(of: /from (\w+_cell)/)?.output.1)
            let text = Self.text(
                sum.sql,
                [
                    "date '2026-06-01'", "date '2026-06-28'", "'{2026-06-01,2026-06-15}'::date[]", "'\(cut)'",
                    "'{\(within)}'::int[]",
                    cut == "agent" ? "'{7}'::int[]" : "null::int[]",
                ])
            let plan = try await store.pool.withConnection { try await Self.plan(text, on: $0) }
            // Where most of a day's cells are of the cut, the days' index is as good.
            let isByKey = plan.contains("\(table)_pkey") || cut == "agent.topic" && plan.contains("\(table)_by_day")
            #expect(isByKey, "\(table) by \(cut):\n\(plan)")
            #expect(!plan.contains("Seq Scan"), "\(table) by \(cut):\n\(plan)")
        }
    }

    /// A statement with its parameters written in.
    private static func text(_ sql: StaticString, _ parameters: [String]) -> String {
        parameters.enumerated().reversed().reduce("\(sql)") { text, parameter in
            text.replacing("$\(parameter.offset + 1)", with: parameter.element)
        }
    }

    private static func plan(_ sql: String, on connection: isolated PostgresConnection) async throws -> String {
        try await connection.execute(
            script: """
                create or replace function pg_temp.plan_of(statement text) returns setof text language plpgsql as
                'begin return query execute ''explain '' || statement; end'
                """)
        return try await connection.query("select plan_of from pg_temp.plan_of($1)", sql).decode(String.self)
            .joined(separator: "\n") + "\n"
    }

    private func fill(_ pool: PostgresPool) async throws {
        try await pool.withConnection { connection in
            try await connection.execute(
                script: """
                    insert into customer (ref) select 'c' || n from generate_series(1, 20000) n;
                    insert into interaction
                        (ref, contact, customer_id, channel, direction, handled, started_at, ended_at, talk_seconds,
                         hold_seconds, wrap_seconds)
                    select 'i' || n, case when n % 10 < 2 then 'x' || n / 10 end, n % 20000 + 1, 'phone', 'inbound', true,
                        timestamptz '2026-01-01' + n * interval '5 minutes',
                        timestamptz '2026-01-01' + n * interval '5 minutes', 60, 0, 0
                    from generate_series(1, 100000) n;
                    insert into complaint (ref, customer_id, sequence, state, state_at)
                    select 'k' || n, n, 1, 'received', timestamptz '2026-01-01' + n * interval '25 minutes'
                    from generate_series(1, 20000) n;
                    insert into complaint_change (complaint_id, sequence, state, at)
                    select complaint_id, 1, 'received', state_at from complaint;
                    insert into complaint_change (complaint_id, sequence, state, at, previous_state, previous_at)
                    select complaint_id, 2, 'resolved', at + interval '3 days', state, at from complaint_change;
                    insert into resolution (interaction_id, resolved_at, decided)
                    select interaction_id, ended_at, true from interaction;
                    insert into decision (resolution_id, outcome, rule, policy_version_id, decided_at)
                    select resolution_id, 'invite', 'invite', 1, resolved_at from resolution;
                    insert into invitation
                        (resolution_id, survey_version_id, language, customer_id, interaction_id, issued_at, expires_at)
                    select resolution_id, 1, 'en', customer_id, interaction_id, resolved_at,
                        resolved_at + interval '14 days'
                    from resolution join interaction using (interaction_id);
                    insert into response (invitation_id, answered_at, language, nps)
                    select invitation_id, issued_at, 'en', 9 from invitation where invitation_id % 2 = 0;
                    analyze;
                    """)
        }
    }

    /// A year of cells of 30 agents and 6 topics in each table.
    private func fillCells(_ pool: PostgresPool) async throws {
        try await pool.withConnection { connection in
            for table in Set(CellFact.allCases.flatMap(\.tables)) {
                let others = try await connection.query(
                    """
                    select string_agg(', ' || case
                        when attname in ('cut', 'within', 'value', 'day') then 'keys.' || attname
                        when attname in ('resolved_day', 'closed_day') then 'keys.day'
                        when attname = 'unit' then '''leg'''
                        when atttypid = 'text'::regtype then '''x'''
                        when atttypid = 'boolean'::regtype then 'false'
                        when atttypid in ('int[]'::regtype, 'smallint[]'::regtype) then '''{1}'''
                        when atttypid = 'timestamptz'::regtype then 'null'
                        else '1'
                    end, '' order by attnum)
                    from pg_attribute where attrelid = $1::text::regclass and attnum > 0 and not attisdropped
                    """, table
                ).decodeOnly(String.self)
                try await connection.execute(
                    script: """
                        insert into \(table) select \(others.dropFirst(2)) from (
                            select cut, within, value, date '2026-01-01' + n as day
                            from generate_series(0, 364) n, (
                                select 'all'::cut, 0, 0
                                union all select 'agent', 0, value from generate_series(1, 30) value
                                union all select 'team.agent', 1 + value % 4, value from generate_series(1, 30) value
                                union all select 'agent.topic', agent, topic
                                from generate_series(1, 30) agent, generate_series(1, 6) topic
                            ) cuts (cut, within, value)
                        ) keys;
                        analyze \(table);
                        """)
            }
        }
    }
}
