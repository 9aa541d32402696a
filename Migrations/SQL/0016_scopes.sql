-- What somebody sees who sees some teams or portfolios only: enforced by the database, whatever a statement asks for.
--
-- A transaction of the service takes the role hearback_scoped and says in "hearback.teams" and "hearback.portfolios", as numbers with
-- commas between, whose scope it reads in; without them it sees nothing. The role can read figures and what they are made of,
-- and change nothing; customers, accounts, messages, people and the record are out of its reach.

do $$
begin
    if not exists (select from pg_roles where rolname = 'hearback_scoped') then
        create role hearback_scoped nologin;
    end if;
    if not pg_has_role(current_user, 'hearback_scoped', 'member') then
        execute format('grant hearback_scoped to %I', current_user);
    end if;
exception
    -- Another database of the same server is being made at the same time.
    when duplicate_object or unique_violation then null;
    when insufficient_privilege then
        raise exception 'ask who administers the database server to run: create role hearback_scoped nologin; grant hearback_scoped to %',
            quote_ident(current_user);
end
$$;

create function scope_teams() returns int[] language sql stable parallel safe return
    coalesce(string_to_array(nullif(current_setting('hearback.teams', true), ''), ',')::int[], '{}');
create function scope_portfolios() returns int[] language sql stable parallel safe return
    coalesce(string_to_array(nullif(current_setting('hearback.portfolios', true), ''), ',')::int[], '{}');

grant usage on schema public to hearback_scoped;
grant select on organisation, team, agent, portfolio, topic, label, survey, survey_version, policy_version, cell_refresh, figure_change
    to hearback_scoped;

-- A cell belongs to the teams or portfolios that it is about, or within which it tells apart. The parts are alternatives that each
-- use the cells' key; the sub-selects are evaluated once a statement.
do $$
declare
    cells text;
begin
    foreach cells in array array['answer_cell', 'asking_cell', 'skip_cell', 'answered_cell', 'handling_cell', 'duration_cell',
        'contact_cell', 'window_cell', 'complaint_cell', 'closing_cell']
    loop
        execute format('alter table %I enable row level security', cells);
        execute format('create policy %I on %I to hearback_service using (true) with check (true)', cells || '_is_served', cells);
        execute format($policy$
            create policy %I on %I for select to hearback_scoped using (
                cut = 'team' and within = 0 and value = any ((select scope_teams())::int[])
                or cut = any ('{team.portfolio, team.agent, team.topic, team.channel, team.segment, team.outcome, team.category,
                        team.language, team.survey_channel, team.survey_version}')
                    and within = any ((select scope_teams())::int[])
                or cut = 'portfolio' and within = 0 and value = any ((select scope_portfolios())::int[])
                or cut = any ('{portfolio.agent, portfolio.topic, portfolio.channel, portfolio.segment, portfolio.outcome,
                        portfolio.category, portfolio.language, portfolio.survey_channel, portfolio.survey_version}')
                    and within = any ((select scope_portfolios())::int[])
                or cut = 'team.portfolio' and value = any ((select scope_portfolios())::int[]))
            $policy$, cells || '_is_within_the_scope', cells);
        execute format('grant select on %I to hearback_scoped', cells);
    end loop;
end
$$;

-- A fact belongs to the team and to the portfolio that were recorded with it.
do $$
declare
    facts text;
begin
    foreach facts in array array['complaint', 'interaction', 'invitation'] loop
        execute format('alter table %I enable row level security', facts);
        execute format('create policy %I on %I to hearback_service using (true) with check (true)', facts || '_is_served', facts);
        execute format($policy$
            create policy %I on %I for select to hearback_scoped using (
                team_id = any ((select scope_teams())::int[]) or portfolio_id = any ((select scope_portfolios())::int[]))
            $policy$, facts || '_is_within_the_scope', facts);
        execute format('grant select on %I to hearback_scoped', facts);
    end loop;
    -- What was answered belongs to whom its invitation belongs to, which the role sees or does not see.
    foreach facts in array array['response', 'follow_up'] loop
        execute format('alter table %I enable row level security', facts);
        execute format('create policy %I on %I to hearback_service using (true) with check (true)', facts || '_is_served', facts);
        execute format(
            'create policy %I on %I for select to hearback_scoped using (exists (
                select from invitation i where i.invitation_id = %2$I.invitation_id))',
            facts || '_is_within_the_scope', facts);
        execute format('grant select on %I to hearback_scoped', facts);
    end loop;
end
$$;

-- It works with its owner's rights.
revoke execute on function write_audit from public;

select grant_service();
