-- Facts rolled up per day (in the organisation's zone) and dimension value, so that any period's figures are sums.
-- Cells are derived: a refresh deletes a day's cells and computes them again from the facts.

create type fact as enum ('answers', 'asking', 'handling', 'contacts');
create type dimension as enum ('all', 'team', 'agent', 'portfolio', 'topic', 'channel');

-- Which dimension a row of "grouping sets" is about, by grouping(team_id, agent_id, portfolio_id, topic_id, channel): the bit of
-- the one column that the row is grouped by is 0.
create function cell_dimension(grouped int) returns dimension language sql immutable parallel safe return
    case grouped when 15 then 'team' when 23 then 'agent' when 27 then 'portfolio' when 29 then 'topic' when 30 then 'channel'
        else 'all' end::dimension;

-- The row's value of that dimension; 0 stands for "not recorded", and for everything.
create function cell_value(grouped int, team_id int, agent_id int, portfolio_id int, topic_id int, channel contact_channel)
returns bigint language sql immutable parallel safe return
    coalesce(case grouped when 15 then team_id when 23 then agent_id when 27 then portfolio_id when 29 then topic_id
        when 30 then array_position(enum_range(null::contact_channel), channel) end, 0);

-- A day whose facts have changed. Marks are only ever added by writers and removed by the refresher that has seen
-- them, so a writer never waits and a change committed during a refresh keeps its mark.
create table stale_day (
    fact  fact not null,
    day   date not null
);

-- How often each scale point was given. Instruments: nps, csat, resolved, and one per effort scale (ces5-lower, ...):
-- scales that differ are never added up.
create table answer_cell (
    day         date not null,
    dimension   dimension not null,
    value       bigint not null,
    instrument  text not null,
    score_0 int not null, score_1 int not null, score_2 int not null, score_3 int not null,
    score_4 int not null, score_5 int not null, score_6 int not null, score_7 int not null,
    score_8 int not null, score_9 int not null, score_10 int not null,
    primary key (dimension, day, value, instrument)
);

create table asking_cell (
    day        date not null,
    dimension  dimension not null,
    value      bigint not null,
    invited    int not null,
    primary key (dimension, day, value)
);

-- Answers by the day their invitation was issued, kept by the day they were given: an answer makes one day stale, not two.
create table answered_cell (
    day         date not null,
    issued_day  date not null,
    dimension   dimension not null,
    value       bigint not null,
    answered    int not null,
    primary key (dimension, issued_day, value, day)
);
create index answered_cell_by_day on answered_cell (day);

-- Handle time per leg, zeros included; the sum of squares gives the interval.
create table handling_cell (
    day             date not null,
    dimension       dimension not null,
    value           bigint not null,
    handled         int not null,
    talk_seconds    bigint not null,
    hold_seconds    bigint not null,
    wrap_seconds    bigint not null,
    square_seconds  bigint not null,
    primary key (dimension, day, value)
);

-- Observed first contact resolution by the day of the first contact.
create table contact_cell (
    day             date not null,
    dimension       dimension not null,
    value           bigint not null,
    contacts        int not null,
    -- Contacts whose customer is known: the others can be neither first contacts nor repeats.
    known           int not null,
    -- Every contact whose window has closed, and those of them that nobody came back for.
    closed          int not null,
    closed_resolved int not null,
    -- The same for contacts that start an issue; pending are those whose window is still open.
    first_contacts  int not null,
    first_resolved  int not null,
    pending         int not null,
    -- When the next pending contact's window closes: the day is stale from then on.
    next_close      timestamptz,
    primary key (dimension, day, value)
);
create index contact_cell_closing on contact_cell (next_close) where dimension = 'all' and next_close is not null;

-- Counts the refreshes that changed anything: whoever shows figures sees by the number that there are new ones.
create table cell_refresh (
    only_row  boolean primary key default true constraint cell_refresh_is_one check (only_row),
    number    bigint not null,
    at        timestamptz not null
);
insert into cell_refresh (number, at) values (0, now());

-- Tables of one row are never analysed by themselves, and the planner would take them for a thousand.
analyze organisation;
analyze policy_version;
analyze cell_refresh;
