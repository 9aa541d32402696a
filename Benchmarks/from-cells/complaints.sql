with counted as (
    select day, complaints as received, 0 as closings, 0 as reopened, 0::bigint as minutes from complaint_cell where cut = 'all'
    union all
    select day, 0, closings, reopened, minutes from closing_cell where cut = 'all'
)
select date_trunc('week', day)::date as week, sum(received) as received, sum(closings) as closings, sum(reopened) as reopened,
    sum(minutes) as minutes
from counted
where day between :'from' and :'to'
group by grouping sets ((), (1))
order by 1 nulls first;
