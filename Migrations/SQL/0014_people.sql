-- People who work with Hearback: who they are, how they sign in, what they may see, and a record of what was done.

create type role as enum ('administrator', 'quality-manager', 'agent');

create table person (
    person_id            int generated always as identity primary key,
    email                text not null
        constraint person_email_is_unique unique
        constraint person_email_is_lower_case check (email = lower(email) and length(email) between 3 and 254),
    name                 text not null constraint person_name_length check (length(name) between 1 and 120),
    role                 role not null,
    -- Whose scores an agent sees: their own.
    agent_id             int constraint person_agent_exists references agent,
    -- A quality manager sees everything, or what person_team and person_portfolio list.
    sees_everything      boolean not null default false,
    password_hash        text,
    password_changed_at  timestamptz,
    -- The second factor: it counts once a code of it was right.
    totp_secret          bytea,
    totp_confirmed_at    timestamptz,
    totp_last_step       bigint,
    -- Who the person is at the organisation's identity provider.
    issuer               text,
    subject              text,
    created_at           timestamptz not null,
    disabled_at          timestamptz,
    constraint person_is_an_agent_with_scores check ((role = 'agent') = (agent_id is not null)),
    constraint person_administrator_sees_everything check (role <> 'administrator' or sees_everything),
    constraint person_agent_sees_themselves check (role <> 'agent' or not sees_everything),
    constraint person_provider_is_whole check (num_nulls(issuer, subject) in (0, 2)),
    constraint person_subject_is_unique unique (issuer, subject),
    constraint person_second_factor_is_whole check (totp_secret is not null or num_nonnulls(totp_confirmed_at, totp_last_step) = 0)
);

create table person_team (
    person_id  int not null constraint person_team_person_exists references person,
    team_id    int not null constraint person_team_team_exists references team,
    primary key (person_id, team_id)
);

create table person_portfolio (
    person_id     int not null constraint person_portfolio_person_exists references person,
    portfolio_id  int not null constraint person_portfolio_portfolio_exists references portfolio,
    primary key (person_id, portfolio_id)
);

-- Codes for whoever has lost their second factor; each is good once.
create table recovery_code (
    person_id  int not null constraint recovery_code_person_exists references person,
    sha256     bytea not null,
    used_at    timestamptz,
    primary key (person_id, sha256)
);

-- Who is signed in. Only a hash of the cookie is kept.
create table session (
    session_id            bigint generated always as identity primary key,
    sha256                bytea not null constraint session_token_is_unique unique,
    person_id             int not null constraint session_person_exists references person,
    created_at            timestamptz not null,
    last_seen_at          timestamptz not null,
    -- Not signed in yet: the password was right, the code is awaited.
    awaits_second_factor  boolean not null default false,
    network               text not null,
    browser               text not null
);
create index session_by_person on session (person_id);
create index session_by_last_use on session (last_seen_at);

create function tell_of_session() returns trigger language plpgsql as $$
begin
    perform pg_notify('sessions', encode(old.sha256, 'hex'));
    return null;
end
$$;
create trigger session_end_is_told after delete on session for each row execute function tell_of_session();

-- Servers forget what they know of a person's sessions when what the person may do changes.
create function tell_of_person() returns trigger language plpgsql as $$
begin
    perform pg_notify('sessions', '');
    return null;
end
$$;
create trigger person_change_is_told after update of role, agent_id, sees_everything, disabled_at on person
    for each row execute function tell_of_person();
create trigger person_team_change_is_told after insert or update or delete on person_team
    for each statement execute function tell_of_person();
create trigger person_portfolio_change_is_told after insert or update or delete on person_portfolio
    for each statement execute function tell_of_person();

-- Links that let somebody set a password: the first one, or a new one. Each is good once.
create table password_link (
    sha256      bytea primary key,
    person_id   int not null constraint password_link_person_exists references person,
    created_at  timestamptz not null,
    expires_at  timestamptz not null constraint password_link_ends_after_its_start check (expires_at > created_at)
);
create index password_link_by_person on password_link (person_id);

-- Failed sign-ins that are not forgotten yet, by what they are counted by. Not worth a write to the log: it empties after a crash.
create unlogged table sign_in_failures (
    counter  text not null,
    key      text not null constraint sign_in_failures_key_length check (length(key) <= 400),
    level    double precision not null,
    at       timestamptz not null,
    primary key (counter, key)
);
create index sign_in_failures_by_time on sign_in_failures (at);

-- Sign-ins that an identity provider has been asked for.
create table provider_request (
    state_sha256  bytea primary key,
    issuer        text not null,
    nonce         text not null,
    verifier      text not null,
    go_on         text not null,
    created_at    timestamptz not null
);

alter table api_key
    add column scopes text[] not null default array['ingest', 'read']
        constraint api_key_scopes_are_known check (scopes <@ array['ingest', 'read', 'manage'] and cardinality(scopes) > 0),
    add column last_used_at timestamptz;
alter table api_key alter column scopes drop default;

-- What was done, by whom and from where: each row carries a hash over itself and the hash of the row before.
create table audit (
    audit_id  bigint primary key,
    at        timestamptz not null,
    -- "person 3", "key 2", "command root", "hearback".
    actor     text not null,
    network   text,
    action    text not null,
    -- What it was done to, such as "person 7".
    subject   text,
    before    json,
    after     json,
    previous  bytea not null,
    hash      bytea not null,
    constraint audit_hash_length check (octet_length(hash) = 32 and octet_length(previous) = 32)
);
create trigger audit_is_append_only
    before update or delete or truncate on audit for each statement execute function refuse_change();

-- A text with its length before it, so that no two rows of texts are the same bytes.
create function audit_field(value text) returns text language sql immutable return
    coalesce(octet_length(value) || ':' || value, '-') || ',';

-- How many rows there are and the newest one's hash, so that rows missing at the end are found too.
create table audit_head (
    only_one  boolean primary key default true constraint audit_head_is_one check (only_one),
    count     bigint not null,
    hash      bytea not null
);
insert into audit_head (count, hash) values (0, decode(repeat('00', 32), 'hex'));

-- Adds a row; the next one waits until this transaction ends, so it stands last in a transaction.
create function write_audit(
    at timestamptz, actor text, network text, action text, subject text, before json, after json
) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
    head audit_head;
    number bigint;
    digest bytea;
begin
    select * into head from audit_head for update;
    number := head.count + 1;
    digest := sha256(head.hash || convert_to(
        audit_field(number::text) || audit_field(((extract(epoch from at) * 1000000)::bigint)::text) || audit_field(actor)
            || audit_field(network) || audit_field(action) || audit_field(subject) || audit_field(before::text)
            || audit_field(after::text), 'UTF8'));
    insert into audit values (number, at, actor, network, action, subject, before, after, head.hash, digest);
    update audit_head set count = number, hash = digest;
    return number;
end
$$;

-- The role that the service works as: it may not change the schema, nor what is recorded.
do $$
begin
    if not exists (select from pg_roles where rolname = 'hearback_service') then
        create role hearback_service nologin;
    end if;
    if not pg_has_role(current_user, 'hearback_service', 'member') then
        execute format('grant hearback_service to %I', current_user);
    end if;
exception
    -- Another database of the same server is being made at the same time.
    when duplicate_object or unique_violation then null;
    when insufficient_privilege then
        raise exception 'ask who administers the database server to run: create role hearback_service nologin; grant hearback_service to %',
            quote_ident(current_user);
end
$$;

-- To be called again at the end of every migration that makes tables or functions.
create function grant_service() returns void language plpgsql as $$
begin
    grant usage on schema public to hearback_service;
    grant select, insert, update, delete, truncate on all tables in schema public to hearback_service;
    grant usage, select on all sequences in schema public to hearback_service;
    grant execute on all functions in schema public to hearback_service;
    revoke insert, update, delete, truncate on audit, audit_head from hearback_service;
end
$$;
select grant_service();
