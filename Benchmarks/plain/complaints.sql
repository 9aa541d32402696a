-- Complaints received and closed, those reopened since, and the minutes to a closing, in all and by week.
with event as (
    select at, true as is_received, false as is_reopened, null::numeric as minutes
    from complaint_change
    where state = 'received' and at >= :'from'::timestamptz and at < :'to'::timestamptz + interval '1 day'
    union all
    select closing.at, false,
        exists (
            select from complaint_change later
            where later.complaint_id = closing.complaint_id and later.sequence > closing.sequence and later.state = 'reopened'
        ),
        extract(epoch from closing.at - first.at) / 60
    from complaint_change closing
    join complaint_change first on first.complaint_id = closing.complaint_id and first.sequence = 1
    where closing.state = 'resolved' and closing.at >= :'from'::timestamptz and closing.at < :'to'::timestamptz + interval '1 day'
)
select date_trunc('week', at at time zone 'UTC')::date as week,
    count(*) filter (where is_received) as received, count(*) filter (where not is_received) as closings,
    count(*) filter (where is_reopened) as reopened, coalesce(sum(round(minutes)), 0) as minutes,
    percentile_cont(0.5) within group (order by minutes::float8) as median,
    percentile_cont(0.9) within group (order by minutes::float8) as p90
from event
group by grouping sets ((), (1))
order by 1 nulls first;
