/// Merges `staged_complaint` into the facts: the complaint itself, its changes of state, and a resolution for each closing.
let complaintMerge = Merge(
    references: [
        """
        insert into customer (ref)
        select distinct customer from staged_complaint s
        where customer is not null and not exists (select from customer where ref = s.customer)
        order by customer
        on conflict (ref) do nothing
        """,
        """
        insert into agent (ref, name)
        select distinct agent, agent from staged_complaint s
        where agent is not null and not exists (select from agent where ref = s.agent)
        order by agent
        on conflict (ref) do nothing
        """,
        """
        insert into portfolio (ref)
        select distinct portfolio from staged_complaint s
        where portfolio is not null and not exists (select from portfolio where ref = s.portfolio)
        order by portfolio
        on conflict (ref) do nothing
        """,
        """
        insert into topic (name)
        select distinct topic from staged_complaint s
        where topic is not null and not exists (select from topic where name = s.topic)
        order by topic
        on conflict (name) do nothing
        """,
    ],
    lock: """
        select from complaint where ref in (select ref from staged_complaint where status is null) order by ref for no key update
        """,
    refuse: [
        """
        update staged_complaint s
        set status = 'refused',
            reason = format('account "%s" is not known; send accounts before their complaints', s.account)
        where status is null and account is not null and not exists (select from account where ref = s.account)
        """,
        """
        update staged_complaint
        set status = 'refused',
            reason = format('it became %s at %s, before it was received at %s', state, state_at, received_at)
        where status is null and state_at < received_at
        """,
        // Only the first record of each reference is looked at: the next one is judged after this one is in.
        """
        with first as (
            select distinct on (ref) line, ref, received_at, coalesce(state, 'received') as state, state_at
            from staged_complaint where status is null order by ref, line
        ), judged as (
            select f.line, case
                when c.complaint_id is null and f.state in ('confirmed', 'reopened') then
                    format('a complaint that is not known yet cannot be %s; send its resolution first', f.state)
                when received.at <> f.received_at then
                    format('the complaint is recorded as received at %s; that cannot change', received.at)
                when f.state = 'received' or seen.complaint_id is not null then null
                when c.complaint_id is not null and step.from_state is null then
                    format('the complaint is %s since %s; it cannot become %s', c.state, c.state_at, f.state)
                when f.state_at < c.state_at then
                    format('the complaint is %s since %s; it cannot have become %s before that', c.state, c.state_at, f.state)
            end as reason
            from first f
            left join complaint c on c.ref = f.ref
            left join complaint_change received on received.complaint_id = c.complaint_id and received.sequence = 1
            left join complaint_change seen
                on seen.complaint_id = c.complaint_id and seen.state = f.state and seen.at = f.state_at
            left join complaint_transition step on step.from_state = c.state and step.to_state = f.state
        )
        update staged_complaint s
        set status = 'refused', reason = judged.reason
        from judged
        where s.line = judged.line and judged.reason is not null
        """,
    ],
    merge: """
        with first as materialized (
            select distinct on (ref) * from staged_complaint where status is null order by ref, line
        ), incoming as materialized (
            select f.line, f.ref, customer.customer_id, account.account_id,
                coalesce(portfolio.portfolio_id, account.portfolio_id) as portfolio_id, agent.agent_id, agent.team_id,
                topic.topic_id, f.channel, f.outcome, f.received_at, coalesce(f.state, 'received') as state, f.state_at,
                known.complaint_id, known.sequence as known_sequence,
                known.state as known_state, known.state_at as known_state_at,
                f.state <> 'received' and not exists (
                    select from complaint_change seen
                    where seen.complaint_id = known.complaint_id and seen.state = f.state and seen.at = f.state_at
                ) as moves
            from first f
            left join customer on customer.ref = f.customer
            left join account on account.ref = f.account
            left join portfolio on portfolio.ref = f.portfolio
            left join agent on agent.ref = f.agent
            left join topic on topic.name = f.topic
            left join complaint known on known.ref = f.ref
        ), created as (
            insert into complaint
                (ref, customer_id, account_id, portfolio_id, agent_id, team_id, topic_id, channel, outcome,
                 sequence, state, state_at)
            select ref, customer_id, account_id, portfolio_id, agent_id, team_id, topic_id, channel, outcome,
                case when state = 'received' then 1 else 2 end, state,
                case when state = 'received' then received_at else state_at end
            from incoming
            where complaint_id is null
            order by line
            on conflict (ref) do nothing
            returning complaint_id, ref
        ), changed as (
            update complaint c
            set customer_id = coalesce(n.customer_id, c.customer_id),
                account_id = coalesce(n.account_id, c.account_id),
                portfolio_id = coalesce(n.portfolio_id, c.portfolio_id),
                agent_id = coalesce(n.agent_id, c.agent_id),
                team_id = case when n.agent_id is null or n.agent_id = c.agent_id then c.team_id else n.team_id end,
                topic_id = coalesce(n.topic_id, c.topic_id),
                channel = coalesce(n.channel, c.channel),
                outcome = coalesce(n.outcome, c.outcome),
                sequence = case when n.moves then c.sequence + 1 else c.sequence end,
                state = case when n.moves then n.state else c.state end,
                state_at = case when n.moves then n.state_at else c.state_at end
            from incoming n
            where c.complaint_id = n.complaint_id
                and (n.moves
                    or (coalesce(n.customer_id, c.customer_id), coalesce(n.account_id, c.account_id),
                        coalesce(n.portfolio_id, c.portfolio_id), coalesce(n.agent_id, c.agent_id),
                        coalesce(n.topic_id, c.topic_id), coalesce(n.channel, c.channel), coalesce(n.outcome, c.outcome))
                    is distinct from (c.customer_id, c.account_id, c.portfolio_id, c.agent_id, c.topic_id, c.channel,
                        c.outcome))
            returning c.complaint_id, c.ref
        ), changes as (
            insert into complaint_change (complaint_id, sequence, state, at, previous_state, previous_at)
            select created.complaint_id, 1, 'received'::complaint_state, n.received_at, null::complaint_state, null
            from created join incoming n using (ref)
            union all
            select created.complaint_id, 2, n.state, n.state_at, 'received', n.received_at
            from created join incoming n using (ref)
            where n.state <> 'received'
            union all
            select n.complaint_id, n.known_sequence + 1, n.state, n.state_at, n.known_state, n.known_state_at
            from changed join incoming n on n.complaint_id = changed.complaint_id
            where n.moves
            returning complaint_id, sequence, state, at
        ), closed as (
            insert into resolution (complaint_id, complaint_sequence, resolved_at)
            select complaint_id, sequence, at from changes where state = 'resolved'
            order by complaint_id, sequence
        ), linked as (
            update interaction i
            set complaint_id = created.complaint_id
            from created
            where i.complaint_ref = created.ref and i.complaint_id is null
            returning i.started_at
        ), touched as (
            select complaint_id from created union select complaint_id from changed
        ), marked as (
            insert into stale_day (fact, day)
            select distinct fact, (moment.at at time zone time_zone)::date
            from organisation, (
                -- What is new is not in the table yet; what was there is counted where the complaint is.
                select at from changes
                union all
                select c.at from touched join complaint_change c using (complaint_id)
            ) moment, unnest(array['complaints', 'asking']::fact[]) fact
            union all
            select distinct 'handling'::fact, (started_at at time zone time_zone)::date from linked, organisation
        )
        update staged_complaint s
        set status = case
            when created.ref is not null then 'created'
            when changed.ref is not null then 'updated'
            else 'unchanged'
        end
        from incoming
        left join created on created.ref = incoming.ref
        left join changed on changed.ref = incoming.ref
        where s.line = incoming.line
            and (incoming.complaint_id is not null or created.ref is not null)
        """)
