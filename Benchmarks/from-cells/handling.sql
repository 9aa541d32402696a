select date_trunc('week', day)::date as week, sum(handled) as handled, sum(talk_seconds) as talk, sum(hold_seconds) as hold,
    sum(wrap_seconds) as wrap, sum(squares) as squares, sum(short) as short
from handling_cell
where cut = 'all' and unit = 'leg' and day between :'from' and :'to'
group by grouping sets ((), (1))
order by 1 nulls first;
