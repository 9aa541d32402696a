-- From resolutions to answers, with those passed over by rule, in all and by week of the resolution.
select date_trunc('week', resolved_at at time zone 'UTC')::date as week, d.rule,
    count(*) as resolutions, count(*) filter (where d.resolution_id is null) as waiting,
    count(*) filter (where d.outcome = 'skip') as skipped, count(*) filter (where d.outcome = 'invite') as invited,
    count(r.invitation_id) as answered
from resolution
left join decision d using (resolution_id)
left join invitation i using (resolution_id)
left join response r using (invitation_id)
where resolved_at >= :'from'::timestamptz and resolved_at < :'to'::timestamptz + interval '1 day'
group by 2, grouping sets ((), (1))
order by 1 nulls first, 2;
