select date_trunc('week', day)::date as week, sum(resolved[1] + resolved[2]) as n, sum(resolved[2]) as yes
from answer_cell
where cut = 'all' and day between :'from' and :'to'
group by grouping sets ((), (1))
order by 1 nulls first;
