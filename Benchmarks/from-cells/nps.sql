select date_trunc('week', day)::date as week,
    sum(nps[1] + nps[2] + nps[3] + nps[4] + nps[5] + nps[6] + nps[7] + nps[8] + nps[9] + nps[10] + nps[11]) as n,
    sum(nps[1]) as score_0,
    sum(nps[2]) as score_1,
    sum(nps[3]) as score_2,
    sum(nps[4]) as score_3,
    sum(nps[5]) as score_4,
    sum(nps[6]) as score_5,
    sum(nps[7]) as score_6,
    sum(nps[8]) as score_7,
    sum(nps[9]) as score_8,
    sum(nps[10]) as score_9,
    sum(nps[11]) as score_10
from answer_cell
where cut = 'all' and day between :'from' and :'to'
group by grouping sets ((), (1))
order by 1 nulls first;
