select date_trunc('week', day)::date as week, effort as instrument,
    sum(ces[1] + ces[2] + ces[3] + ces[4] + ces[5] + ces[6] + ces[7]) as n,
    sum(ces[1]) as score_1,
    sum(ces[2]) as score_2,
    sum(ces[3]) as score_3,
    sum(ces[4]) as score_4,
    sum(ces[5]) as score_5,
    sum(ces[6]) as score_6,
    sum(ces[7]) as score_7
from answer_cell
where cut = 'all' and effort <> '' and day between :'from' and :'to'
group by 2, grouping sets ((), (1))
order by 1 nulls first, 2;
