-- How likely customers are to recommend: how often each score was given, in all and by week.
select date_trunc('week', answered_at at time zone 'UTC')::date as week,
    count(*) as n,
    count(*) filter (where nps = 0) as score_0, count(*) filter (where nps = 1) as score_1,
    count(*) filter (where nps = 2) as score_2, count(*) filter (where nps = 3) as score_3,
    count(*) filter (where nps = 4) as score_4, count(*) filter (where nps = 5) as score_5,
    count(*) filter (where nps = 6) as score_6, count(*) filter (where nps = 7) as score_7,
    count(*) filter (where nps = 8) as score_8, count(*) filter (where nps = 9) as score_9,
    count(*) filter (where nps = 10) as score_10
from response
where answered_at >= :'from'::timestamptz and answered_at < :'to'::timestamptz + interval '1 day' and nps is not null
group by grouping sets ((), (1))
order by 1 nulls first;
