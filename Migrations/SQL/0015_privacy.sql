-- Privacy: how long personal data are kept, and what is left of somebody who was erased.

create table retention (
    only_row        boolean primary key default true constraint retention_is_one check (only_row),
    -- How many days after an invitation closes its customer's contact details are forgotten.
    contact_days    int not null default 30 constraint retention_contact_days_range check (contact_days between 0 and 3650),
    -- How many months after an answer its comment is removed.
    comment_months  int not null default 13 constraint retention_comment_months_range check (comment_months between 1 and 120)
);
insert into retention default values;

-- Keyed hashes by which those who were erased, and their records, are known again. Nothing else: neither a time nor a kind leads
-- from a hash to the rows that were left.
create table suppression (
    hash  bytea primary key constraint suppression_hash_is_whole check (length(hash) = 32)
);

-- Whoever was erased is left as a name that means nothing, so that their contacts can still be told from other people's.
alter table customer add column is_erased boolean not null default false;

-- Without a time: the same moment would lead from the audit of an erasure to its rows.
alter table response
    add column comment_is_removed boolean not null default false,
    add constraint response_removed_comment_is_gone check (not comment_is_removed or comment is null),
    drop constraint response_says_something,
    add constraint response_says_something
        check (num_nonnulls(nps, csat, ces, resolved, choices, comment) > 0 or comment_is_removed);

create index response_with_comment on response (answered_at, invitation_id) where comment is not null;
create index delivery_with_address on delivery (started_at, delivery_id) where address is not null;
-- With those of inbound and outbound interactions, all of a customer's are found.
create index interaction_planned on interaction (customer_id, started_at) where planned and direction = 'inbound';

-- All interactions of a customer.
create function customer_interactions(customer bigint) returns setof interaction language sql stable as $$
    select * from interaction where customer_id = customer and direction = 'inbound' and not planned
    union all
    select * from interaction where customer_id = customer and direction = 'inbound' and planned
    union all
    select * from interaction where customer_id = customer and direction = 'outbound'
$$;

-- The same, with those that nobody is named for and that belong to the customer's transfers and complaints.
create function interactions_about(customer bigint) returns setof interaction language sql stable as $$
    select * from customer_interactions(customer)
    union all
    select * from interaction
    where interaction_id in (
        select leg.interaction_id from customer_interactions(customer) i join interaction leg using (contact)
        where leg.customer_id is null
        union
        select i.interaction_id from complaint c join interaction i using (complaint_id)
        where c.customer_id = customer and i.customer_id is null
        union
        select i.interaction_id from complaint c join interaction i on i.complaint_ref = c.ref and i.complaint_id is null
        where c.customer_id = customer and i.customer_id is null)
$$;

-- What a reference becomes within an erasure: the same for the same one, by a secret that nobody keeps.
create function erased_ref(ref text) returns text language sql stable return
    'erased-' || left(encode(sha256(convert_to(current_setting('hearback.erasing') || ref, 'UTF8')), 'hex'), 32)::uuid;

-- Rows that are never changed stay so, but for what a trigger's argument names and a transaction that sets "hearback.erasing":
-- such an update must be exactly the one that the table's other trigger lets through.
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
    if tg_op = tg_argv[0] and current_setting('hearback.erasing', true) <> '' then
        return null;
    end if;
    raise exception using
        errcode = 'restrict_violation',
        message = format('%s rows cannot be changed or deleted', tg_table_name),
        table = tg_table_name,
        constraint = tg_name;
end
$$;

drop trigger response_is_append_only on response;
create trigger response_is_append_only
    before update or delete or truncate on response execute function refuse_change('UPDATE');
create trigger response_loses_its_comment_only before update on response for each row
    when (old.comment is null or to_jsonb(new) <> to_jsonb(old) || '{"comment": null, "comment_is_removed": true}')
    execute function refuse_change();

drop trigger decision_is_append_only on decision;
create trigger decision_is_append_only
    before update or delete or truncate on decision execute function refuse_change('UPDATE');
create trigger decision_loses_its_inputs_only before update on decision for each row
    when (to_jsonb(new) <> to_jsonb(old) || '{"inputs": {}}')
    execute function refuse_change();

drop trigger hold_is_append_only on hold;
create trigger hold_is_append_only before update or delete or truncate on hold execute function refuse_change('UPDATE');
create trigger hold_loses_its_inputs_only before update on hold for each row
    when (to_jsonb(new) <> to_jsonb(old) || '{"inputs": {}}')
    execute function refuse_change();

drop trigger invitation_is_frozen on invitation;
create trigger invitation_is_frozen
    before delete or truncate or update of
        resolution_id, survey_version_id, language, customer_id, complaint_id, interaction_id, agent_id, team_id, portfolio_id,
        topic_id, channel, issued_at, expires_at, segment_id, outcome, handle_seconds, account_id
    on invitation execute function refuse_change('UPDATE');
create trigger invitation_only_ends_sooner before update on invitation for each row
    when (current_setting('hearback.erasing', true) <> ''
        and (to_jsonb(new) - 'expires_at' <> to_jsonb(old) - 'expires_at' or new.expires_at > old.expires_at))
    execute function refuse_change();

-- Nothing is counted from choices.
drop trigger customer_choice_is_append_only on customer_choice;
create trigger customer_choice_is_append_only
    before update or delete or truncate on customer_choice execute function refuse_change('DELETE');

analyze retention;
select grant_service();
