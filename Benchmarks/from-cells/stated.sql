select date_trunc('week', day)::date as week, sum(score_0 + score_1) as n, sum(score_1) as yes
from answer_cell
where cut = 'all' and instrument = 'resolved' and day between :'from' and :'to'
group by grouping sets ((), (1))
order by 1 nulls first;
