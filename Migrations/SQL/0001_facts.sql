-- The facts that come from outside: who was contacted, by whom, about what, and how long it took.
-- Constraints are named after the rule they carry; the program turns their names into its errors.

create table organisation (
    only_row   boolean primary key default true constraint organisation_is_one check (only_row),
    name       text not null constraint organisation_name_length check (length(name) between 1 and 120),
    -- Days are cut in this zone. The conversion fails for a zone that PostgreSQL does not know.
    time_zone  text not null
        constraint organisation_time_zone_is_known check (timestamp '2000-01-01' at time zone time_zone is not null)
);
insert into organisation (name, time_zone) values ('Customer care', 'UTC');

create type contact_channel as enum
    ('phone', 'email', 'chat', 'sms', 'letter', 'web', 'fax', 'in_person', 'referral', 'social', 'other');
create type contact_direction as enum ('inbound', 'outbound');
create type contact_outcome as enum ('resolved', 'unresolved', 'transferred', 'callback', 'abandoned', 'other');
create type complaint_state as enum ('received', 'acknowledged', 'resolved', 'confirmed', 'reopened');

create table team (
    team_id  int generated always as identity primary key,
    ref      text not null constraint team_ref_is_unique unique
);

create table agent (
    agent_id  int generated always as identity primary key,
    ref       text not null constraint agent_ref_is_unique unique,
    name      text not null,
    team_id   int constraint agent_team_exists references team,
    -- An agent who leaves is kept: facts and invitations go on pointing at them.
    active    boolean not null default true
);

create table portfolio (
    portfolio_id  int generated always as identity primary key,
    ref           text not null constraint portfolio_ref_is_unique unique
);

create table topic (
    topic_id  int generated always as identity primary key,
    name      text not null constraint topic_name_is_unique unique
);

create table customer (
    customer_id  bigint generated always as identity primary key,
    ref          text not null constraint customer_ref_is_unique unique,
    language     text,
    time_zone    text,
    segment      text,
    email        text,
    phone        text
);

create table account (
    account_id    bigint generated always as identity primary key,
    ref           text not null constraint account_ref_is_unique unique,
    customer_id   bigint not null constraint account_customer_exists references customer,
    portfolio_id  int not null constraint account_portfolio_exists references portfolio
);
create index account_by_customer on account (customer_id);

create table complaint (
    complaint_id  bigint generated always as identity primary key,
    ref           text not null constraint complaint_ref_is_unique unique,
    customer_id   bigint not null constraint complaint_customer_exists references customer,
    account_id    bigint constraint complaint_account_exists references account,
    portfolio_id  int constraint complaint_portfolio_exists references portfolio,
    agent_id      int constraint complaint_agent_exists references agent,
    -- The agent's team when the complaint was recorded with that agent.
    team_id       int constraint complaint_team_exists references team,
    topic_id      int constraint complaint_topic_exists references topic,
    channel       contact_channel,
    outcome       text,
    -- The newest row of complaint_change; the foreign key below keeps it true.
    sequence      int not null default 1,
    state         complaint_state not null,
    state_at      timestamptz not null
);
create index complaint_by_customer on complaint (customer_id);

-- Which state may follow which. The first row of a complaint has no state before it.
create table complaint_transition (
    from_state  complaint_state not null,
    to_state    complaint_state not null,
    primary key (from_state, to_state)
);
insert into complaint_transition (from_state, to_state) values
    ('received', 'acknowledged'), ('received', 'resolved'), ('acknowledged', 'resolved'),
    ('resolved', 'confirmed'), ('resolved', 'reopened'), ('confirmed', 'reopened'),
    ('reopened', 'acknowledged'), ('reopened', 'resolved');

-- Every state a complaint has been in, append-only. Each row repeats its predecessor's state and time, so that
-- foreign keys alone refuse a gap, a wrong order and a step that is not allowed.
create table complaint_change (
    complaint_id    bigint not null constraint complaint_change_complaint_exists references complaint,
    sequence        int not null constraint complaint_change_sequence_starts_at_1 check (sequence >= 1),
    state           complaint_state not null,
    at              timestamptz not null,
    previous_state  complaint_state,
    previous_at     timestamptz,
    previous        int generated always as (nullif(sequence - 1, 0)) stored,
    constraint complaint_change_is_one_per_sequence primary key (complaint_id, sequence),
    constraint complaint_change_is_referable unique (complaint_id, sequence, state, at),
    constraint complaint_change_follows_its_predecessor
        foreign key (complaint_id, previous, previous_state, previous_at)
        references complaint_change (complaint_id, sequence, state, at),
    constraint complaint_change_is_allowed
        foreign key (previous_state, state) references complaint_transition (from_state, to_state),
    constraint complaint_starts_as_received
        check ((sequence = 1) = (previous_state is null) and (sequence = 1) = (state = 'received')),
    constraint complaint_change_keeps_time_order
        check ((previous_state is null) = (previous_at is null) and at >= previous_at)
);
alter table complaint
    add constraint complaint_state_is_its_last_change
    foreign key (complaint_id, sequence, state, state_at)
    references complaint_change (complaint_id, sequence, state, at)
    deferrable initially deferred;

create table interaction (
    interaction_id  bigint generated always as identity primary key,
    ref             text not null constraint interaction_ref_is_unique unique,
    -- Legs of one transferred contact share this reference; without one the interaction is a contact by itself.
    contact         text,
    customer_id     bigint constraint interaction_customer_exists references customer,
    account_id      bigint constraint interaction_account_exists references account,
    portfolio_id    int constraint interaction_portfolio_exists references portfolio,
    agent_id        int constraint interaction_agent_exists references agent,
    -- The agent's team when the interaction was recorded: moving the agent later does not move it.
    team_id         int constraint interaction_team_exists references team,
    topic_id        int constraint interaction_topic_exists references topic,
    complaint_id    bigint constraint interaction_complaint_exists references complaint,
    -- A complaint named before it was known: linked when it comes.
    complaint_ref   text,
    channel         contact_channel not null,
    direction       contact_direction not null,
    queue           text,
    outcome         contact_outcome,
    handled         boolean not null,
    planned         boolean not null default false,
    started_at      timestamptz not null,
    ended_at        timestamptz not null,
    talk_seconds    int not null constraint interaction_talk_is_not_negative check (talk_seconds >= 0),
    hold_seconds    int not null constraint interaction_hold_is_not_negative check (hold_seconds >= 0),
    wrap_seconds    int not null constraint interaction_wrap_is_not_negative check (wrap_seconds >= 0),
    constraint interaction_ends_after_its_start check (ended_at >= started_at)
);
create index interaction_by_start on interaction (started_at);
-- Repeat contacts are looked up by customer and time; those of more than a day are few and looked at by themselves.
create index interaction_repeats on interaction (customer_id, started_at) where not planned and direction = 'inbound';
create index interaction_repeats_long on interaction (customer_id, started_at)
    where not planned and direction = 'inbound' and ended_at - started_at > interval '24 hours';
create index interaction_by_complaint on interaction (complaint_id) where complaint_id is not null;
create index interaction_without_its_complaint on interaction (complaint_ref)
    where complaint_id is null and complaint_ref is not null;
create index interaction_legs on interaction (contact, started_at) where contact is not null;
