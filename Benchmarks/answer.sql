\set invitation random(1, :invitations)
with asked as (
    select i.invitation_id, i.issued_at, v.ces_points
    from invitation i join survey_version v using (survey_version_id)
    where i.invitation_id = :invitation and i.survey_version_id = 1 and i.expires_at > now()
), stored as (
    insert into response
        (invitation_id, answered_at, language, nps, csat, ces, ces_points, resolved, choices, comment)
    select invitation_id, now(), 'en', 9, 5, 2, ces_points, true, null, 'Friendly and quick.'
    from asked
    on conflict (invitation_id) do nothing
    returning invitation_id
)
insert into stale_day (fact, day)
select unnest(array['totals', 'answers']::fact[]), (now() at time zone time_zone)::date
from organisation where exists (select from stored);
