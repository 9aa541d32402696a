/// The contacts that began on the days, each with its neighbours: all windows are judged from these.
///
/// A contact is handled, inbound and not planned; the legs of a transfer are one: it starts with its first leg, ends with its last,
/// and belongs to the last leg's agent and team. Another inbound contact of the same customer about the same topic, even one that
/// was abandoned, is a repeat. Windows are 30 days at the most; contacts of more than a day are looked up by themselves.
let stageContacts: StaticString = """
    insert into judged_contact
    with asked as (
        select distinct customer_id from interaction
        where started_at >= $1 and started_at < $2 and direction = 'inbound' and not planned and customer_id is not null
    ), latest as (
        select greatest($2, max(i.ended_at), max(leg.ended_at)) + interval '30 days' as at
        from interaction i left join interaction leg on leg.contact = i.contact
        where i.started_at >= $1 and i.started_at < $2 and i.direction = 'inbound' and not i.planned
    ), nearby as (
        select i.* from asked join interaction i using (customer_id)
        where i.direction = 'inbound' and not i.planned and i.contact is null
            and i.started_at >= $1::timestamptz - interval '31 days'
            and i.started_at < $2::timestamptz + interval '31 days'
        union all
        -- The planner knows the bounds above and reads no more than it must; contacts so long that later ones matter are few.
        select i.* from asked join interaction i using (customer_id)
        where i.direction = 'inbound' and not i.planned and i.contact is null
            and i.started_at >= $2::timestamptz + interval '31 days'
            and (select at from latest) >= $2::timestamptz + interval '31 days' and i.started_at <= (select at from latest)
        union all
        select i.* from asked join interaction i using (customer_id)
        where i.direction = 'inbound' and not i.planned and i.contact is null
            and i.ended_at - i.started_at > interval '24 hours'
            and i.started_at < $1::timestamptz - interval '31 days' and i.ended_at >= $1::timestamptz - interval '31 days'
        union all
        select * from interaction
        where started_at >= $1 and started_at < $2 and direction = 'inbound' and not planned and contact is null
            and customer_id is null
    ), transferred as (
        -- How far a transfer reaches is known only from all its legs, of which some may be another customer's.
        select i.contact from asked join interaction i using (customer_id)
        where i.direction = 'inbound' and not i.planned and i.contact is not null
        union
        select contact from interaction
        where started_at >= $1 and started_at < $2 and direction = 'inbound' and not planned and contact is not null
            and customer_id is null
    ), whole as (
        select
            (array_agg(i order by not i.handled, i.started_at, i.interaction_id))[1] as first,
            (array_agg(i order by not i.handled, i.started_at desc, i.interaction_id desc))[1] as last
        from transferred join interaction i using (contact)
        where i.direction = 'inbound' and not i.planned
        group by contact
    ), contact as (
        select interaction_id, customer_id, topic_id, portfolio_id, channel, segment_id, team_id, agent_id, outcome, handled,
            started_at, ended_at
        from nearby
        union all
        select (first).interaction_id, (first).customer_id, (first).topic_id, (first).portfolio_id, (first).channel,
            (first).segment_id, (last).team_id, (last).agent_id, (last).outcome, (first).handled, (first).started_at,
            (last).ended_at
        from whole
    ), neighbours as (
        select *,
            max(ended_at) filter (where handled) over earlier as previous_end,
            lead(started_at) over (
                partition by customer_id, topic_id order by started_at, interaction_id) as next_start,
            max(ended_at) filter (where handled) over any_earlier as previous_any_end,
            lead(started_at) over (partition by customer_id order by started_at, interaction_id) as next_any_start
        from contact
        window
            earlier as (partition by customer_id, topic_id order by started_at, interaction_id
                rows between unbounded preceding and 1 preceding),
            any_earlier as (partition by customer_id order by started_at, interaction_id
                rows between unbounded preceding and 1 preceding)
    )
    select (started_at at time zone $3)::date, team_id, portfolio_id, agent_id, topic_id, channel_number(channel),
        segment_id, outcome_number(outcome), customer_id is not null, started_at, ended_at, previous_end, next_start, previous_any_end, next_any_start,
        coalesce(topic.repeat_days, organisation.repeat_days)
    from neighbours left join topic using (topic_id), organisation
    where handled and started_at >= $1 and started_at < $2
    """

/// Takes the moment up to which windows have closed ($1).
let contactCells: StaticString = """
    insert into fresh_contact_cell
    select cell_cut(ungrouped), cell_within(ungrouped, team_id, portfolio_id, agent_id),
        cell_value(ungrouped, team_id, portfolio_id, agent_id, topic_id, channel, segment_id, outcome, null, null, null, null),
        day, contacts, known, closed, closed_resolved, first_contacts, first_resolved, pending, combined_contacts,
        combined_resolved, next_close
    from (
        select day, team_id, portfolio_id, agent_id, topic_id, channel, segment_id, outcome,
            grouping(team_id, portfolio_id, agent_id, topic_id, channel, segment_id, outcome) << 4 | 15 as ungrouped,
            count(*) as contacts, count(*) filter (where is_known) as known,
            count(*) filter (where is_closed) as closed,
            count(*) filter (where is_closed and is_resolved) as closed_resolved,
            count(*) filter (where is_closed and is_first) as first_contacts,
            count(*) filter (where is_closed and is_first and is_resolved) as first_resolved,
            count(*) filter (where not is_closed and is_first and is_known) as pending,
            count(*) filter (where is_closed and is_first and outcome is distinct from 2 /* unresolved */) as combined_contacts,
            count(*) filter (where is_closed and is_first and is_resolved and outcome is distinct from 2 /* unresolved */)
                as combined_resolved,
            min(next_close) as next_close
        from (
            select *,
                is_known and ended_at + span < $1::timestamptz as is_closed,
                is_known and coalesce(previous_end + span < started_at, true) as is_first,
                coalesce(next_start > ended_at + span, true) as is_resolved,
                case when is_known then least(
                    case when ended_at + span >= $1::timestamptz then ended_at + span end,
                    case
                        when ended_at + interval '24 hours' >= $1::timestamptz then ended_at + interval '24 hours'
                        when ended_at + interval '120 hours' >= $1::timestamptz then ended_at + interval '120 hours'
                        when ended_at + interval '168 hours' >= $1::timestamptz then ended_at + interval '168 hours'
                        when ended_at + interval '336 hours' >= $1::timestamptz then ended_at + interval '336 hours'
                        when ended_at + interval '720 hours' >= $1::timestamptz then ended_at + interval '720 hours'
                    end)
                end as next_close
            from (select *, repeat_days * interval '24 hours' as span from judged_contact offset 0) spanned
            offset 0
        ) judged
        group by day, grouping sets (
            (), (team_id), (portfolio_id), (agent_id), (topic_id), (channel), (segment_id), (outcome),
            (team_id, portfolio_id), (team_id, agent_id), (team_id, topic_id), (team_id, channel), (team_id, segment_id),
            (team_id, outcome),
            (portfolio_id, agent_id), (portfolio_id, topic_id), (portfolio_id, channel), (portfolio_id, segment_id),
            (portfolio_id, outcome),
            (agent_id, topic_id))
    ) grouped
    """
