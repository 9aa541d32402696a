import Feedback
import Foundation
import Postgres

/// One step of how a resolution was decided about and its customer written to.
public struct DecisionStep: Sendable {
    /// What happened.
    public enum Kind: String, Sendable {
        case resolved, held, skipped, invited, queued, cancelled, attempt, delivered, failed, answered
    }

    /// When it happened.
    public let at: Date
    /// What happened.
    public let kind: Kind
    /// The rule that was followed, where there was one.
    public let rule: String?
    /// The values the rule looked at, by name.
    public let inputs: [String: String]
    /// Until when it was held, or when a message was due.
    public let until: Date?
    /// The policy set's number and the policy's name.
    public let policy: String?
    /// The channel of a message.
    public let channel: String?
    /// What the other side said.
    public let detail: String?
}

/// A resolution with everything that was decided about it.
public struct DecisionHistory: Sendable {
    /// What was resolved: a complaint or an interaction, with its reference.
    public let subject: String
    /// The customer's reference.
    public let customer: String?
    /// The steps in the order of time.
    public let steps: [DecisionStep]
}

extension Store {
    /// Tells how the resolutions of a complaint, or of an interaction, were decided about, oldest first.
    ///
    /// - Parameter ref: The complaint's or the interaction's reference.
    public func decisionHistories(of ref: String) async throws -> [DecisionHistory] {
        let resolutions = try await pool.query(
            """
            select resolution_id, 'complaint ' || c.ref, customer.ref
            from complaint c join resolution using (complaint_id) join customer using (customer_id)
            where c.ref = $1
            union all
            select resolution_id, 'interaction ' || i.ref, customer.ref
            from interaction i join resolution using (interaction_id) left join customer using (customer_id)
            where i.ref = $1
            order by 1
            """, ref
        ).decode(Int64.self, String.self, String?.self)
        var histories: [DecisionHistory] = []
        for (resolution, subject, customer) in resolutions {
            histories.append(
                DecisionHistory(subject: subject, customer: customer, steps: try await decisionSteps(of: resolution)))
        }
        return histories
    }

    private func decisionSteps(of resolution: Int64) async throws -> [DecisionStep] {
        try await pool.query(
            """
            with i as (select * from invitation where resolution_id = $1),
            m as (select m.* from message m join i using (invitation_id))
            select resolved_at as at, 'resolved' as kind, null as rule, null::jsonb as inputs, null::timestamptz as until,
                null as policy, null as channel, null as detail, 0 as place
            from resolution where resolution_id = $1
            union all
            select held_at, 'held', rule, inputs, until, policy_version_id || ' ' || policy, null, null, 1
            from hold where resolution_id = $1
            union all
            select decided_at, case outcome when 'invite' then 'invited' else 'skipped' end, rule, inputs, null,
                policy_version_id || coalesce(' ' || policy, ''), null, null, 2
            from decision where resolution_id = $1
            union all
            select coalesce(settled_at, due_at), case when state in ('cancelled', 'dead') then 'cancelled' else 'queued' end,
                rule, null, due_at, null, channel::text, reason || ': ' || state, 3
            from m
            union all
            select started_at, 'attempt', null, null, null, null, d.channel::text,
                coalesce(d.outcome::text, 'under way') || coalesce(': ' || d.detail, ''), 4
            from delivery d join m using (message_id)
            union all
            select d.delivered_at, 'delivered', null, null, null, null, d.channel::text, null, 5
            from delivery d join m using (message_id) where d.delivered_at is not null
            union all
            select d.failed_at, 'failed', null, null, null, null, d.channel::text, d.detail, 5
            from delivery d join m using (message_id) where d.failed_at is not null
            union all
            select answered_at, 'answered', null, null, null, null, null, null, 6
            from response join i using (invitation_id)
            order by 1, 9
            """, resolution
        ).map { row in
            DecisionStep(
                at: try row.decode("at"), kind: DecisionStep.Kind(rawValue: try row.decode("kind")) ?? .attempt,
                rule: try row.decode("rule"),
                inputs: try row.decode("inputs", as: JSONB?.self)?.decode([String: String].self) ?? [:],
                until: try row.decode("until"), policy: try row.decode("policy"), channel: try row.decode("channel"),
                detail: try row.decode("detail"))
        }
    }
}
