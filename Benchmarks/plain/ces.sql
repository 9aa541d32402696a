-- Effort: how often each score was given, in all and by week, each scale for itself.
select date_trunc('week', answered_at at time zone 'UTC')::date as week,
    'ces' || v.ces_points || case when ces_lower_is_better then '-lower' else '-higher' end as instrument,
    count(*) as n,
    count(*) filter (where ces = 1) as score_1, count(*) filter (where ces = 2) as score_2,
    count(*) filter (where ces = 3) as score_3, count(*) filter (where ces = 4) as score_4,
    count(*) filter (where ces = 5) as score_5, count(*) filter (where ces = 6) as score_6,
    count(*) filter (where ces = 7) as score_7
from response
join invitation using (invitation_id)
join survey_version v using (survey_version_id)
where answered_at >= :'from'::timestamptz and answered_at < :'to'::timestamptz + interval '1 day' and ces is not null
group by 2, grouping sets ((), (1))
order by 1 nulls first, 2;
