import Foundation
import Postgres

/// What a round of deciding did.
public struct DecisionCounts: Sendable, Equatable {
    /// Resolutions whose customers were invited.
    public var invited = 0
    /// Resolutions that were passed over, each with its rule.
    public var skipped = 0

    /// Creates counts of nothing.
    public init() {}
}

extension Store {
    /// Decides about every resolution that is due, in batches, each in one statement.
    ///
    /// Any number of processes may decide at once: each takes resolutions that no other holds. Without a published survey
    /// nothing is decided. Attribution is frozen into the invitation: for a complaint, its own agent or else the agent of its
    /// last handled interaction before the closing.
    ///
    /// - Parameter now: The time of the decisions; a resolution is due once the policy's delay has passed.
    public func decideDueResolutions(now: Date) async throws -> DecisionCounts {
        let batch = 50_000
        var total = DecisionCounts()
        while true {
            let (decided, invited) = try await pool.query(decideBatch, now, batch).decodeOnly(Int.self, Int.self)
            total.invited += invited
            total.skipped += decided - invited
            if decided < batch { return total }
        }
    }
}

let decideBatch: StaticString = """
    with policy as (
        select policy_version_id, delay, expiry from policy_version order by policy_version_id desc limit 1
    ), version as (
        select survey_version_id, definition -> 'languages' as languages
        from survey_version order by survey_version_id desc limit 1
    ), due as materialized (
        select resolution_id, complaint_id, complaint_sequence, interaction_id, resolved_at
        from resolution, policy
        where not decided and resolved_at <= $1::timestamptz - policy.delay and exists (select from version)
        order by resolved_at
        limit $2
        for update of resolution skip locked
    ), described as (
        select due.resolution_id, i.customer_id, null::bigint as complaint_id, i.interaction_id, i.agent_id, i.team_id,
            i.portfolio_id, i.topic_id, i.channel, i.outcome,
            i.talk_seconds + i.hold_seconds + i.wrap_seconds as handle_seconds,
            case
                when i.customer_id is null then 'customer-unknown'
                when i.complaint_ref is not null then 'part-of-a-complaint'
                when exists (
                    select from interaction later
                    where later.contact = i.contact and later.handled and later.complaint_ref is null
                        and (later.started_at, later.interaction_id) > (i.started_at, i.interaction_id)
                ) then 'earlier-leg'
                else 'invite'
            end as rule
        from due join interaction i using (interaction_id)
        union all
        select due.resolution_id, c.customer_id, c.complaint_id, handler.interaction_id,
            coalesce(c.agent_id, handler.agent_id),
            case when c.agent_id is null then handler.team_id else c.team_id end,
            coalesce(c.portfolio_id, handler.portfolio_id), coalesce(c.topic_id, handler.topic_id),
            coalesce(c.channel, handler.channel), handler.outcome,
            handler.talk_seconds + handler.hold_seconds + handler.wrap_seconds,
            case
                when exists (
                    select from complaint_change later
                    where later.complaint_id = c.complaint_id and later.sequence > due.complaint_sequence
                        and later.state = 'reopened'
                ) then 'reopened'
                else 'invite'
            end
        from due
        join complaint c using (complaint_id)
        left join lateral (
            select interaction_id, agent_id, team_id, portfolio_id, topic_id, channel, outcome, talk_seconds,
                hold_seconds, wrap_seconds, started_at
            from interaction
            where complaint_id = c.complaint_id and handled and started_at <= due.resolved_at
            union all
            -- A call whose import was not committed yet when the complaint came is not linked.
            select interaction_id, agent_id, team_id, portfolio_id, topic_id, channel, outcome, talk_seconds,
                hold_seconds, wrap_seconds, started_at
            from interaction
            where complaint_id is null and complaint_ref = c.ref and handled and started_at <= due.resolved_at
            order by started_at desc
            limit 1
        ) handler on true
    ), decided as (
        insert into decision (resolution_id, outcome, rule, policy_version_id, decided_at)
        select resolution_id, case when rule = 'invite' then 'invite' else 'skip' end::decision_outcome, rule,
            policy_version_id, $1
        from described, policy
        returning resolution_id
    ), invited as (
        insert into invitation
            (resolution_id, survey_version_id, language, customer_id, complaint_id, interaction_id, agent_id, team_id,
             portfolio_id, topic_id, channel, outcome, handle_seconds, segment_id, issued_at,
             expires_at)
        select resolution_id, survey_version_id,
            case
                when languages ? lower(customer.language) then lower(customer.language)
                when languages ? split_part(lower(customer.language), '-', 1)
                    then split_part(lower(customer.language), '-', 1)
                else languages ->> 0
            end,
            customer_id, complaint_id, interaction_id, agent_id, team_id, portfolio_id, topic_id, channel,
            outcome, handle_seconds, label.label_id, $1, $1 + policy.expiry
        from described join customer using (customer_id) left join label on label.name = customer.segment, policy, version
        where rule = 'invite'
        order by resolution_id
        returning invitation_id
    ), settled as (
        update resolution set decided = true from due where resolution.resolution_id = due.resolution_id
    ), marked as (
        insert into stale_day (fact, day)
        select distinct 'asking'::fact, (resolved_at at time zone time_zone)::date from due, organisation
    )
    select (select count(*) from decided), (select count(*) from invited)
    """
