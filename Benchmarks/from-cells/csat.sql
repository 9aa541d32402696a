select date_trunc('week', day)::date as week, sum(score_1 + score_2 + score_3 + score_4 + score_5) as n, coalesce(sum(score_1), 0) as score_1, coalesce(sum(score_2), 0) as score_2, coalesce(sum(score_3), 0) as score_3, coalesce(sum(score_4), 0) as score_4, coalesce(sum(score_5), 0) as score_5
from answer_cell
where cut = 'all' and instrument = 'csat' and day between :'from' and :'to'
group by grouping sets ((), (1))
order by 1 nulls first;
