-- From a resolution to an answer: what was asked, why, of whom, and what they said.

create table survey (
    survey_id  int generated always as identity primary key,
    name       text not null constraint survey_name_is_unique unique
);

-- A version is never changed once it is published: every response means what its version asked.
create table survey_version (
    survey_version_id  int generated always as identity primary key,
    survey_id          int not null constraint survey_version_survey_exists references survey,
    number             int not null,
    definition         jsonb not null,
    source             text not null,
    source_sha256      bytea not null,
    -- The effort scale of this version: its points, and whether a low score is the good one.
    ces_points         smallint constraint survey_version_ces_scale check (ces_points in (5, 7)),
    ces_lower_is_better boolean,
    published_at       timestamptz not null,
    constraint survey_version_number_is_unique unique (survey_id, number),
    constraint survey_version_ces_is_whole check ((ces_points is null) = (ces_lower_is_better is null))
);

create table policy_version (
    policy_version_id  int generated always as identity primary key,
    -- How long after the resolution to ask, and how long the link is open.
    delay              interval not null constraint policy_delay_is_not_negative check (delay >= interval '0'),
    expiry             interval not null constraint policy_expiry_is_positive check (expiry > interval '0'),
    published_at       timestamptz not null
);
insert into policy_version (delay, expiry, published_at) values (interval '24 hours', interval '336 hours', now());

-- One closing of a complaint, or one handled interaction without a complaint. It gets exactly one decision.
create table resolution (
    resolution_id       bigint generated always as identity primary key,
    complaint_id        bigint,
    complaint_sequence  int,
    interaction_id      bigint constraint resolution_interaction_exists references interaction
                            constraint resolution_of_an_interaction_is_one unique,
    resolved_at         timestamptz not null,
    decided             boolean not null default false,
    constraint resolution_complaint_change_exists
        foreign key (complaint_id, complaint_sequence) references complaint_change (complaint_id, sequence),
    constraint resolution_of_a_complaint_closing_is_one unique (complaint_id, complaint_sequence),
    constraint resolution_is_of_a_complaint_or_an_interaction
        check (num_nonnulls(complaint_id, interaction_id) = 1
            and (complaint_id is null) = (complaint_sequence is null))
);
create index resolution_undecided on resolution (resolved_at) where not decided;

create type decision_outcome as enum ('invite', 'skip');

-- Why somebody was or was not asked: the rule that decided, and the policy it came from.
create table decision (
    resolution_id      bigint primary key constraint decision_resolution_exists references resolution,
    outcome            decision_outcome not null,
    rule               text not null,
    policy_version_id  int not null constraint decision_policy_exists references policy_version,
    decided_at         timestamptz not null
);
create index decision_by_time on decision (decided_at);

-- Attribution is frozen here: a figure never moves because an agent was moved or an interaction corrected later.
create table invitation (
    invitation_id      bigint generated always as identity primary key,
    resolution_id      bigint not null constraint invitation_decision_exists references decision
                           constraint invitation_of_a_resolution_is_one unique,
    survey_version_id  int not null constraint invitation_survey_version_exists references survey_version,
    language           text not null,
    customer_id        bigint not null constraint invitation_customer_exists references customer,
    complaint_id       bigint constraint invitation_complaint_exists references complaint,
    interaction_id     bigint constraint invitation_interaction_exists references interaction,
    -- Copied from the interaction and the complaint above, whose own foreign keys keep these from disappearing.
    agent_id           int,
    team_id            int,
    portfolio_id       int,
    topic_id           int,
    channel            contact_channel,
    issued_at          timestamptz not null,
    expires_at         timestamptz not null,
    constraint invitation_expires_after_its_issue check (expires_at > issued_at)
);
create index invitation_by_issue on invitation (issued_at);
create index invitation_by_customer on invitation (customer_id);

-- What one customer said. At most one per invitation, and never changed.
create table response (
    invitation_id  bigint primary key constraint response_invitation_exists references invitation,
    answered_at    timestamptz not null,
    language       text not null,
    nps            smallint constraint response_nps_in_range check (nps between 0 and 10),
    csat           smallint constraint response_csat_in_range check (csat between 1 and 5),
    ces            smallint,
    ces_points     smallint,
    resolved       boolean,
    choices        jsonb,
    comment        text constraint response_comment_length check (length(comment) between 1 and 4000),
    constraint response_ces_in_range
        check ((ces is null) = (ces_points is null) and ces between 1 and ces_points),
    constraint response_says_something
        check (num_nonnulls(nps, csat, ces, resolved, choices, comment) > 0)
);
create index response_by_time on response (answered_at);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception using
        errcode = 'restrict_violation',
        message = format('%s rows cannot be changed or deleted', tg_table_name),
        table = tg_table_name,
        constraint = tg_name;
end
$$;
create trigger response_is_append_only
    before update or delete or truncate on response execute function refuse_change();
create trigger decision_is_append_only
    before update or delete or truncate on decision execute function refuse_change();
create trigger complaint_change_is_append_only
    before update or delete or truncate on complaint_change execute function refuse_change();
create trigger survey_version_is_immutable
    before update or delete or truncate on survey_version execute function refuse_change();
create trigger invitation_is_frozen
    before update or delete or truncate on invitation execute function refuse_change();
