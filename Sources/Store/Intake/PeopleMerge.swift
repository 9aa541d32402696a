/// Merges `staged_customer` into the customers.
let customerMerge = Merge(
    references: [
        """
        insert into label (name)
        select distinct segment from staged_customer s
        where segment is not null and not exists (select from label where name = s.segment)
        order by segment
        on conflict (name) do nothing
        """
    ],
    refuse: [
        """
        update staged_customer s
        set status = 'refused', reason = format('"%s" is not a time zone; use a name like America/New_York', time_zone)
        where status is null and time_zone is not null
            and time_zone not in (select name from pg_timezone_names)
        """
    ],
    merge: """
        with first as materialized (
            select distinct on (ref) * from staged_customer where status is null order by ref, line
        ), incoming as materialized (
            select f.*, known.customer_id from first f left join customer known on known.ref = f.ref
        ), created as (
            insert into customer (ref, language, time_zone, segment, email, phone)
            select ref, language, time_zone, segment, email, phone from incoming where customer_id is null
            order by line
            on conflict (ref) do nothing
            returning ref
        ), changed as (
            update customer c
            set language = coalesce(n.language, c.language),
                time_zone = coalesce(n.time_zone, c.time_zone),
                segment = coalesce(n.segment, c.segment),
                email = coalesce(n.email, c.email),
                phone = coalesce(n.phone, c.phone)
            from incoming n
            where c.customer_id = n.customer_id
                and (coalesce(n.language, c.language), coalesce(n.time_zone, c.time_zone),
                    coalesce(n.segment, c.segment), coalesce(n.email, c.email), coalesce(n.phone, c.phone))
                is distinct from (c.language, c.time_zone, c.segment, c.email, c.phone)
            returning c.ref, c.customer_id, c.segment
        ), filled as (
            -- Facts that came before the customer's first segment was known get it now; one that is recorded stays.
            update interaction i
            set segment_id = label.label_id
            from changed join label on label.name = changed.segment
            where i.customer_id = changed.customer_id and i.segment_id is null
            returning i.interaction_id, i.contact, i.started_at, i.ended_at
        ), touched as (
            insert into stale_contact (contact, started_at, ended_at) select contact, started_at, ended_at from filled
        ), marked as (
            insert into stale_day (fact, day)
            select distinct 'asking'::fact, (resolved_at at time zone time_zone)::date
            from filled join resolution using (interaction_id), organisation
        )
        update staged_customer s
        set status = case
            when created.ref is not null then 'created'
            when changed.ref is not null then 'updated'
            else 'unchanged'
        end
        from incoming
        left join created on created.ref = incoming.ref
        left join changed on changed.ref = incoming.ref
        where s.line = incoming.line
            and (incoming.customer_id is not null or created.ref is not null)
        """)

/// Merges `staged_account` into the accounts; unknown customers and portfolios are created by their reference.
let accountMerge = Merge(
    references: [
        """
        insert into customer (ref)
        select distinct customer from staged_account s
        where not exists (select from customer where ref = s.customer)
        order by customer
        on conflict (ref) do nothing
        """,
        """
        insert into portfolio (ref)
        select distinct portfolio from staged_account s
        where not exists (select from portfolio where ref = s.portfolio)
        order by portfolio
        on conflict (ref) do nothing
        """,
    ],
    refuse: [],
    merge: """
        with first as materialized (
            select distinct on (ref) * from staged_account where status is null order by ref, line
        ), incoming as materialized (
            select f.line, f.ref, customer.customer_id, portfolio.portfolio_id, known.account_id
            from first f
            join customer on customer.ref = f.customer
            join portfolio on portfolio.ref = f.portfolio
            left join account known on known.ref = f.ref
        ), created as (
            insert into account (ref, customer_id, portfolio_id)
            select ref, customer_id, portfolio_id from incoming where account_id is null
            order by line
            on conflict (ref) do nothing
            returning ref
        ), changed as (
            update account a
            set customer_id = n.customer_id, portfolio_id = n.portfolio_id
            from incoming n
            where a.account_id = n.account_id
                and (n.customer_id, n.portfolio_id) is distinct from (a.customer_id, a.portfolio_id)
            returning a.ref
        )
        update staged_account s
        set status = case
            when created.ref is not null then 'created'
            when changed.ref is not null then 'updated'
            else 'unchanged'
        end
        from incoming
        left join created on created.ref = incoming.ref
        left join changed on changed.ref = incoming.ref
        where s.line = incoming.line
            and (incoming.account_id is not null or created.ref is not null)
        """)

/// Merges `staged_agent` into the agents. A moved agent's earlier interactions and invitations keep their team.
let agentMerge = Merge(
    references: [
        """
        insert into team (ref)
        select distinct team from staged_agent s
        where team is not null and not exists (select from team where ref = s.team)
        order by team
        on conflict (ref) do nothing
        """
    ],
    refuse: [],
    merge: """
        with first as materialized (
            select distinct on (ref) * from staged_agent where status is null order by ref, line
        ), incoming as materialized (
            select f.line, f.ref, f.name, team.team_id, f.active, known.agent_id
            from first f
            left join team on team.ref = f.team
            left join agent known on known.ref = f.ref
        ), created as (
            insert into agent (ref, name, team_id, active)
            select ref, coalesce(name, ref), team_id, coalesce(active, true) from incoming where agent_id is null
            order by line
            on conflict (ref) do nothing
            returning ref
        ), changed as (
            update agent a
            set name = coalesce(n.name, a.name),
                team_id = coalesce(n.team_id, a.team_id),
                active = coalesce(n.active, a.active)
            from incoming n
            where a.agent_id = n.agent_id
                and (coalesce(n.name, a.name), coalesce(n.team_id, a.team_id), coalesce(n.active, a.active))
                is distinct from (a.name, a.team_id, a.active)
            returning a.ref, a.agent_id, a.team_id
        ), filled as (
            -- Facts that came before the agent's first team was known get it now; a team that is recorded stays.
            update interaction i
            set team_id = changed.team_id
            from changed
            where changed.team_id is not null and i.agent_id = changed.agent_id and i.team_id is null
            returning i.interaction_id, i.contact, i.started_at, i.ended_at
        ), touched as (
            insert into stale_contact (contact, started_at, ended_at) select contact, started_at, ended_at from filled
        ), marked as (
            insert into stale_day (fact, day)
            select distinct 'asking'::fact, (resolved_at at time zone time_zone)::date
            from filled join resolution using (interaction_id), organisation
            union all
            -- Pages show names, and which team somebody belongs to.
            select 'names', current_date where exists (select from changed)
        )
        update staged_agent s
        set status = case
            when created.ref is not null then 'created'
            when changed.ref is not null then 'updated'
            else 'unchanged'
        end
        from incoming
        left join created on created.ref = incoming.ref
        left join changed on changed.ref = incoming.ref
        where s.line = incoming.line
            and (incoming.agent_id is not null or created.ref is not null)
        """)
