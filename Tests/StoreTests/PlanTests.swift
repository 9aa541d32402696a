import Feedback
import Foundation
import Postgres
import Store
import TestSupport
import Testing

/// On 100,000 rows no hot statement reads a whole table of facts.
@Suite(.migrated) struct PlanTests {
    @Test func hotStatementsUseTheirIndices() async throws {
        let store = try TestDatabase.store
        try await fill(store.pool)
        let big: Set = ["interaction", "invitation", "response", "customer", "resolution", "decision"]
        for (name, plan) in try await plans(store.pool) {
            let scanned = big.filter { plan.contains("Seq Scan on \($0) ") || plan.contains("Seq Scan on \($0)\n") }
            #expect(scanned.isEmpty, "\(name) scans \(scanned):\n\(plan)")
        }
    }

    private func fill(_ pool: PostgresPool) async throws {
        try await pool.withConnection { connection in
            try await connection.execute(
                script: """
                    insert into customer (ref) select 'c' || n from generate_series(1, 100000) n;
                    insert into interaction
                        (ref, customer_id, channel, direction, handled, started_at, ended_at, talk_seconds, hold_seconds,
                         wrap_seconds)
                    select 'i' || n, n, 'phone', 'inbound', true, timestamptz '2026-01-01' + n * interval '5 minutes',
                        timestamptz '2026-01-01' + n * interval '5 minutes', 60, 0, 0
                    from generate_series(1, 100000) n;
                    insert into resolution (interaction_id, resolved_at, decided)
                    select interaction_id, ended_at, true from interaction;
                    insert into decision (resolution_id, outcome, rule, policy_version_id, decided_at)
                    select resolution_id, 'invite', 'invite', 1, resolved_at from resolution;
                    insert into invitation (resolution_id, survey_version_id, language, customer_id, issued_at, expires_at)
                    select resolution_id, 1, 'en', resolution_id, resolved_at, resolved_at + interval '14 days'
                    from resolution;
                    insert into response (invitation_id, answered_at, language, nps)
                    select invitation_id, issued_at, 'en', 9 from invitation where invitation_id % 2 = 0;
                    analyze;
                    """)
        }
    }

    private func plans(_ pool: PostgresPool) async throws -> [(String, String)] {
        try await pool.withConnection { connection in
            var plans: [(String, String)] = []
            func plan(_ name: String, _ sql: StaticString) async throws {
                let lines = try await connection.query(sql).decode(String.self)
                plans.append((name, lines.joined(separator: "\n")))
            }
            try await plan(
                "a link's state",
                """
                explain select i.survey_version_id, r.invitation_id
                from unnest(array[5, 6]::bigint[]) with ordinality asked (invitation_id, place)
                left join invitation i on i.invitation_id = asked.invitation_id
                left join response r on r.invitation_id = asked.invitation_id
                """)
            try await plan(
                "due resolutions",
                """
                explain select resolution_id from resolution
                where not decided and resolved_at <= now() order by resolved_at limit 10000
                """)
            try await plan(
                "open invitations",
                """
                explain select i.invitation_id from invitation i
                where i.invitation_id < 50000 and not exists
                    (select from response where response.invitation_id = i.invitation_id)
                order by i.invitation_id desc limit 50
                """)
            try await plan(
                "a day's handling",
                """
                explain select count(*) from unnest(array[date '2026-03-01']) days (day)
                join interaction i on i.started_at >= day::timestamp at time zone 'UTC'
                    and i.started_at < (day + 1)::timestamp at time zone 'UTC'
                """)
            try await plan(
                "a day's answers",
                """
                explain select count(*) from unnest(array[date '2026-03-01']) days (day)
                join response r on r.answered_at >= day::timestamp at time zone 'UTC'
                    and r.answered_at < (day + 1)::timestamp at time zone 'UTC'
                join invitation i using (invitation_id)
                """)
            try await plan(
                "a repeat contact",
                """
                explain select exists (
                    select from interaction later
                    where later.customer_id = 77 and later.handled and not later.planned and later.direction = 'inbound'
                        and later.started_at between timestamptz '2026-03-01' and timestamptz '2026-03-08')
                """)
            return plans
        }
    }
}
