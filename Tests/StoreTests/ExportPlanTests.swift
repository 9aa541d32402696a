import Foundation
import Postgres
import TestSupport
import Testing

@testable import Store

/// On 100,000 rows the export of a few days reads no whole table of facts, and sorts no more than those days.
@Suite(.migrated) struct ExportPlanTests {
    @Test func aFewDaysAreFoundByTheirTime() async throws {
        let store = try TestDatabase.store
        try await fill(store.pool)
        for kind in ExportKind.allCases {
            let plan = try await plan(kind, from: "2026-03-01", to: "2026-03-04", on: store.pool)
            let big = ["interaction", "invitation", "response", "customer", "resolution", "decision"]
            let scanned = big.filter { plan.contains("Seq Scan on \($0)") }
            #expect(scanned.isEmpty, "scans \(scanned):\n\(plan)")
            let index =
                [.responses: "response_by_time", .interactions: "interaction_by_start"][kind] ?? "decision_by_time"
            #expect(plan.contains(index), "\(kind):\n\(plan)")
        }
    }

    /// The plan of the statement itself, which takes its filter from settings, as in an export.
    private func plan(_ kind: ExportKind, from start: String, to end: String, on pool: PostgresPool) async throws
        -> String
    {
        let copy = kind.copy.description
        let query = copy.dropFirst("copy (".count)
        let select = try #require(query.ranges(of: ") to stdout").last.map { query[..<$0.lowerBound] })
        return try await pool.withConnection { connection in
            try await connection.execute(
                script: """
                    drop table if exists pg_temp.plan;
                    create temporary table plan (line text);
                    do $do$
                    declare line text;
                    begin
                        perform set_config('export.start', '\(start)', true), set_config('export.end', '\(end)', true);
                        for line in execute $sql$ explain \(select) $sql$ loop
                            insert into plan values (line);
                        end loop;
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
                    insert into agent (ref, name) select 'a' || n, 'a' from generate_series(1, 200) n;
                    insert into customer (ref) select 'c' || n from generate_series(1, 100000) n;
                    insert into interaction
                        (ref, customer_id, agent_id, channel, direction, handled, started_at, ended_at, talk_seconds,
                         hold_seconds, wrap_seconds)
                    select 'i' || n, n, 1 + n % 200, 'phone', 'inbound', true,
                        timestamptz '2026-01-01' + n * interval '5 minutes',
                        timestamptz '2026-01-01' + n * interval '5 minutes', 60, 0, 0
                    from generate_series(1, 100000) n;
                    insert into resolution (interaction_id, resolved_at, decided)
                    select interaction_id, ended_at, true from interaction;
                    insert into decision (resolution_id, outcome, rule, policy_version_id, decided_at)
                    select resolution_id, 'invite', 'invite', 1, resolved_at from resolution;
                    insert into invitation
                        (resolution_id, survey_version_id, language, customer_id, interaction_id, agent_id, issued_at,
                         expires_at)
                    select resolution_id, 1, 'en', resolution_id, interaction_id, 1 + resolution_id % 200, resolved_at,
                        resolved_at + interval '14 days'
                    from resolution;
                    insert into response (invitation_id, answered_at, language, nps)
                    select invitation_id, issued_at, 'en', 9 from invitation where invitation_id % 2 = 0;
                    analyze;
                    """)
        }
    }
}
