-- Handle time per handled interaction, in all and by week, with its parts, its spread, and how many are of 10 seconds or less.
select date_trunc('week', started_at at time zone 'UTC')::date as week,
    count(*) as handled, sum(talk_seconds) as talk, sum(hold_seconds) as hold, sum(wrap_seconds) as wrap,
    sum((talk_seconds + hold_seconds + wrap_seconds)::bigint * (talk_seconds + hold_seconds + wrap_seconds)) as squares,
    count(*) filter (where talk_seconds + hold_seconds + wrap_seconds <= 10) as short,
    percentile_cont(0.5) within group (order by talk_seconds + hold_seconds + wrap_seconds) as median,
    percentile_cont(0.9) within group (order by talk_seconds + hold_seconds + wrap_seconds) as p90
from interaction
where started_at >= :'from'::timestamptz and started_at < :'to'::timestamptz + interval '1 day' and handled
group by grouping sets ((), (1))
order by 1 nulls first;
