select date_trunc('week', day)::date as week,
    sum(csat[1] + csat[2] + csat[3] + csat[4] + csat[5]) as n,
    sum(csat[1]) as score_1,
    sum(csat[2]) as score_2,
    sum(csat[3]) as score_3,
    sum(csat[4]) as score_4,
    sum(csat[5]) as score_5
from answer_cell
where cut = 'all' and day between :'from' and :'to'
group by grouping sets ((), (1))
order by 1 nulls first;
