select date_trunc('week', day)::date as week, sum(first_contacts) as first_contacts, sum(first_resolved) as first_resolved,
    sum(pending) as pending
from contact_cell
where cut = 'all' and day between :'from' and :'to'
group by grouping sets ((), (1))
order by 1 nulls first;
