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
    lock: """
        select from customer where ref in (select ref from staged_customer where status is null) order by ref for no key update
        """,
    refuse: [
        """
        update staged_customer s
        set status = 'refused', reason = format('"%s" is not a time zone; use a name like America/New_York', time_zone)
        where status is null and time_zone is not null
            and time_zone not in (select name from pg_timezone_names)
        """,
        """
        update staged_customer
        set status = 'refused', reason = case
            when upper(country) !~ '^[A-Z]{2}$' then format('"%s" is not a country; use a code like US', country)
            when upper(region) !~ '^[A-Z0-9]{1,3}$' then format('"%s" is not a region; use a code like NY', region)
            else format('"%s" are not hours; write them like 18:00-21:00, the first time before the second', contact_hours)
        end
        where status is null and (upper(country) !~ '^[A-Z]{2}$' or upper(region) !~ '^[A-Z0-9]{1,3}$'
            or contact_hours !~ '^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$'
            or split_part(contact_hours, '-', 1) >= split_part(contact_hours, '-', 2))
        """,
        """
        update staged_customer
        set status = 'refused',
            reason = format('"%s" must name days without contact, such as "saturday sunday", and leave one free', not_on)
        where status is null and not_on is not null
            and (cardinality(days_besides(not_on)) is null or exists (
                select from regexp_split_to_table(lower(not_on), '[ ,;]+') day
                where day not in ('monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday')))
        """,
    ],
    merge: """
        with first as materialized (
            select distinct on (ref) line, ref, language, time_zone, segment, email, phone, name, street, city, postcode,
                upper(country) as country, upper(region) as region, email_basis, email_basis_at, work_email, sms_consent_at,
                preferred_channel, days_besides(not_on) as own_days, minute_of_day(split_part(contact_hours, '-', 1)) as own_opens,
                minute_of_day(split_part(contact_hours, '-', 2)) as own_closes
            from staged_customer where status is null order by ref, line
        ), incoming as materialized (
            select f.*, known.customer_id from first f left join customer known on known.ref = f.ref
        ), created as (
            insert into customer
                (ref, language, time_zone, segment, email, phone, name, street, city, postcode, country, region, email_basis,
                 email_basis_at, work_email, sms_consent_at, preferred_channel, own_days, own_opens, own_closes)
            select ref, language, time_zone, segment, email, phone, name, street, city, postcode, country, region, email_basis,
                email_basis_at, coalesce(work_email, false), sms_consent_at, preferred_channel, own_days, own_opens, own_closes
            from incoming where customer_id is null
            order by line
            on conflict (ref) do nothing
            returning ref
        ), merged as (
            -- What a record leaves out stays as it is known.
            select c.customer_id, coalesce(n.language, c.language) as language, coalesce(n.time_zone, c.time_zone) as time_zone,
                coalesce(n.segment, c.segment) as segment, coalesce(n.email, c.email) as email,
                coalesce(n.phone, c.phone) as phone, coalesce(n.name, c.name) as name, coalesce(n.street, c.street) as street,
                coalesce(n.city, c.city) as city, coalesce(n.postcode, c.postcode) as postcode,
                coalesce(n.country, c.country) as country, coalesce(n.region, c.region) as region,
                -- Ground and consent belong to the address they were given for.
                coalesce(n.email_basis, case when n.email is null or n.email = c.email then c.email_basis end) as email_basis,
                coalesce(n.email_basis_at, case when n.email is null or n.email = c.email then c.email_basis_at end)
                    as email_basis_at,
                coalesce(n.work_email, (n.email is null or n.email = c.email) and c.work_email) as work_email,
                coalesce(n.sms_consent_at, case when n.phone is null or n.phone = c.phone then c.sms_consent_at end)
                    as sms_consent_at,
                case when n.phone is null or n.phone = c.phone then c.last_text_at end as last_text_at,
                coalesce(n.preferred_channel, c.preferred_channel) as preferred_channel,
                coalesce(n.own_days, c.own_days) as own_days, coalesce(n.own_opens, c.own_opens) as own_opens,
                coalesce(n.own_closes, c.own_closes) as own_closes
            from incoming n join customer c on c.customer_id = n.customer_id
        ), changed as (
            update customer c
            set last_text_at = n.last_text_at, (language, time_zone, segment, email, phone, name, street, city, postcode, country, region, email_basis,
                email_basis_at, work_email, sms_consent_at, preferred_channel, own_days, own_opens, own_closes)
                = (n.language, n.time_zone, n.segment, n.email, n.phone, n.name, n.street, n.city, n.postcode, n.country,
                n.region, n.email_basis, n.email_basis_at, n.work_email, n.sms_consent_at, n.preferred_channel, n.own_days,
                n.own_opens, n.own_closes)
            from merged n
            where c.customer_id = n.customer_id
                and (n.language, n.time_zone, n.segment, n.email, n.phone, n.name, n.street, n.city, n.postcode, n.country,
                    n.region, n.email_basis, n.email_basis_at, n.work_email, n.sms_consent_at, n.preferred_channel, n.own_days,
                    n.own_opens, n.own_closes)
                is distinct from (c.language, c.time_zone, c.segment, c.email, c.phone, c.name, c.street, c.city, c.postcode,
                    c.country, c.region, c.email_basis, c.email_basis_at, c.work_email, c.sms_consent_at, c.preferred_channel,
                    c.own_days, c.own_opens, c.own_closes)
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
