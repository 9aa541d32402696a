-- What agents see of their own work and say to it: comments, objections to an answer, and a manager's notes.

-- Which comments agents see of their customers: all at once, those older than so many days, or those that a manager has released.
alter table organisation
    add column agent_comments text not null default 'released'
        constraint organisation_agent_comments_are_known check (agent_comments in ('all', 'delayed', 'released')),
    add column agent_comment_days int not null default 7
        constraint organisation_agent_comment_days_range check (agent_comment_days between 1 and 90);

create table comment_release (
    invitation_id  bigint primary key constraint comment_release_answer_exists references response,
    released_at    timestamptz not null,
    released_by    int not null constraint comment_release_person_exists references person
);

-- An agent's request that an answer does not count for them. Its words are lost when the customer is erased, since they may tell of them.
create table objection (
    objection_id   bigint generated always as identity primary key,
    invitation_id  bigint not null constraint objection_answer_exists references response
                       constraint objection_to_an_answer_is_one unique,
    raised_at      timestamptz not null,
    raised_by      int not null constraint objection_person_exists references person,
    words          text constraint objection_words_length check (length(words) between 1 and 2000),
    constraint objection_is_known_with_its_answer unique (objection_id, invitation_id)
);

create table objection_decision (
    objection_id  bigint primary key constraint objection_decision_objection_exists references objection,
    is_accepted   boolean not null,
    reason        text constraint objection_decision_reason_length check (length(reason) between 1 and 2000),
    decided_at    timestamptz not null,
    decided_by    int not null constraint objection_decision_person_exists references person,
    constraint objection_decision_is_known_with_its_outcome unique (objection_id, is_accepted)
);

-- Answers that do not count for their agent. They go on counting for the team and for everything.
create table exclusion (
    invitation_id  bigint primary key constraint exclusion_answer_exists references response,
    objection_id   bigint not null constraint exclusion_of_an_objection_is_one unique,
    is_accepted    boolean not null default true constraint exclusion_is_of_an_accepted_objection check (is_accepted),
    excluded_at    timestamptz not null,
    constraint exclusion_objection_is_about_the_answer
        foreign key (objection_id, invitation_id) references objection (objection_id, invitation_id),
    constraint exclusion_objection_is_accepted
        foreign key (objection_id, is_accepted) references objection_decision (objection_id, is_accepted)
);

-- What a manager says to an agent about a month. A note is changed by a further version.
create table agent_note (
    agent_note_id  bigint generated always as identity primary key,
    agent_id       int not null constraint agent_note_agent_exists references agent,
    month          date not null constraint agent_note_month_is_its_first_day check (extract(day from month) = 1),
    version        int not null constraint agent_note_version_range check (version between 1 and 50),
    words          text not null constraint agent_note_words_length check (length(words) between 1 and 4000),
    written_at     timestamptz not null,
    written_by     int not null constraint agent_note_person_exists references person,
    constraint agent_note_version_is_unique unique (agent_id, month, version)
);

create table agent_note_reply (
    agent_note_id  bigint not null constraint agent_note_reply_note_exists references agent_note,
    number         int not null constraint agent_note_reply_number_range check (number between 1 and 20),
    words          text not null constraint agent_note_reply_words_length check (length(words) between 1 and 4000),
    written_at     timestamptz not null,
    written_by     int not null constraint agent_note_reply_person_exists references person,
    primary key (agent_note_id, number)
);

create trigger comment_release_is_append_only
    before update or delete or truncate on comment_release for each statement execute function refuse_change();
create trigger exclusion_is_append_only
    before update or delete or truncate on exclusion for each statement execute function refuse_change();
create trigger agent_note_is_append_only
    before update or delete or truncate on agent_note for each statement execute function refuse_change();
create trigger agent_note_reply_is_append_only
    before update or delete or truncate on agent_note_reply for each statement execute function refuse_change();
create trigger objection_is_append_only
    before update or delete or truncate on objection for each statement execute function refuse_change('UPDATE');
create trigger objection_loses_its_words_only before update on objection for each row
    when (to_jsonb(new) <> to_jsonb(old) || '{"words": null}')
    execute function refuse_change();
create trigger objection_decision_is_append_only
    before update or delete or truncate on objection_decision for each statement execute function refuse_change('UPDATE');
create trigger objection_decision_loses_its_reason_only before update on objection_decision for each row
    when (to_jsonb(new) <> to_jsonb(old) || '{"reason": null}')
    execute function refuse_change();

-- Answers that an accepted objection keeps out of their agent's figures, counted apart in the cells that agents are told apart by.
alter table answer_cell
    add column is_excluded boolean not null default false,
    drop constraint answer_cell_pkey,
    add constraint answer_cell_pkey primary key (cut, within, value, day, effort, suspect, is_excluded);

analyze organisation;
select grant_service();
