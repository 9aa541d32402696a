-- What administrators set and look after in the browser: how pages look, who made a key, who looks after a follow-up.

alter table organisation
    add column accent_light text constraint organisation_accent_is_a_colour check (accent_light ~ '^#[0-9a-f]{6}$'),
    add column accent_dark text constraint organisation_dark_accent_is_a_colour check (accent_dark ~ '^#[0-9a-f]{6}$'),
    -- A PNG, JPEG or WebP, which every page carries in itself.
    add column logo bytea constraint organisation_logo_size check (octet_length(logo) between 1 and 8192),
    add constraint organisation_accents_are_whole check (num_nulls(accent_light, accent_dark) in (0, 2));

-- The actor of the record: "person 3", "command root".
alter table api_key add column created_by text;
update api_key set created_by = (
    select actor from audit where action = 'key.create' and subject = 'key ' || api_key_id order by audit_id limit 1);

-- Who looks after it, as the record names them.
alter table follow_up
    add column taken_at timestamptz constraint follow_up_is_taken_after_its_start check (taken_at >= opened_at),
    add column taken_by text,
    add constraint follow_up_is_taken_by_somebody check (num_nulls(taken_at, taken_by) in (0, 2));
-- The record is read by person, kind and time.
create index audit_by_actor on audit (actor, audit_id);
create index audit_by_action on audit (action, audit_id);
create index audit_by_time on audit (at);

-- Who an actor of the record is, by name: a person's, a key's, or what the record says.
create function actor_name(actor text) returns text language sql stable return coalesce(
    (select name from person where person_id = case when actor ~ '^person [0-9]{1,9}$' then substr(actor, 8)::int end),
    (select 'key ' || name from api_key where api_key_id = case when actor ~ '^key [0-9]{1,9}$' then substr(actor, 5)::int end),
    actor);

select grant_service();
