-- Managers of some teams or portfolios read follow-ups, and what they review of agents, as hearback_scoped too.
--
-- What belongs to an invitation is looked up by its key: "exists" would let PostgreSQL read all invitations at once instead.

alter policy response_is_within_the_scope on response using ((
    select true from invitation i where i.invitation_id = response.invitation_id));
alter policy follow_up_is_within_the_scope on follow_up using ((
    select true from invitation i where i.invitation_id = follow_up.invitation_id));

-- Names of who wrote, decided or looks after something, and of keys; nothing else of them.
grant select (person_id, name) on person to hearback_scoped;
grant select (api_key_id, name) on api_key to hearback_scoped;

-- Customers whose invitations are seen, by reference only.
alter table customer enable row level security;
create policy customer_is_served on customer to hearback_service using (true) with check (true);
create policy customer_is_within_the_scope on customer for select to hearback_scoped using ((
    select true from invitation i where i.customer_id = customer.customer_id limit 1));
grant select (customer_id, ref, is_erased) on customer to hearback_scoped;

-- What was said about an answer belongs to whom its invitation belongs to.
do $$
declare
    said text;
begin
    foreach said in array array['comment_release', 'objection', 'exclusion'] loop
        execute format('alter table %I enable row level security', said);
        execute format('create policy %I on %I to hearback_service using (true) with check (true)', said || '_is_served', said);
        execute format(
            'create policy %I on %I for select to hearback_scoped using ((
                select true from invitation i where i.invitation_id = %2$I.invitation_id))',
            said || '_is_within_the_scope', said);
        execute format('grant select on %I to hearback_scoped', said);
    end loop;
end
$$;

alter table objection_decision enable row level security;
create policy objection_decision_is_served on objection_decision to hearback_service using (true) with check (true);
create policy objection_decision_is_within_the_scope on objection_decision for select to hearback_scoped using ((
    select true from objection o where o.objection_id = objection_decision.objection_id));
grant select on objection_decision to hearback_scoped;

-- A note belongs to the team that its agent is in now.
alter table agent_note enable row level security;
create policy agent_note_is_served on agent_note to hearback_service using (true) with check (true);
create policy agent_note_is_within_the_scope on agent_note for select to hearback_scoped using ((
    select true from agent a where a.agent_id = agent_note.agent_id and a.team_id = any ((select scope_teams())::int[])));
grant select on agent_note to hearback_scoped;

alter table agent_note_reply enable row level security;
create policy agent_note_reply_is_served on agent_note_reply to hearback_service using (true) with check (true);
create policy agent_note_reply_is_within_the_scope on agent_note_reply for select to hearback_scoped using ((
    select true from agent_note n where n.agent_note_id = agent_note_reply.agent_note_id));
grant select on agent_note_reply to hearback_scoped;

select grant_service();
