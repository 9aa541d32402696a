select date_trunc('week', day)::date as week, instrument,
    sum(score_1 + score_2 + score_3 + score_4 + score_5 + score_6 + score_7) as n, sum(score_1) as score_1, sum(score_2) as score_2,
    sum(score_3) as score_3, sum(score_4) as score_4, sum(score_5) as score_5, sum(score_6) as score_6, sum(score_7) as score_7
from answer_cell
where cut = 'all' and instrument like 'ces%' and day between :'from' and :'to'
group by 2, grouping sets ((), (1))
order by 1 nulls first, 2;
