-- Asking well: what is known of customers' wishes, policies, holds, and the messages that carry invitations.

create type email_basis as enum ('used', 'consented', 'creditor_notice', 'prior_collector');
alter table customer
    add column name text,
    add column street text,
    add column city text,
    add column postcode text,
    -- ISO 3166: the country, and the rest of the code of its part.
    add column country text constraint customer_country_is_a_code check (country ~ '^[A-Z]{2}$'),
    add column region text constraint customer_region_is_a_code check (region ~ '^[A-Z0-9]{1,3}$'),
    add column email_basis email_basis,
    add column email_basis_at timestamptz,
    add column work_email boolean not null default false,
    add column sms_consent_at timestamptz,
    add column last_text_at timestamptz,
    add column preferred_channel survey_channel,
    -- When the customer wants to be reached, as somebody else recorded it: days (Monday is 1) and minutes of the day.
    add column own_days smallint[] constraint customer_has_a_day check (cardinality(own_days) between 1 and 7),
    add column own_opens smallint,
    add column own_closes smallint,
    add constraint customer_hours_are_in_order check (0 <= own_opens and own_opens < own_closes and own_closes <= 1440);

-- The days of the week that a list of days leaves free (Monday is 1); null if it leaves none.
create function days_besides(days text) returns smallint[] language sql immutable return (
    select array_agg(number::smallint order by number)
    from unnest(array['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'])
        with ordinality week (day, number)
    where day <> all (regexp_split_to_array(lower(days), '[ ,;]+')));

-- "18:30" is 1110.
create function minute_of_day(clock text) returns smallint language sql immutable return
    (split_part(clock, ':', 1)::int * 60 + split_part(clock, ':', 2)::int)::smallint;

-- How customers want to be asked, from their own page; the newest row counts, and wins over what was imported.
create table customer_choice (
    customer_choice_id  bigint generated always as identity primary key,
    customer_id         bigint not null constraint customer_choice_customer_exists references customer,
    channel             survey_channel,
    language            text,
    -- Days of the week, Monday is 1; minutes of the day.
    days                smallint[] not null constraint customer_choice_has_a_day check (cardinality(days) between 1 and 7),
    opens               smallint not null,
    closes              smallint not null,
    chosen_at           timestamptz not null,
    constraint customer_choice_hours_are_in_order check (0 <= opens and opens < closes and closes <= 1440)
);
create index customer_choice_newest on customer_choice (customer_id, customer_choice_id desc);
create trigger customer_choice_is_append_only
    before update or delete or truncate on customer_choice execute function refuse_change();

-- What stands in the way of asking somebody, whatever a policy says; opt-outs are such stops.
create table customer_stop (
    customer_stop_id  bigint generated always as identity primary key,
    ref               text not null constraint customer_stop_ref_is_unique unique,
    customer_id       bigint not null constraint customer_stop_customer_exists references customer,
    kind              text not null constraint customer_stop_kind_is_known check (kind in (
        'cease-communication', 'attorney-represented', 'deceased', 'bankrupt', 'dispute-open', 'breathing-space',
        'vulnerable', 'minor', 'legal-hold', 'wrong-party', 'opted-out', 'opted-out-of-surveys')),
    -- Who says so, such as "crm", "one-click" or "text message".
    source            text not null,
    starts_at         timestamptz not null,
    ends_at           timestamptz constraint customer_stop_ends_after_its_start check (ends_at > starts_at)
);
create index customer_stop_by_customer on customer_stop (customer_id);

-- Addresses that are not used any more: they do not take messages, or their readers want none.
create table suspended_address (
    address       text primary key constraint suspended_address_is_lower_case check (address = lower(address)),
    reason        text not null,
    suspended_at  timestamptz not null
);

-- Contacts that other systems made: they count toward the rolling cap.
create table reported_contact (
    reported_contact_id  bigint generated always as identity primary key,
    ref                  text not null constraint reported_contact_ref_is_unique unique,
    customer_id          bigint not null constraint reported_contact_customer_exists references customer,
    channel              contact_channel,
    contacted_at         timestamptz not null
);
create index reported_contact_by_customer on reported_contact (customer_id, contacted_at);
create index interaction_outbound on interaction (customer_id, started_at) where direction = 'outbound';

-- A version is a set of policies; how each is chosen is in the definition.
alter table policy_version
    add column definition jsonb,
    add column source text;
comment on column policy_version.delay is 'The shortest of its policies.';
comment on column policy_version.expiry is 'The longest of its policies.';
update policy_version set source = '', definition = jsonb_build_array(jsonb_build_object(
    'name', 'standard', 'scope', jsonb_build_object('portfolios', '[]'::jsonb, 'topics', '[]'::jsonb,
        'jurisdictions', '[]'::jsonb),
    'delay', extract(epoch from delay)::bigint, 'expiry', extract(epoch from expiry)::bigint,
    'staleAfter', 3153600000, 'sampling', 1, 'channels', jsonb_build_array('link'), 'customerRestDays', 0,
    'accountRestDays', 0, 'needsEmailBasis', true, 'allowsWorkEmail', false, 'spread', 0));
alter table policy_version
    alter column definition set not null,
    alter column source set not null;
create trigger policy_version_is_immutable
    before update or delete or truncate on policy_version execute function refuse_change();

-- A resolution that is held is judged again at this time.
alter table resolution add column held_until timestamptz;
drop index resolution_undecided;
create index resolution_undecided on resolution (resolved_at) where not decided and held_until is null;
create index resolution_held on resolution (held_until) where not decided and held_until is not null;

alter table decision
    -- The policy of the version, and the values that the rule looked at.
    add column policy text,
    add column inputs jsonb not null default '{}';

-- Every time a decision was put off, and why.
create table hold (
    resolution_id      bigint not null constraint hold_resolution_exists references resolution,
    held_at            timestamptz not null,
    until              timestamptz not null constraint hold_ends_after_its_start check (until > held_at),
    rule               text not null,
    inputs             jsonb not null,
    policy             text not null,
    policy_version_id  int not null constraint hold_policy_exists references policy_version,
    constraint hold_is_one_at_a_time primary key (resolution_id, held_at)
);
create trigger hold_is_append_only before update or delete or truncate on hold execute function refuse_change();

alter table invitation add column account_id bigint;
create index invitation_by_customer_and_time on invitation (customer_id, issued_at);
drop index invitation_by_customer;
create index invitation_by_account on invitation (account_id, issued_at) where account_id is not null;

-- The channel may change until the invitation has reached somebody by it; everything else is frozen.
drop trigger invitation_is_frozen on invitation;
create trigger invitation_is_frozen
    before delete or truncate or update of
        resolution_id, survey_version_id, language, customer_id, complaint_id, interaction_id, agent_id, team_id, portfolio_id,
        topic_id, channel, issued_at, expires_at, segment_id, outcome, handle_seconds, account_id
    on invitation execute function refuse_change();

create type message_reason as enum ('invitation', 'reminder');
create type message_state as enum ('queued', 'sending', 'sent', 'cancelled', 'dead');

-- The outbox: one message for each reason to write to somebody, whatever the attempts and channels it takes.
create table message (
    message_id     bigint generated always as identity primary key,
    invitation_id  bigint not null constraint message_invitation_exists references invitation,
    reason         message_reason not null,
    customer_id    bigint not null,
    state          message_state not null default 'queued',
    -- Tried next, and after it in this order.
    channel        survey_channel not null,
    fallbacks      survey_channel[] not null default '{}',
    due_at         timestamptz not null,
    -- By this channel so far.
    attempts       smallint not null default 0,
    -- Until when the worker that took it has time; afterwards it is taken to have died.
    claimed_until  timestamptz,
    -- The attempt that is under way.
    delivery_id    bigint,
    settled_at     timestamptz,
    -- Why it was cancelled, or is dead.
    rule           text,
    constraint message_is_one_for_each_reason unique (invitation_id, reason),
    constraint message_is_claimed_while_sending check ((state = 'sending') = (claimed_until is not null) and (state = 'sending') = (delivery_id is not null)),
    constraint message_is_settled_at_its_end check ((state in ('sent', 'cancelled', 'dead')) = (settled_at is not null))
);
create index message_due on message (channel, due_at) where state = 'queued';
create index message_sending on message (customer_id) where state = 'sending';
create index message_dead on message (message_id) where state = 'dead';
create index message_by_customer on message (customer_id, settled_at) where state = 'sent';

create type delivery_outcome as enum ('sent', 'deferred', 'refused', 'uncertain', 'not-tried');

-- One attempt of one message. The row is written before the attempt, so that a worker's death leaves a trace.
create table delivery (
    delivery_id   bigint generated always as identity primary key,
    message_id    bigint not null constraint delivery_message_exists references message,
    channel       survey_channel not null,
    -- Where it went to; forgotten with the customer's other contact details.
    address       text,
    started_at    timestamptz not null,
    finished_at   timestamptz,
    outcome       delivery_outcome,
    -- What the other side said, without anything secret.
    detail        text,
    -- The other side's name for the message.
    provider_ref  text,
    -- What was heard of it later.
    delivered_at  timestamptz,
    failed_at     timestamptz
);
create index delivery_by_message on delivery (message_id);
create index delivery_by_address on delivery (address, delivery_id) where address is not null;
create index customer_by_phone on customer (phone) where phone is not null;
create index customer_by_email on customer (lower(email)) where email is not null;
create index delivery_by_provider_ref on delivery (provider_ref) where provider_ref is not null;

-- The score that a customer sent back as a text. It is answered with the link to the rest, and becomes a response by itself if they
-- do not go on.
create table texted_answer (
    invitation_id  bigint primary key constraint texted_answer_invitation_exists references invitation,
    score          smallint not null,
    texted_at      timestamptz not null
);

-- The operator's own words for messages; the newest of a channel and language is used.
create table message_template (
    message_template_id  int generated always as identity primary key,
    channel              survey_channel not null,
    language             text not null,
    source               text not null,
    published_at         timestamptz not null
);

-- How fast each channel may send, over all processes: the moment up to which its pace is used up.
create table channel_pace (
    channel   survey_channel primary key,
    used_up_to timestamptz not null
);

-- What a resolution is about, and what of it alone stands in the way of asking.
create function resolution_subject(resolution bigint)
returns table (
    complaint_id bigint, interaction_id bigint, customer_id bigint, account_id bigint, agent_id int, team_id int,
    portfolio_id int, topic_id int, channel contact_channel, outcome contact_outcome, handle_seconds int, obstacle text
) language sql stable as $$
    select null::bigint, i.interaction_id, i.customer_id, i.account_id, i.agent_id, i.team_id, i.portfolio_id, i.topic_id,
        i.channel, i.outcome, i.talk_seconds + i.hold_seconds + i.wrap_seconds,
        case
            when i.customer_id is null then 'customer-unknown'
            when i.complaint_ref is not null then 'part-of-a-complaint'
            when exists (
                select from interaction later
                where later.contact = i.contact and later.handled and later.complaint_ref is null
                    and (later.started_at, later.interaction_id) > (i.started_at, i.interaction_id)
            ) then 'earlier-leg'
        end
    from resolution r join interaction i on i.interaction_id = r.interaction_id
    where r.resolution_id = resolution
    union all
    select c.complaint_id, handler.interaction_id, c.customer_id, coalesce(c.account_id, handler.account_id),
        coalesce(c.agent_id, handler.agent_id), case when c.agent_id is null then handler.team_id else c.team_id end,
        coalesce(c.portfolio_id, handler.portfolio_id), coalesce(c.topic_id, handler.topic_id),
        coalesce(c.channel, handler.channel), handler.outcome, handler.handle_seconds,
        case
            when exists (
                select from complaint_change later
                where later.complaint_id = c.complaint_id and later.sequence > r.complaint_sequence
                    and later.state = 'reopened'
            ) then 'reopened'
        end
    from resolution r join complaint c on c.complaint_id = r.complaint_id
    left join lateral (
        select i.interaction_id, i.account_id, i.agent_id, i.team_id, i.portfolio_id, i.topic_id, i.channel, i.outcome,
            i.talk_seconds + i.hold_seconds + i.wrap_seconds as handle_seconds, i.started_at
        from interaction i
        where i.complaint_id = c.complaint_id and i.handled and i.started_at <= r.resolved_at
        union all
        -- A call whose import was not committed yet when the complaint came is not linked.
        select i.interaction_id, i.account_id, i.agent_id, i.team_id, i.portfolio_id, i.topic_id, i.channel, i.outcome,
            i.talk_seconds + i.hold_seconds + i.wrap_seconds, i.started_at
        from interaction i
        where i.complaint_id is null and i.complaint_ref = c.ref and i.handled and i.started_at <= r.resolved_at
        order by 10 desc
        limit 1
    ) handler on true
    where r.resolution_id = resolution
$$;

-- What a customer has to be asked by, as it stands at a moment.
create function customer_standing(customer bigint, at timestamptz)
returns table (
    customer_id bigint, country text, region text, time_zone text, language text, email text, email_basis text,
    email_basis_at timestamptz, work_email boolean, email_suspended boolean, phone text, phone_suspended boolean,
    sms_consent_at timestamptz, last_text_at timestamptz, has_postal_address boolean, preferred_channel text,
    own_days smallint[], own_opens smallint, own_closes smallint, stops text[], contacts timestamptz[]
) language sql stable as $$
    select c.customer_id, c.country, c.region, c.time_zone, coalesce(choice.language, c.language), c.email,
        c.email_basis::text, c.email_basis_at, c.work_email,
        exists (select from suspended_address s where s.address = lower(c.email)), c.phone,
        exists (select from suspended_address s where s.address = c.phone), c.sms_consent_at, c.last_text_at,
        c.street is not null and c.city is not null, (case when choice.customer_id is null then c.preferred_channel else choice.channel end)::text,
        case when choice.customer_id is null then coalesce(c.own_days, case when c.own_opens is not null then
            array[1, 2, 3, 4, 5, 6, 7]::smallint[] end) else choice.days end,
        case when choice.customer_id is null then coalesce(c.own_opens, case when c.own_days is not null then 0::smallint end)
            else choice.opens end,
        case when choice.customer_id is null
            then coalesce(c.own_closes, case when c.own_days is not null then 1440::smallint end) else choice.closes end,
        array(
            select s.kind from customer_stop s
            where s.customer_id = c.customer_id and s.starts_at <= at and (s.ends_at is null or s.ends_at > at)),
        array(
            select r.contacted_at from reported_contact r
            where r.customer_id = c.customer_id and r.contacted_at > at - interval '32 days' and r.contacted_at <= at
                -- One that came as an interaction too is counted once.
                and not exists (select from interaction same where same.ref = r.ref)
            union all
            select i.started_at from interaction i
            where i.customer_id = c.customer_id and i.direction = 'outbound'
                and i.started_at > at - interval '32 days' and i.started_at <= at
            union all
            select m.settled_at from message m
            where m.customer_id = c.customer_id and m.state = 'sent' and m.settled_at > at - interval '32 days'
                and m.settled_at <= at)
    from customer c
    left join lateral (
        select * from customer_choice newest where newest.customer_id = c.customer_id
        order by customer_choice_id desc limit 1
    ) choice on true
    where c.customer_id = customer
$$;
