-- First contact resolution as the contacts show it, with a window of seven days, in all and by week of the first contact.
with contact as (
    select customer_id, topic_id, interaction_id, started_at, ended_at, handled
    from interaction
    where contact is null and customer_id is not null and direction = 'inbound' and not planned
        and started_at >= :'from'::timestamptz - interval '31 days'
        and started_at < :'to'::timestamptz + interval '31 days'
    union all
    -- The legs of a transfer are one contact.
    select min(customer_id), min(topic_id), min(interaction_id), min(started_at), max(ended_at), true
    from interaction
    where contact is not null and customer_id is not null and direction = 'inbound' and not planned and handled
        and started_at >= :'from'::timestamptz - interval '31 days'
        and started_at < :'to'::timestamptz + interval '31 days'
    group by contact
), neighbours as (
    select *,
        max(ended_at) filter (where handled) over (partition by customer_id, topic_id order by started_at, interaction_id
            rows between unbounded preceding and 1 preceding) as previous_end,
        lead(started_at) over (partition by customer_id, topic_id order by started_at, interaction_id) as next_start
    from contact
), judged as (
    select started_at, ended_at + interval '7 days' < :'closed_before'::timestamptz as is_closed,
        coalesce(next_start > ended_at + interval '7 days', true) as is_resolved
    from neighbours
    where handled and coalesce(previous_end + interval '7 days' < started_at, true)
)
select date_trunc('week', started_at at time zone 'UTC')::date as week,
    count(*) filter (where is_closed) as first_contacts, count(*) filter (where is_closed and is_resolved) as first_resolved,
    count(*) filter (where not is_closed) as pending
from judged
where started_at >= :'from'::timestamptz and started_at < :'to'::timestamptz + interval '1 day'
group by grouping sets ((), (1))
order by 1 nulls first;
