-- Follow-ups: answers that need a person.

create type follow_up_reason as enum ('complaint', 'distress');

create table follow_up (
    follow_up_id   bigint generated always as identity primary key,
    invitation_id  bigint not null constraint follow_up_answer_exists references response,
    reason         follow_up_reason not null,
    opened_at      timestamptz not null,
    -- "customer", "words" (a rule found them in the comment), or whoever read it.
    opened_by      text not null,
    -- The complaint that was made in the answer, and the last days of its terms, in the organisation's zone.
    complaint_id   bigint constraint follow_up_complaint_exists references complaint,
    first_due_on   date,
    final_due_on   date,
    -- When those who look after follow-ups were told.
    alerted_at     timestamptz,
    closed_at      timestamptz constraint follow_up_ends_after_its_start check (closed_at >= opened_at),
    closed_by      text,
    closing_note   text,
    constraint follow_up_is_one_for_each_reason unique (invitation_id, reason),
    constraint follow_up_of_a_complaint_has_terms
        check ((reason = 'complaint') = (num_nonnulls(complaint_id, first_due_on, final_due_on) = 3)),
    constraint follow_up_is_closed_by_somebody check (num_nulls(closed_at, closed_by) in (0, 2))
);
create index follow_up_open on follow_up (follow_up_id) where closed_at is null;
create index follow_up_not_alerted on follow_up (follow_up_id) where alerted_at is null;
create index follow_up_by_complaint on follow_up (complaint_id) where complaint_id is not null;

create function tell_of_follow_up() returns trigger language plpgsql as $$
begin
    perform pg_notify('follow_ups', '');
    return null;
end
$$;
create trigger follow_up_is_told after insert on follow_up for each row execute function tell_of_follow_up();

-- Whether a comment is only for those who look after its writer.
create function is_kept_back(invitation bigint) returns boolean language sql stable return exists (
    select from follow_up f where f.invitation_id = invitation and f.reason = 'distress');
