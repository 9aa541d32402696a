-- A year of a made-up centre, written straight into a migrated database: the same variables always make the same rows.
--
--   psql -X -v ON_ERROR_STOP=1 -v interactions=10000000 -v agents=1000 -v end=2026-11-23 -f Benchmarks/history.sql
--
-- The 365 days before "end" (a day, 00:00 UTC); the last day's resolutions are not decided about yet. A survey must be
-- published. Chance is a hash of the row's number, and rows that belong together take theirs from the same number: the second
-- leg of a transfer from the first, a repeat contact from the contact it repeats.
\set ON_ERROR_STOP on
\if :{?interactions} \else \set interactions 1000000 \endif
\if :{?agents} \else \set agents 1000 \endif
set timezone = 'UTC';
set work_mem = '256MB';
set maintenance_work_mem = '1GB';
set synchronous_commit = off;

begin;

-- Filling indexes and checking foreign keys row by row would take most of the time: they are set aside, and made and checked
-- again when the rows are there.
create temp table filled (name regclass) on commit drop;
insert into filled values
    ('customer'), ('complaint'), ('complaint_change'), ('interaction'), ('resolution'), ('decision'), ('invitation'), ('response');
create temp table set_aside on commit drop as
select row_number() over (order by contype <> 'p', contype <> 'u', conname) as place, conrelid::regclass as owner,
    format('constraint %I', conname) as name, contype = 'f' as is_foreign_key,
    format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as definition
from pg_constraint
where contype in ('p', 'u', 'f') and (conrelid in (select name from filled) or confrelid in (select name from filled))
    and (contype = 'f' or conrelid in (select name from filled))
union all
select 1000 + row_number() over (order by indexrelid), indrelid::regclass, indexrelid::regclass::text, false, pg_get_indexdef(indexrelid)
from pg_index
where indrelid in (select name from filled) and not exists (select from pg_constraint where conindid = indexrelid);

select case when name like 'constraint %' then format('alter table %s drop %s', owner, name) else 'drop index ' || name end
from set_aside order by not is_foreign_key, place
\gexec

-- Chance: a number below "choices" for a row and a purpose.
create function pg_temp.pick(number bigint, purpose int, choices int) returns int language sql immutable return
    ((hashint8extended(number, purpose) & 4611686018427387903) % choices)::int;

-- A draw from 32 quantiles of a skewed distribution, straight between them.
create function pg_temp.draw(number bigint, purpose int, quantiles int[]) returns int language sql immutable return
    quantiles[1 + pg_temp.pick(number, purpose, 32)]
    + (quantiles[2 + pg_temp.pick(number, purpose, 32)] - quantiles[1 + pg_temp.pick(number, purpose, 32)])
        * pg_temp.pick(number, purpose + 1000, 1024) / 1024;

insert into team (ref) select format('Team %s', i) from generate_series(1, 20) i;
insert into agent (ref, name, team_id)
select format('A%s', i), format('Agent %s', i), team_id
from generate_series(1, :agents) i join team on ref = format('Team %s', 1 + (i - 1) % 20)
order by i;
insert into portfolio (ref) select format('Portfolio %s', i) from generate_series(1, 5) i;
insert into topic (name) select format('Topic %s', i) from generate_series(1, 12) i;
insert into label (name) values ('Business'), ('Premium'), ('Retail'), ('Student') on conflict (name) do nothing;

select min(team_id) - 1 as team, :'end'::date - 365 as first_day, :'end'::timestamptz as present,
    (select min(agent_id) - 1 from agent where ref ~ '^A[0-9]+$') as agent,
    (select min(portfolio_id) - 1 from portfolio where ref like 'Portfolio %') as portfolio,
    (select min(topic_id) - 1 from topic where name like 'Topic %') as topic,
    (select array_agg(label_id order by name) from label where name in ('Business', 'Premium', 'Retail', 'Student')) as segments,
    (select max(survey_version_id) from survey_version) as survey_version,
    (select max(policy_version_id) from policy_version) as policy_version
from team where ref like 'Team %'
\gset

-- The place of a customer's segment in the alphabet; 5, which is none of them, for one customer in twenty.
create function pg_temp.segment(customer bigint) returns int language sql immutable return
    (array[1, 2, 3, 3, 3, 4, 1, 3, 3, 2, 3, 3, 4, 3, 1, 3, 2, 3, 4, 5])[1 + pg_temp.pick(customer, 1, 20)];
create function pg_temp.language(customer bigint) returns text language sql immutable return
    (array['en', 'en', 'en', 'es', 'en', 'en', 'en', 'es', 'ar', null])[1 + pg_temp.pick(customer, 2, 10)];

insert into customer (customer_id, ref, language, segment) overriding system value
select i, 'P' || i, pg_temp.language(i), (array['Business', 'Premium', 'Retail', 'Student'])[pg_temp.segment(i)]
from (select generate_series(1, :interactions::bigint / 5) as i) each;

-- Of each 20 interactions the second and the third are the legs of a transfer; each eighth repeats an earlier one, of up to 30
-- days before; of each 50 one is where a complaint begins, which four in five of them name.
insert into interaction
    (interaction_id, ref, contact, customer_id, portfolio_id, agent_id, team_id, topic_id, complaint_id, complaint_ref, channel,
     direction, queue, outcome, handled, planned, started_at, ended_at, talk_seconds, hold_seconds, wrap_seconds, segment_id)
overriding system value
select i, 'I' || i, case when is_leg then 'C' || own end, customer, :portfolio + 1 + portfolio,
    case when not is_abandoned then :agent + 1 + agent end, case when not is_abandoned then :team + 1 + agent % 20 end,
    case when topic < 12 then :topic + 1 + topic end, case when is_complaint then i / 50 + 1 end,
    case when is_complaint then 'K' || i / 50 + 1 when i % 1000 = 35 then 'X' || i end,
    (array['phone', 'phone', 'phone', 'phone', 'phone', 'phone', 'phone', 'phone', 'phone', 'phone', 'phone', 'phone', 'email',
        'email', 'email', 'chat', 'chat', 'sms', 'letter', 'web']::contact_channel[])[1 + channel],
    case when kind between 56 and 111 then 'outbound' else 'inbound' end::contact_direction,
    case when channel < 12 then 'Q' || topic end,
    case when is_abandoned then 'abandoned' when i % 20 = 1 then 'transferred'
        else (array['resolved', 'resolved', 'resolved', 'resolved', 'resolved', 'resolved', 'resolved', 'unresolved', 'callback',
            null])[1 + pg_temp.pick(i, 10, 10)]
    end::contact_outcome,
    not is_abandoned, kind between 112 and 156, began,
    began + (case when is_abandoned then wait else talk + hold end
        -- Some messages lie for more than a day.
        + case when channel = 12 and i % 40 = 9 and day < 360 then 120000 else 0 end) * interval '1 second',
    case when is_abandoned then 0 else talk end, case when is_abandoned then 0 else hold end,
    case when is_abandoned then 0 else wrap end,
    (:'segments'::int[])[pg_temp.segment(customer)]
from (
    select *, kind < 56 as is_abandoned,
        case when i % 20 = 1 then 20 + wait
            else pg_temp.draw(i, 11,
                '{3,25,45,62,78,92,106,120,134,148,163,178,194,210,228,246,266,288,311,337,365,396,432,473,521,578,646,731,842,996,1236,1715,3600}')
        end as talk,
        case when i % 20 = 1 or pg_temp.pick(i, 12, 5) < 3 then 0 else 5 + pg_temp.pick(i, 13, 150) end as hold,
        case when pg_temp.pick(i, 14, 10) = 0 then 0 else pg_temp.draw(i, 15,
            '{1,5,8,11,14,17,20,23,26,29,32,35,38,41,45,49,53,57,62,67,73,79,86,94,103,114,127,143,164,193,240,330,900}') end as wrap,
        (:'first_day'::date + day)::timestamptz
            + (28800 + pg_temp.pick(own, 16, 43200) + case when i <> own then 25 + wait else 0 end) * interval '1 second' as began,
        pg_temp.pick(coalesce(customer, origin), 17, 5) as portfolio, pg_temp.pick(i, 18, :agents) as agent
    from (
        select *,
            case when origin % 50 = 25 or pg_temp.pick(origin, 20, 33) > 0
                then 1 + pg_temp.pick(origin, 21, :interactions / 5) end::bigint as customer,
            case when pg_temp.pick(origin, 22, 50) = 0 then 12
                else least(pg_temp.pick(origin, 23, 12), pg_temp.pick(origin, 24, 18)) end as topic,
            i % 50 = 25 and pg_temp.pick(i, 25, 5) > 0 as is_complaint,
            case when is_leg or i % 50 = 25 then 999 else pg_temp.pick(i, 26, 1000) end as kind,
            pg_temp.pick(own, 27, 20) as channel, pg_temp.pick(own, 28, 200) as wait,
            ((i - 1) * 365 / :interactions)::int as day
        from (
            select i, own, own % 20 = 1 as is_leg,
                case when i % 8 > 0 or source < 1 then own
                    when source % 8 = 0 or source % 20 = 2 then source - 1
                    else source
                end as origin
            from (
                select i, case when i % 20 = 2 then i - 1 else i end as own,
                    i - 1 - (:interactions / 365 * 30::bigint * pg_temp.pick(i, 30, 65536) >> 16) * pg_temp.pick(i, 31, 65536) / 65536
                        as source
                from (select generate_series(1, :interactions)::bigint as i) each
                offset 0
            ) sources
            offset 0
        ) origins
        offset 0
    ) described
    offset 0
) timed;

-- What happens to complaints, one path in ten each.
create temp table path (number int, states complaint_state[]) on commit drop;
insert into path values
    (0, '{received,acknowledged,resolved}'), (1, '{received,acknowledged,resolved}'), (2, '{received,acknowledged,resolved}'),
    (3, '{received,resolved}'), (4, '{received,resolved}'), (5, '{received,acknowledged,resolved,confirmed}'),
    (6, '{received,acknowledged,resolved,confirmed}'), (7, '{received,resolved,reopened,resolved}'),
    (8, '{received,acknowledged,resolved,confirmed,reopened,acknowledged,resolved}'), (9, '{received,acknowledged}');

create temp table change on commit drop as
select *
from (
    select i.interaction_id / 50 + 1 as complaint_id, place::int as sequence, state,
        i.ended_at + sum(case when place = 1 then 0 else pg_temp.draw(i.interaction_id, 40 + place::int,
            '{5,30,60,120,240,480,700,900,1100,1300,1440,1700,2000,2400,2880,3300,3700,4320,5000,5760,6500,7200,8000,9000,10080,12000,14000,16000,20160,25000,30000,40000,60000}')
        end) over (partition by i.interaction_id order by place) * interval '1 minute' as at
    from interaction i
    join path on number = pg_temp.pick(i.interaction_id, 40, 10)
    cross join unnest(states) with ordinality as steps (state, place)
    where i.interaction_id % 50 = 25
) steps
where at < :'present';
create index on change (complaint_id);

insert into complaint
    (complaint_id, ref, customer_id, portfolio_id, agent_id, team_id, topic_id, channel, sequence, state, state_at)
overriding system value
select newest.complaint_id, 'K' || newest.complaint_id, customer_id, portfolio_id,
    -- Every other complaint is somebody's own.
    case when newest.complaint_id % 2 = 0 then agent_id end,
    case when newest.complaint_id % 2 = 0 then team_id end, topic_id, channel, sequence, state, at
from (select distinct on (complaint_id) * from change order by complaint_id, change.sequence desc) newest
join interaction i on i.interaction_id = (newest.complaint_id - 1) * 50 + 25
order by newest.complaint_id;

insert into complaint_change (complaint_id, sequence, state, at, previous_state, previous_at)
select complaint_id, sequence, state, at, lag(state) over earlier, lag(at) over earlier
from change window earlier as (partition by complaint_id order by sequence)
order by complaint_id, sequence;

-- Every resolution, what is decided about it, and who is asked: as the program decides, with one more rule, that skips one in
-- eight.
create temp view closing as
select interaction_id as resolution_id, null::bigint as complaint_id, null::int as complaint_sequence, interaction_id,
    ended_at as resolved_at,
    case when customer_id is null then 'customer-unknown' when contact is not null and interaction_id % 20 = 1 then 'earlier-leg'
        when pg_temp.pick(interaction_id, 50, 100) < 13 then 'asked-recently' else 'invite' end as rule,
    customer_id, agent_id, team_id, portfolio_id, topic_id, channel, segment_id, outcome,
    talk_seconds + hold_seconds + wrap_seconds as handle_seconds
from interaction
where handled and complaint_ref is null
union all
select :interactions + row_number() over (order by complaint_id, change.sequence), complaint_id, change.sequence, i.interaction_id,
    change.at,
    case when exists (select from change later where later.complaint_id = c.complaint_id and later.sequence > change.sequence
        and later.state = 'reopened' and later.at < change.at + interval '1 day') then 'reopened' else 'invite' end,
    c.customer_id, coalesce(c.agent_id, i.agent_id), case when c.agent_id is null then i.team_id else c.team_id end, c.portfolio_id,
    c.topic_id, c.channel, (:'segments'::int[])[pg_temp.segment(c.customer_id)], i.outcome,
    i.talk_seconds + i.hold_seconds + i.wrap_seconds
from change
join complaint c using (complaint_id)
left join interaction i using (complaint_id)
where change.state = 'resolved';
analyze change, complaint, interaction;

insert into resolution (resolution_id, complaint_id, complaint_sequence, interaction_id, resolved_at, decided) overriding system value
select resolution_id, complaint_id, complaint_sequence, case when complaint_id is null then interaction_id end, resolved_at,
    resolved_at + interval '1 day' < :'present'
from closing;

insert into decision (resolution_id, outcome, rule, policy_version_id, decided_at)
select resolution_id, case when rule = 'invite' then 'invite' else 'skip' end::decision_outcome, rule, :policy_version,
    resolved_at + interval '1 day'
from closing
where resolved_at + interval '1 day' < :'present';

insert into invitation
    (invitation_id, resolution_id, survey_version_id, language, customer_id, complaint_id, interaction_id, agent_id, team_id,
     portfolio_id, topic_id, channel, segment_id, outcome, handle_seconds, issued_at, expires_at)
overriding system value
select resolution_id, resolution_id, :survey_version, coalesce(pg_temp.language(customer_id), 'en'), customer_id, complaint_id,
    interaction_id, agent_id, team_id, portfolio_id, topic_id, channel, segment_id, outcome, handle_seconds,
    resolved_at + interval '1 day', resolved_at + interval '15 days'
from closing
where rule = 'invite' and resolved_at + interval '1 day' < :'present';

-- One answer for ten interactions: seconds to days after the invitation, and of some agents' customers a little better.
insert into response (invitation_id, answered_at, language, nps, csat, ces, ces_points, resolved, comment)
select invitation_id, answered_at, language, ('{0,1,3,4,5,6,6,7,7,8,8,8,9,9,9,9,10,10,10,10}'::int[])[1 + mood],
    case when pg_temp.pick(invitation_id, 60, 20) > 0 then ('{1,1,2,2,2,3,3,3,4,4,4,4,4,4,5,5,5,5,5,5}'::int[])[1 + mood] end,
    ces, case when ces is not null then 5 end,
    case when pg_temp.pick(invitation_id, 61, 10) > 0 then pg_temp.pick(invitation_id, 62, 20) < 8 + mood / 2 end,
    case when pg_temp.pick(invitation_id, 63, 5) = 0 then (array['Friendly and quick.', 'I had to call twice.', 'Todo bien, gracias.',
        'Nobody called me back as promised.', 'Solved in a minute.', 'The letter was hard to understand.'])[1 + mood % 6] end
from (
    select *, case when pg_temp.pick(invitation_id, 64, 12) > 0 then 5 - (mood + pg_temp.pick(invitation_id, 65, 4)) / 5 end as ces
    from (
        select invitation_id, language, issued_at + interval '1 second' * pg_temp.draw(invitation_id, 66,
                '{5,60,180,400,900,1500,2400,3600,5400,7200,9000,10800,14400,18000,21600,28800,36000,43200,54000,64800,75600,86400,100000,120000,150000,180000,220000,270000,340000,430000,560000,750000,1200000}')
                as answered_at,
            least(19, pg_temp.pick(invitation_id, 67, 18) + pg_temp.pick(agent_id, 68, 4)) as mood
        from invitation
        offset 0
    ) given
    where answered_at < :'present'
    order by hashint8extended(invitation_id, 69)
    limit :interactions / 10
) answer;

-- Nothing of the above is said more than once: indexes and foreign keys prove it.
select definition from set_aside order by is_foreign_key, place
\gexec
select format('alter table %I alter %I restart with %s', tables.name::text, attname,
        case tables.name::text when 'customer' then :interactions / 5 when 'complaint' then :interactions / 50
            when 'interaction' then :interactions else :interactions * 2::bigint end + 1)
from filled tables join pg_attribute on attrelid = tables.name and attidentity <> ''
\gexec

insert into stale_day (fact, day)
select distinct unnest(array['handling', 'contacts']::fact[]), (started_at at time zone time_zone)::date
from interaction, organisation
union all
select distinct 'asking'::fact, (resolved_at at time zone time_zone)::date from resolution, organisation
union all
select distinct unnest(array['totals', 'answers']::fact[]), (answered_at at time zone time_zone)::date from response, organisation
union all
select distinct 'complaints'::fact, (at at time zone time_zone)::date
from complaint_change, organisation where state in ('received', 'resolved');

commit;
vacuum analyze;
