-- Satisfaction: how often each score was given, in all and by week.
select date_trunc('week', answered_at at time zone 'UTC')::date as week,
    count(*) as n,
    count(*) filter (where csat = 1) as score_1, count(*) filter (where csat = 2) as score_2,
    count(*) filter (where csat = 3) as score_3, count(*) filter (where csat = 4) as score_4,
    count(*) filter (where csat = 5) as score_5
from response
where answered_at >= :'from'::timestamptz and answered_at < :'to'::timestamptz + interval '1 day' and csat is not null
group by grouping sets ((), (1))
order by 1 nulls first;
