// Each statement takes days ($1: date[]), reads those days' facts once and rolls them up for every dimension.
// "offset 0" keeps the planner from turning the look-up of each day around into a scan of everything.

let answerCells: StaticString = """
    insert into answer_cell
    select day,
        cell_dimension(grouping(team_id, agent_id, portfolio_id, topic_id, channel)),
        cell_value(grouping(team_id, agent_id, portfolio_id, topic_id, channel),
            team_id, agent_id, portfolio_id, topic_id, channel),
        instrument,
        count(*) filter (where score = 0), count(*) filter (where score = 1), count(*) filter (where score = 2),
        count(*) filter (where score = 3), count(*) filter (where score = 4), count(*) filter (where score = 5),
        count(*) filter (where score = 6), count(*) filter (where score = 7), count(*) filter (where score = 8),
        count(*) filter (where score = 9), count(*) filter (where score = 10)
    from unnest($1::date[]) days (day)
    cross join lateral (
        select * from response
        where answered_at >= day::timestamp at time zone (select time_zone from organisation)
            and answered_at < (day + 1)::timestamp at time zone (select time_zone from organisation)
        offset 0
    ) r
    join invitation i using (invitation_id)
    join survey_version v using (survey_version_id)
    cross join lateral (
        values
            ('nps', r.nps), ('csat', r.csat), ('resolved', r.resolved::int::smallint),
            ('ces' || v.ces_points || case when v.ces_lower_is_better then '-lower' else '-higher' end, r.ces)
    ) given (instrument, score)
    where score is not null
    group by grouping sets
        ((day, instrument), (day, instrument, team_id), (day, instrument, agent_id), (day, instrument, portfolio_id),
         (day, instrument, topic_id), (day, instrument, channel))
    """

let askingCells: StaticString = """
    insert into asking_cell
    select day,
        cell_dimension(grouping(team_id, agent_id, portfolio_id, topic_id, channel)),
        cell_value(grouping(team_id, agent_id, portfolio_id, topic_id, channel),
            team_id, agent_id, portfolio_id, topic_id, channel),
        count(*)
    from unnest($1::date[]) days (day)
    cross join lateral (
        select * from invitation
        where issued_at >= day::timestamp at time zone (select time_zone from organisation)
            and issued_at < (day + 1)::timestamp at time zone (select time_zone from organisation)
        offset 0
    ) i
    group by grouping sets ((day), (day, team_id), (day, agent_id), (day, portfolio_id), (day, topic_id), (day, channel))
    """

let answeredCells: StaticString = """
    insert into answered_cell
    with answered as (
        select day, (i.issued_at at time zone (select time_zone from organisation))::date as issued_day, i.team_id, i.agent_id,
            i.portfolio_id, i.topic_id, i.channel
        from unnest($1::date[]) days (day)
        cross join lateral (
            select invitation_id from response
            where answered_at >= day::timestamp at time zone (select time_zone from organisation)
                and answered_at < (day + 1)::timestamp at time zone (select time_zone from organisation)
            offset 0
        ) r
        join invitation i using (invitation_id)
    )
    select day, issued_day,
        cell_dimension(grouping(team_id, agent_id, portfolio_id, topic_id, channel)),
        cell_value(grouping(team_id, agent_id, portfolio_id, topic_id, channel),
            team_id, agent_id, portfolio_id, topic_id, channel),
        count(*)
    from answered
    group by grouping sets
        ((day, issued_day), (day, issued_day, team_id), (day, issued_day, agent_id), (day, issued_day, portfolio_id),
         (day, issued_day, topic_id), (day, issued_day, channel))
    """

let handlingCells: StaticString = """
    insert into handling_cell
    select day,
        cell_dimension(grouping(team_id, agent_id, portfolio_id, topic_id, channel)),
        cell_value(grouping(team_id, agent_id, portfolio_id, topic_id, channel),
            team_id, agent_id, portfolio_id, topic_id, channel),
        count(*), sum(talk_seconds), sum(hold_seconds), sum(wrap_seconds),
        sum((talk_seconds::bigint + hold_seconds + wrap_seconds) * (talk_seconds::bigint + hold_seconds + wrap_seconds))
    from unnest($1::date[]) days (day)
    cross join lateral (
        select * from interaction
        where started_at >= day::timestamp at time zone (select time_zone from organisation)
            and started_at < (day + 1)::timestamp at time zone (select time_zone from organisation)
            and handled
        offset 0
    ) i
    group by grouping sets ((day), (day, team_id), (day, agent_id), (day, portfolio_id), (day, topic_id), (day, channel))
    """

/// Observed first contact resolution with a window of seven days (168 hours) after a contact's end; also takes the time ($2).
///
/// A contact is handled; the legs of a transfer are one: it starts with its first leg, ends with its last, and belongs to the last
/// leg's agent and team. Another inbound contact of the same customer about the same topic, even one that was abandoned, is a
/// repeat up to and including the window's end.
let contactCells: StaticString = """
    insert into contact_cell
    with opening as (
        select day, i.*
        from unnest($1::date[]) days (day)
        cross join lateral (
            select * from interaction
            where started_at >= day::timestamp at time zone (select time_zone from organisation)
                and started_at < (day + 1)::timestamp at time zone (select time_zone from organisation)
                and handled and not planned and direction = 'inbound'
            offset 0
        ) i
        where not exists (
            select from interaction earlier
            where earlier.contact = i.contact
                and earlier.handled and not earlier.planned and earlier.direction = 'inbound'
                and (earlier.started_at, earlier.interaction_id) < (i.started_at, i.interaction_id)
        )
    ), contacts as (
        select o.day, o.interaction_id, o.contact, o.customer_id, o.topic_id, o.portfolio_id, o.channel, o.started_at,
            coalesce(last_leg.ended_at, o.ended_at) as ended_at,
            case when last_leg.interaction_id is null then o.agent_id else last_leg.agent_id end as agent_id,
            case when last_leg.interaction_id is null then o.team_id else last_leg.team_id end as team_id
        from opening o
        left join lateral (
            select interaction_id, ended_at, agent_id, team_id from interaction leg
            where leg.contact = o.contact and leg.handled and leg.direction = 'inbound'
            order by leg.started_at desc, leg.interaction_id desc
            limit 1
        ) last_leg on true
    ), judged as (
        select c.*,
            c.ended_at + interval '168 hours' as closes_at,
            not exists (
                select from interaction earlier
                where earlier.customer_id = c.customer_id and earlier.topic_id is not distinct from c.topic_id
                    and earlier.handled and not earlier.planned and earlier.direction = 'inbound'
                    and earlier.started_at >= c.started_at - interval '192 hours'
                    and (earlier.started_at, earlier.interaction_id) < (c.started_at, c.interaction_id)
                    and earlier.ended_at + interval '168 hours' >= c.started_at
                    and (earlier.contact = c.contact) is not true
            ) and not exists (
                select from interaction earlier
                where earlier.customer_id = c.customer_id and earlier.topic_id is not distinct from c.topic_id
                    and earlier.handled and not earlier.planned and earlier.direction = 'inbound'
                    and earlier.ended_at - earlier.started_at > interval '24 hours'
                    and (earlier.started_at, earlier.interaction_id) < (c.started_at, c.interaction_id)
                    and earlier.ended_at + interval '168 hours' >= c.started_at
                    and (earlier.contact = c.contact) is not true
            ) as starts_issue,
            not exists (
                select from interaction later
                where later.customer_id = c.customer_id and later.topic_id is not distinct from c.topic_id
                    and not later.planned and later.direction = 'inbound'
                    and later.started_at <= c.ended_at + interval '168 hours'
                    and (later.started_at, later.interaction_id) > (c.started_at, c.interaction_id)
                    and (later.contact = c.contact) is not true
            ) as is_resolved
        from contacts c
    )
    select day,
        cell_dimension(grouping(team_id, agent_id, portfolio_id, topic_id, channel)),
        cell_value(grouping(team_id, agent_id, portfolio_id, topic_id, channel),
            team_id, agent_id, portfolio_id, topic_id, channel),
        count(*), count(customer_id),
        count(*) filter (where customer_id is not null and closes_at < $2),
        count(*) filter (where customer_id is not null and closes_at < $2 and is_resolved),
        count(*) filter (where customer_id is not null and closes_at < $2 and starts_issue),
        count(*) filter (where customer_id is not null and closes_at < $2 and starts_issue and is_resolved),
        count(*) filter (where customer_id is not null and closes_at >= $2 and starts_issue),
        min(closes_at) filter (where customer_id is not null and closes_at >= $2)
    from judged
    group by grouping sets ((day), (day, team_id), (day, agent_id), (day, portfolio_id), (day, topic_id), (day, channel))
    """
