-- First contact resolution as customers state it, in all and by week.
select date_trunc('week', answered_at at time zone 'UTC')::date as week,
    count(*) as n, count(*) filter (where resolved) as yes
from response
where answered_at >= :'from'::timestamptz and answered_at < :'to'::timestamptz + interval '1 day' and resolved is not null
group by grouping sets ((), (1))
order by 1 nulls first;
