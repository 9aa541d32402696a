/// Notes that pages which list some answers ($1) are written again: those of the answers' days, and of their agents since then, whose
/// pages list the newest answers, however old.
let noteShownAnswers: StaticString = """
    with answer as (
        select i.team_id, i.portfolio_id, i.agent_id, (r.answered_at at time zone time_zone)::date as day,
            ($2::timestamptz at time zone time_zone)::date as today
        from unnest($1::bigint[]) listed (invitation_id)
        join invitation i using (invitation_id)
        -- Lateral, as in storeSubmissions: no plan may read the whole table.
        cross join lateral (
            select answered_at from response r where r.invitation_id = listed.invitation_id offset 0
        ) r
        cross join organisation
    ), counted as (
        update cell_refresh set number = number + 1, at = $2 where exists (select from answer) returning number
    )
    insert into figure_change (number, cut, value, day)
    select number, cut, value, day
    from counted, (
        select 'all'::cut, 0, day from answer
        union
        select 'team', coalesce(team_id, 0), day from answer
        union
        select 'portfolio', coalesce(portfolio_id, 0), day from answer
        union
        select 'agent', coalesce(agent_id, 0), unnest(array[day, today]) from answer
    ) page (cut, value, day)
    """
