/// Complaints that were received on the days, by when they were closed; one that was reopened is open again since it was received.
let complaintCells: StaticString = """
    insert into fresh_complaint_cell
    select cell_cut(ungrouped), cell_within(ungrouped, team_id, portfolio_id, agent_id),
        cell_value(ungrouped, team_id, portfolio_id, agent_id, topic_id, channel, null, null, null, null, null, null),
        day, closed_day, complaints, linked
    from (
        select day, closed_day, team_id, portfolio_id, agent_id, topic_id, channel,
            grouping(team_id, portfolio_id, agent_id, topic_id, channel) << 6 | 63 as ungrouped,
            count(*) as complaints, count(*) filter (where is_linked) as linked
        from (
            select (received.at at time zone $3)::date as day,
                coalesce((closing.at at time zone $3)::date, 'infinity') as closed_day,
                c.team_id, c.portfolio_id, c.agent_id, c.topic_id, channel_number(c.channel) as channel,
                exists (select from interaction i where i.complaint_id = c.complaint_id) as is_linked
            from complaint_change received
            join complaint c using (complaint_id)
            left join lateral (
                select max(at) as at from complaint_change
                where complaint_id = c.complaint_id and state = 'resolved' and c.state in ('resolved', 'confirmed')
            ) closing on true
            where received.at >= $1 and received.at < $2 and received.state = 'received'
        ) received
        group by day, closed_day, grouping sets (
            (), (team_id), (portfolio_id), (agent_id), (topic_id), (channel),
            (team_id, portfolio_id), (team_id, agent_id), (team_id, topic_id), (team_id, channel),
            (portfolio_id, agent_id), (portfolio_id, topic_id), (portfolio_id, channel), (agent_id, topic_id))
    ) grouped
    """

/// Closings of the days, each with the minutes since its complaint was received and whether it was reopened.
let closingCells: StaticString = """
    insert into fresh_closing_cell
    with closing as materialized (
        select (resolved.at at time zone $3)::date as day, c.team_id, c.portfolio_id, c.agent_id, c.topic_id,
            channel_number(c.channel) as channel,
            (extract(epoch from resolved.at - received.at) / 60)::bigint as minutes,
            exists (
                select from complaint_change later
                where later.complaint_id = c.complaint_id and later.sequence > resolved.sequence and later.state = 'reopened'
            ) as is_reopened
        from complaint_change resolved
        join complaint c using (complaint_id)
        join complaint_change received on received.complaint_id = c.complaint_id and received.sequence = 1
        where resolved.at >= $1 and resolved.at < $2 and resolved.state = 'resolved'
    ), bucketed as (
        select day, duration_bucket(minutes) as bucket, team_id, portfolio_id, agent_id, topic_id, channel,
            grouping(team_id, portfolio_id, agent_id, topic_id, channel) << 6 | 63 as ungrouped,
            count(*) as closings, count(*) filter (where is_reopened) as reopened, sum(minutes) as minutes,
            sum(minutes * minutes) as squares
        from closing
        group by day, duration_bucket(minutes), grouping sets (
            (), (team_id), (portfolio_id), (agent_id), (topic_id), (channel),
            (team_id, portfolio_id), (team_id, agent_id), (team_id, topic_id), (team_id, channel),
            (portfolio_id, agent_id), (portfolio_id, topic_id), (portfolio_id, channel), (agent_id, topic_id))
    )
    select cell_cut(ungrouped), cell_within(ungrouped, team_id, portfolio_id, agent_id),
        cell_value(ungrouped, team_id, portfolio_id, agent_id, topic_id, channel, null, null, null, null, null, null),
        day, sum(closings), sum(reopened), sum(minutes), sum(squares),
        array_agg(bucket order by bucket), array_agg(closings::int order by bucket)
    from bucketed
    group by 1, 2, 3, day
    """
