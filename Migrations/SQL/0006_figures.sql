-- Figures for every scope and dimension: cells are keyed by a cut, such as "topic" or "team.topic" (the topics of one team).

-- Names that figures are told apart by and that have no table of their own: segments and languages.
create table label (
    label_id  int generated always as identity primary key,
    name      text not null constraint label_name_is_unique unique
);
insert into label (name)
select distinct segment from customer where segment is not null
union
select jsonb_array_elements_text(definition -> 'languages') from survey_version
union
select language from invitation;

-- How many days a repeat contact breaks the resolution of the one before; a topic may have its own.
alter table organisation add column repeat_days int not null default 7
    constraint organisation_repeat_days_range check (repeat_days between 1 and 30);
alter table topic add column repeat_days int constraint topic_repeat_days_range check (repeat_days between 1 and 30);

create type survey_channel as enum ('link', 'email', 'sms', 'letter', 'webhook');

-- The customer's segment when the interaction was recorded.
alter table interaction add column segment_id int constraint interaction_segment_exists references label;
alter table invitation
    add column segment_id int,
    add column outcome contact_outcome,
    -- Of the interaction, when its customer was invited.
    add column handle_seconds int,
    add column survey_channel survey_channel not null default 'link';

update interaction set segment_id = label_id from customer join label on label.name = segment
where customer.customer_id = interaction.customer_id;

alter table invitation disable trigger invitation_is_frozen;
update invitation
set segment_id = i.segment_id, outcome = i.outcome, handle_seconds = talk_seconds + hold_seconds + wrap_seconds
from interaction i where i.interaction_id = invitation.interaction_id;
alter table invitation enable trigger invitation_is_frozen;

create index invitation_by_agent on invitation (agent_id, issued_at);
create index resolution_by_time on resolution (resolved_at);
create index complaint_change_by_time on complaint_change (at) where state in ('received', 'resolved');

drop table answer_cell, answered_cell, asking_cell, handling_cell, contact_cell;
drop function cell_dimension;
drop function cell_value;
drop type dimension;

-- What a cell is about. Those with a dot tell apart within one team, portfolio or agent.
create type cut as enum (
    'all', 'team', 'portfolio', 'agent', 'topic', 'channel', 'segment', 'outcome', 'category', 'language',
    'survey_channel', 'survey_version',
    'team.portfolio', 'team.agent', 'team.topic', 'team.channel', 'team.segment', 'team.outcome', 'team.category',
    'team.language', 'team.survey_channel', 'team.survey_version',
    'portfolio.agent', 'portfolio.topic', 'portfolio.channel', 'portfolio.segment', 'portfolio.outcome',
    'portfolio.category', 'portfolio.language', 'portfolio.survey_channel', 'portfolio.survey_version',
    'agent.topic'
);

-- Grouping sets are told apart by the columns a row is grouped by, one bit each: team 1024, portfolio 512, agent 256, topic 128,
-- channel 64, segment 32, outcome 16, category 8, language 4, survey_channel 2, survey_version 1. "ungrouped" is what
-- grouping() over these columns returns, in which the bits of the grouped ones are 0.
create function cell_cut(ungrouped int) returns cut language sql immutable parallel safe return
    case 2047 - ungrouped
        when 0 then 'all'::cut when 1024 then 'team'::cut when 512 then 'portfolio'::cut when 256 then 'agent'::cut
        when 128 then 'topic'::cut when 64 then 'channel'::cut when 32 then 'segment'::cut when 16 then 'outcome'::cut
        when 8 then 'category'::cut when 4 then 'language'::cut when 2 then 'survey_channel'::cut
        when 1 then 'survey_version'::cut when 1536 then 'team.portfolio'::cut when 1280 then 'team.agent'::cut
        when 1152 then 'team.topic'::cut when 1088 then 'team.channel'::cut when 1056 then 'team.segment'::cut
        when 1040 then 'team.outcome'::cut when 1032 then 'team.category'::cut when 1028 then 'team.language'::cut
        when 1026 then 'team.survey_channel'::cut when 1025 then 'team.survey_version'::cut
        when 768 then 'portfolio.agent'::cut when 640 then 'portfolio.topic'::cut
        when 576 then 'portfolio.channel'::cut when 544 then 'portfolio.segment'::cut
        when 528 then 'portfolio.outcome'::cut when 520 then 'portfolio.category'::cut
        when 516 then 'portfolio.language'::cut when 514 then 'portfolio.survey_channel'::cut
        when 513 then 'portfolio.survey_version'::cut when 384 then 'agent.topic'::cut
    end;

-- Numbers of what has no table, by which names are found again: the places in the enumerations.
create function channel_number(channel contact_channel) returns int language sql immutable parallel safe return
    case channel
        when 'phone' then 1 when 'email' then 2 when 'chat' then 3 when 'sms' then 4 when 'letter' then 5 when 'web' then 6
        when 'fax' then 7 when 'in_person' then 8 when 'referral' then 9 when 'social' then 10 when 'other' then 11
    end;
create function outcome_number(outcome contact_outcome) returns int language sql immutable parallel safe return
    case outcome
        when 'resolved' then 1 when 'unresolved' then 2 when 'transferred' then 3 when 'callback' then 4
        when 'abandoned' then 5 when 'other' then 6
    end;
create function survey_channel_number(channel survey_channel) returns int language sql immutable parallel safe return
    case channel when 'link' then 1 when 'email' then 2 when 'sms' then 3 when 'letter' then 4 when 'webhook' then 5 end;

-- The value that a row of grouping sets is about: that of the lowest grouped bit. 0 stands for "not recorded", and for everything.
-- The function has no expression that is not immutable, so that it is part of the statement rather than called by it.
create function cell_value(
    ungrouped int, team_id int, portfolio_id int, agent_id int, topic_id int, channel int, segment_id int, outcome int,
    category int, language_id int, survey_channel int, survey_version_id int
) returns int language sql immutable parallel safe return
    coalesce(case (2047 - ungrouped) & (ungrouped - 2047)
        when 1024 then team_id when 512 then portfolio_id when 256 then agent_id when 128 then topic_id when 64 then channel
        when 32 then segment_id when 16 then outcome when 8 then category when 4 then language_id
        when 2 then survey_channel when 1 then survey_version_id
    end, 0);

-- The team, portfolio or agent within which a row tells apart: the higher of two grouped bits; 0 for everything.
create function cell_within(ungrouped int, team_id int, portfolio_id int, agent_id int)
returns int language sql immutable parallel safe return
    coalesce(case
        when (2047 - ungrouped) & (2046 - ungrouped) = 0 then 0
        when (2047 - ungrouped) >= 1024 then team_id
        when (2047 - ungrouped) >= 512 then portfolio_id
        else agent_id
    end, 0);

-- "names" marks that something is called otherwise, which every page may show.
drop table stale_day;
drop type fact;
create type fact as enum ('answers', 'asking', 'handling', 'contacts', 'complaints', 'names');
create table stale_day (
    fact  fact not null,
    day   date not null
);

-- Interactions that came or changed, as they are and as they were. Which days they decide about is found by the refresh: it sees
-- the neighbours that were committed meanwhile, which the writer does not.
create table stale_contact (
    customer_id  bigint,
    contact      text,
    started_at   timestamptz not null,
    ended_at     timestamptz not null
);

-- How often each scale point was given, lowest first: nps 0 to 10, csat 1 to 5, ces 1 up, resolved no and yes, complete no and yes
-- (yes for a response that answers everything asked on a scale).
create table answer_cell (
    cut       cut not null,
    within    int not null,
    value     int not null,
    day       date not null,
    -- The effort scale of the survey version ("ces5-lower" and the like; empty without one): scales that differ are never added up.
    effort    text not null,
    -- Answers that may not be a person's own, counted apart.
    suspect   boolean not null,
    nps       int[] not null,
    csat      int[] not null,
    ces       int[] not null,
    resolved  int[] not null,
    complete  int[] not null,
    primary key (cut, within, value, day, effort, suspect)
);
create index answer_cell_by_day on answer_cell (day);

-- Resolutions by the day they happened, and what was decided about them: resolutions = waiting + skipped + invited.
create table asking_cell (
    cut          cut not null,
    within       int not null,
    value        int not null,
    day          date not null,
    resolutions  int not null,
    waiting      int not null,
    invited      int not null,
    -- The handle time of the interaction behind an invitation, where there is one.
    timed        int not null,
    seconds      bigint not null,
    squares      bigint not null,
    primary key (cut, within, value, day)
);
create index asking_cell_by_day on asking_cell (day);

create table skip_cell (
    cut      cut not null,
    within   int not null,
    value    int not null,
    day      date not null,
    rule     text not null,
    skipped  int not null,
    primary key (cut, within, value, day, rule)
);
create index skip_cell_by_day on skip_cell (day);

-- Answers by the day of their resolution, kept by the day they were given: an answer makes one day stale, not two.
create table answered_cell (
    cut           cut not null,
    within        int not null,
    value         int not null,
    resolved_day  date not null,
    day           date not null,
    answered      int not null,
    complete      int not null,
    timed         int not null,
    seconds       bigint not null,
    squares       bigint not null,
    primary key (cut, within, value, resolved_day, day)
);
create index answered_cell_by_day on answered_cell (day);

-- A leg is one handled interaction; a contact is all legs of a transfer together.
create type handling_unit as enum ('leg', 'contact');

-- Handle time, zeros included; sums of squares give the intervals.
create table handling_cell (
    cut           cut not null,
    within        int not null,
    value         int not null,
    day           date not null,
    unit          handling_unit not null,
    handled       int not null,
    talk_seconds  bigint not null,
    hold_seconds  bigint not null,
    wrap_seconds  bigint not null,
    squares       bigint not null,
    talk_squares  bigint not null,
    hold_squares  bigint not null,
    wrap_squares  bigint not null,
    -- Of 10 seconds or less.
    short         int not null,
    -- Naming a complaint that is not known.
    unlinked      int not null,
    primary key (cut, within, value, day, unit)
);
create index handling_cell_by_day on handling_cell (day);

-- The bucket of a duration: each number below 64 has its own, and every doubling from there has 32. A bucket's middle is within
-- 1/64 of each duration in it.
create function duration_bucket(duration bigint) returns smallint language sql immutable parallel safe return
    (case when duration < 64 then greatest(duration, 0)
        else 32 * (floor(ln(duration + 0.5::float8) / ln(2::float8))::int - 5)
            + (duration >> (floor(ln(duration + 0.5::float8) / ln(2::float8))::int - 5))
    end)::smallint;

-- How many handle times fall into each bucket, for median and 90th percentile.
create table duration_cell (
    cut      cut not null,
    within   int not null,
    value    int not null,
    day      date not null,
    unit     handling_unit not null,
    buckets  smallint[] not null,
    counts   int[] not null,
    primary key (cut, within, value, day, unit)
);
create index duration_cell_by_day on duration_cell (day);

-- Observed first contact resolution by the day of the first contact, by the configured window.
create table contact_cell (
    cut                cut not null,
    within             int not null,
    value              int not null,
    day                date not null,
    contacts           int not null,
    -- Contacts whose customer is known: the others can be neither first contacts nor repeats.
    known              int not null,
    -- Every contact whose window has closed, and those of them that nobody came back for.
    closed             int not null,
    closed_resolved    int not null,
    -- The same for contacts that start an issue; pending are those whose window is still open.
    first_contacts     int not null,
    first_resolved     int not null,
    pending            int not null,
    -- First contacts whose outcome is not recorded as unresolved.
    combined_contacts  int not null,
    combined_resolved  int not null,
    -- When the next window closes that decides about a contact: the day is stale from then on.
    next_close         timestamptz,
    primary key (cut, within, value, day)
);
create index contact_cell_by_day on contact_cell (day);
create index contact_cell_closing on contact_cell (next_close) where cut = 'all' and next_close is not null;

-- The same for windows of 1, 5, 7, 14 and 30 days, in this order.
create table window_cell (
    cut              cut not null,
    within           int not null,
    value            int not null,
    day              date not null,
    first_contacts   int[] not null,
    first_resolved   int[] not null,
    pending          int[] not null,
    closed           int[] not null,
    closed_resolved  int[] not null,
    -- Whatever the topic.
    any_contacts     int[] not null,
    any_resolved     int[] not null,
    any_pending      int[] not null,
    primary key (cut, within, value, day)
);
create index window_cell_by_day on window_cell (day);

-- Complaints by the day they were received and the day they were closed for good; "infinity" for open ones.
create table complaint_cell (
    cut         cut not null,
    within      int not null,
    value       int not null,
    day         date not null,
    closed_day  date not null,
    complaints  int not null,
    -- Those with an interaction.
    linked      int not null,
    primary key (cut, within, value, day, closed_day)
);
create index complaint_cell_by_day on complaint_cell (day);

-- Closings by their day, with the minutes since the complaint was received.
create table closing_cell (
    cut       cut not null,
    within    int not null,
    value     int not null,
    day       date not null,
    closings  int not null,
    reopened  int not null,
    minutes   bigint not null,
    squares   bigint not null,
    buckets   smallint[] not null,
    counts    int[] not null,
    primary key (cut, within, value, day)
);
create index closing_cell_by_day on closing_cell (day);

-- Which figures each refresh changed, so that only pages that show them are written again. Without a cut: all of them.
create table figure_change (
    number  bigint not null,
    cut     cut,
    value   int,
    day     date
);
create index figure_change_by_number on figure_change (number);

-- Replaces the cells of some days by fresh ones, touching only those that differ, and notes these in the table "changed_cell".
-- The cells' table has a table "fresh_…" of the same columns beside it.
create function replace_cells(cells name, first date, last date) returns void language plpgsql as $$
declare
    keys text;
    others text;
    same text;
    has_none boolean;
    -- An answer also changes the response rate of its resolution's day.
    days text := case cells when 'answered_cell' then 'array[day, resolved_day]' else 'array[day]' end;
begin
    select string_agg(quote_ident(attname), ', ' order by attnum) into keys
    from pg_index join pg_attribute on attrelid = indrelid and attnum = any (indkey)
    where indrelid = cells::text::regclass and indisprimary;
    select string_agg(quote_ident(attname), ', ' order by attnum) into others
    from pg_attribute
    where attrelid = cells::text::regclass and attnum > 0 and not attisdropped
        and not exists (select from pg_index where indrelid = attrelid and indisprimary and attnum = any (indkey));
    select string_agg(format('c.%1$I = f.%1$I', attname), ' and ') into same
    from pg_index join pg_attribute on attrelid = indrelid and attnum = any (indkey)
    where indrelid = cells::text::regclass and indisprimary;
    execute format('select not exists (select from %1$I where day between $1 and $2)', cells) into has_none using first, last;
    if has_none then
        -- Nothing is there to differ from, as when all is rebuilt; in the order of the key, its index grows at the end only.
        execute format('insert into %1$I select * from fresh_%1$s order by %2$s', cells, keys);
        execute format(
            'insert into changed_cell select distinct cut, value, unnest(%2$s) from fresh_%1$s where cut <= ''agent''',
            cells, days);
        return;
    end if;
    execute format(
        'with gone as (
            delete from %1$I c where day between $1 and $2 and not exists (select from fresh_%1$s f where %4$s)
            returning cut, value, %7$s as days
        ), put as (
            insert into %1$I as c select * from fresh_%1$s
            on conflict (%2$s) do update set (%3$s) = row (%5$s)
            where row (%6$s) is distinct from row (%5$s)
            returning cut, value, %7$s as days
        )
        insert into changed_cell
        select distinct cut, value, unnest(days)
        from (select * from gone union all select * from put) changed
        where cut <= ''agent''',
        cells, keys, others, same,
        (select string_agg('excluded.' || trim(o), ', ') from unnest(string_to_array(others, ',')) o),
        (select string_agg('c.' || trim(o), ', ') from unnest(string_to_array(others, ',')) o), days)
    using first, last;
end
$$;

-- Lists the cells of some days that are not what the fresh ones say.
create function differing_cells(cells name, first date, last date)
returns table (stored text, computed text, day date) language plpgsql as $$
#variable_conflict use_column
declare
    same text;
begin
    select string_agg(format('c.%1$I = f.%1$I', attname), ' and ') into same
    from pg_index join pg_attribute on attrelid = indrelid and attnum = any (indkey)
    where indrelid = cells::text::regclass and indisprimary;
    return query execute format(
        'select c::text, f::text, coalesce(c.day, f.day)
        from (select * from %1$I where day between $1 and $2) c full join fresh_%1$s f on %2$s
        where c::text is distinct from f::text',
        cells, same)
    using first, last;
end
$$;

create function count_cells(cells name, first date, last date) returns bigint language plpgsql as $$
declare
    number bigint;
begin
    execute format('select count(*) from %1$I where day between $1 and $2', cells) into number using first, last;
    return number;
end
$$;

insert into stale_day (fact, day)
select distinct unnest(array['handling', 'contacts']::fact[]), (started_at at time zone time_zone)::date
from interaction, organisation
union all
select distinct 'asking'::fact, (resolved_at at time zone time_zone)::date from resolution, organisation
union all
select distinct 'answers'::fact, (answered_at at time zone time_zone)::date from response, organisation
union all
select distinct 'complaints'::fact, (at at time zone time_zone)::date
from complaint_change, organisation where state in ('received', 'resolved');

analyze label;
