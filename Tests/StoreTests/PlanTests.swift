import Feedback
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Store

/// On 100,000 rows no hot statement reads a whole table of facts.
@Suite(.migrated) struct PlanTests {
    @Test func hotStatementsUseTheirIndices() async throws {
        let store = try TestDatabase.store
        try await fill(store.pool)
        let big: Set = [
            "interaction", "invitation", "response", "customer", "resolution", "decision", "message", "delivery",
            "reported_contact", "customer_stop",
        ]
        for (name, plan) in try await plans(store.pool) + scopedPlans(store.pool) {
            let scanned = big.filter { plan.contains("Seq Scan on \($0) ") || plan.contains("Seq Scan on \($0)\n") }
            #expect(scanned.isEmpty, "\(name) scans \(scanned):\n\(plan)")
        }
    }

    /// What managers of one team read, with row-level security.
    private func scopedPlans(_ pool: PostgresPool) async throws -> [(String, String)] {
        try await pool.transaction { connection in
            try await connection.execute(
                script: """
                    prepare follow_ups (boolean, bigint, bigint, bigint[]) as \(listFollowUps);
                    prepare agents (int[], timestamptz, text, bigint) as \(listReviewedAgents);
                    """)
            try await connection.query(#require(FigureScope.team(3).restriction))
            return [
                (
                    "a manager's follow-ups",
                    try await connection.query("explain execute follow_ups (true, null, 25, null)")
                        .decode(String.self).joined(separator: "\n")
                ),
                (
                    "a manager's agents",
                    try await connection.query("explain execute agents ('{3}', '2026-12-14', null, 100)")
                        .decode(String.self).joined(separator: "\n")
                ),
            ]
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
                    insert into team (ref) select 't' || n from generate_series(1, 10) n;
                    insert into agent (ref, name, team_id) select 'a' || n, 'a' || n, 1 + n % 10 from generate_series(1, 100) n;
                    insert into invitation
                        (resolution_id, survey_version_id, language, customer_id, agent_id, team_id, issued_at, expires_at)
                    select resolution_id, 1, 'en', resolution_id, 1 + resolution_id % 100, 1 + resolution_id % 10, resolved_at,
                        resolved_at + interval '14 days'
                    from resolution;
                    insert into message
                        (invitation_id, reason, customer_id, state, channel, due_at, settled_at)
                    select invitation_id, 'invitation', customer_id,
                        case when invitation_id % 100 = 0 then 'queued' else 'sent' end::message_state, 'email', issued_at,
                        case when invitation_id % 100 <> 0 then issued_at end
                    from invitation;
                    insert into delivery (message_id, channel, started_at, provider_ref)
                    select message_id, 'email', due_at, 'p' || message_id from message;
                    insert into reported_contact (ref, customer_id, contacted_at)
                    select ref, customer_id, timestamptz '2026-01-01' from customer;
                    insert into customer_stop (ref, customer_id, kind, source, starts_at)
                    select ref, customer_id, 'minor', 'crm', timestamptz '2026-01-01' from customer;
                    insert into response (invitation_id, answered_at, language, nps, comment)
                    select invitation_id, issued_at, 'en', 9, 'Good.' from invitation where invitation_id % 2 = 0;
                    insert into follow_up (invitation_id, reason, opened_at, opened_by, closed_at, closed_by)
                    select invitation_id, 'distress', answered_at, 'words', case when invitation_id < 99000 then answered_at end,
                        case when invitation_id < 99000 then 'person 1' end
                    from response where invitation_id % 10 = 0;
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
                where not decided and held_until is null and resolved_at <= now() order by resolved_at limit 10000
                """)
            try await plan(
                "resolutions whose hold is over",
                """
                explain select resolution_id from resolution
                where not decided and held_until <= now() order by held_until limit 10000
                """)
            try await plan(
                "what is judged",
                """
                explain select * from unnest(array[5, 6]::bigint[]) due (resolution_id)
                cross join lateral resolution_subject(due.resolution_id) subject
                left join lateral customer_standing(subject.customer_id, now()) standing on true
                """)
            try await plan(
                "messages that are due",
                """
                explain select * from message m
                where state = 'queued' and channel = 'email' and due_at <= now()
                    and not exists (select from message o where o.customer_id = m.customer_id and o.state = 'sending')
                order by due_at limit 100
                """)
            try await plan("a report of a delivery", "explain select * from delivery where provider_ref = 'x'")
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
