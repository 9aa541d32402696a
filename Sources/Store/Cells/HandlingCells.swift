/// The handled interactions of the days, and the contacts that began on them: a contact is all handled legs of a transfer, begins
/// with its first leg, and belongs to its last leg's agent and team.
let stageHandling: StaticString = """
    insert into staged_handling
    with leg as materialized (
        select * from interaction where started_at >= $1 and started_at < $2 and handled
    ), transferred as (
        select distinct contact from leg where contact is not null
    ), whole as (
        select (array_agg(i order by i.started_at, i.interaction_id))[1] as first,
            (array_agg(i order by i.started_at desc, i.interaction_id desc))[1] as last,
            sum(i.talk_seconds) as talk, sum(i.hold_seconds) as hold, sum(i.wrap_seconds) as wrap
        from transferred join interaction i using (contact)
        where i.handled
        group by contact
    )
    select 'leg'::handling_unit, (started_at at time zone $3)::date, team_id, portfolio_id, agent_id, topic_id,
        channel_number(channel), segment_id, outcome_number(outcome), talk_seconds, hold_seconds, wrap_seconds, complaint_ref is not null and complaint_id is null
    from leg
    union all
    select 'contact', (started_at at time zone $3)::date, team_id, portfolio_id, agent_id, topic_id, channel_number(channel),
        segment_id, outcome_number(outcome), talk_seconds, hold_seconds, wrap_seconds, false
    from leg
    where contact is null
    union all
    select 'contact', ((first).started_at at time zone $3)::date, (last).team_id, (first).portfolio_id, (last).agent_id,
        (first).topic_id, channel_number((first).channel), (first).segment_id, outcome_number((last).outcome), talk, hold, wrap, false
    from whole
    where (first).started_at >= $1 and (first).started_at < $2
    """

let legCells: StaticString = """
    insert into fresh_handling_cell
    select cell_cut(ungrouped), cell_within(ungrouped, team_id, portfolio_id, agent_id),
        cell_value(ungrouped, team_id, portfolio_id, agent_id, topic_id, channel, segment_id, outcome, null, null, null, null),
        day, 'leg', handled, talk, hold, wrap, squares, talk_squares, hold_squares, wrap_squares, short, unlinked
    from (
        select day, team_id, portfolio_id, agent_id, topic_id, channel, segment_id, outcome,
            grouping(team_id, portfolio_id, agent_id, topic_id, channel, segment_id, outcome) << 4 | 15 as ungrouped,
            count(*) as handled, sum(talk) as talk, sum(hold) as hold, sum(wrap) as wrap,
            sum((talk + hold + wrap) * (talk + hold + wrap)) as squares, sum(talk * talk) as talk_squares,
            sum(hold * hold) as hold_squares, sum(wrap * wrap) as wrap_squares,
            count(*) filter (where talk + hold + wrap <= 10) as short, count(*) filter (where unlinked) as unlinked
        from staged_handling
        where unit = 'leg'
        group by day, grouping sets (
            (), (team_id), (portfolio_id), (agent_id), (topic_id), (channel), (segment_id), (outcome),
            (team_id, portfolio_id), (team_id, agent_id), (team_id, topic_id), (team_id, channel), (team_id, segment_id),
            (team_id, outcome),
            (portfolio_id, agent_id), (portfolio_id, topic_id), (portfolio_id, channel), (portfolio_id, segment_id),
            (portfolio_id, outcome),
            (agent_id, topic_id))
    ) grouped
    """

let wholeContactCells: StaticString = """
    insert into fresh_handling_cell
    select cell_cut(ungrouped), 0,
        cell_value(ungrouped, team_id, portfolio_id, agent_id, topic_id, channel, segment_id, outcome, null, null, null, null),
        day, 'contact', handled, talk, hold, wrap, squares, talk_squares, hold_squares, wrap_squares, short, 0
    from (
        select day, team_id, portfolio_id, agent_id, topic_id, channel, segment_id, outcome,
            grouping(team_id, portfolio_id, agent_id, topic_id, channel, segment_id, outcome) << 4 | 15 as ungrouped,
            count(*) as handled, sum(talk) as talk, sum(hold) as hold, sum(wrap) as wrap,
            sum((talk + hold + wrap) * (talk + hold + wrap)) as squares, sum(talk * talk) as talk_squares,
            sum(hold * hold) as hold_squares, sum(wrap * wrap) as wrap_squares,
            count(*) filter (where talk + hold + wrap <= 10) as short
        from staged_handling
        where unit = 'contact'
        group by day, grouping sets (
            (), (team_id), (portfolio_id), (agent_id), (topic_id), (channel), (segment_id), (outcome))
    ) grouped
    """

let durationCells: StaticString = """
    insert into fresh_duration_cell
    select cell_cut(ungrouped), cell_within(ungrouped, team_id, portfolio_id, agent_id),
        cell_value(ungrouped, team_id, portfolio_id, agent_id, topic_id, channel, segment_id, outcome, null, null, null, null),
        day, unit, array_agg(bucket order by bucket), array_agg(handled order by bucket)
    from (
        select day, unit, bucket, team_id, portfolio_id, agent_id, topic_id, channel, segment_id, outcome,
            grouping(team_id, portfolio_id, agent_id, topic_id, channel, segment_id, outcome) << 4 | 15 as ungrouped,
            count(*)::int as handled
        from (select *, duration_bucket(talk + hold + wrap) as bucket from staged_handling offset 0) timed
        group by day, unit, bucket, grouping sets (
            (), (team_id), (portfolio_id), (agent_id), (topic_id), (channel), (segment_id), (outcome),
            (team_id, agent_id), (portfolio_id, agent_id))
    ) grouped
    group by 1, 2, 3, 4, 5
    """
