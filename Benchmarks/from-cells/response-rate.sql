-- Skips by rule are in a table of their own, and answers too.
with asked as (
    select day, null as rule, waiting as resolutions, waiting, 0 as skipped, 0 as invited, 0 as answered
    from asking_cell where cut = 'all' and waiting > 0
    union all
    select day, 'invite', invited, 0, 0, invited, 0 from asking_cell where cut = 'all' and invited > 0
    union all
    select day, rule, skipped, 0, skipped, 0, 0 from skip_cell where cut = 'all'
    union all
    select resolved_day, 'invite', 0, 0, 0, 0, answered from answered_cell where cut = 'all'
)
select date_trunc('week', day)::date as week, rule, sum(resolutions) as resolutions, sum(waiting) as waiting,
    sum(skipped) as skipped, sum(invited) as invited, sum(answered) as answered
from asked
where day between :'from' and :'to'
group by 2, grouping sets ((), (1))
order by 1 nulls first, 2;
