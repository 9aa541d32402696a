select date_trunc('week', day)::date as week, sum(score_0 + score_1 + score_2 + score_3 + score_4 + score_5 + score_6 + score_7 + score_8 + score_9 + score_10) as n, coalesce(sum(score_0), 0) as score_0, coalesce(sum(score_1), 0) as score_1, coalesce(sum(score_2), 0) as score_2, coalesce(sum(score_3), 0) as score_3, coalesce(sum(score_4), 0) as score_4, coalesce(sum(score_5), 0) as score_5, coalesce(sum(score_6), 0) as score_6, coalesce(sum(score_7), 0) as score_7, coalesce(sum(score_8), 0) as score_8, coalesce(sum(score_9), 0) as score_9, coalesce(sum(score_10), 0) as score_10
from answer_cell
where cut = 'all' and instrument = 'nps' and day between :'from' and :'to'
group by grouping sets ((), (1))
order by 1 nulls first;
