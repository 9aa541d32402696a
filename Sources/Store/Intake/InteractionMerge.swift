/// Merges `staged_interaction` into the facts.
///
/// A reference that is not known yet is created by its name alone, so that files may come in any order; only an account must be
/// known, since it belongs to a customer. A complaint that is not known yet is linked when it comes.
let interactionMerge = Merge(
    references: [
        """
        insert into customer (ref)
        select distinct customer from staged_interaction s
        where customer is not null and not exists (select from customer where ref = s.customer)
        order by customer
        on conflict (ref) do nothing
        """,
        """
        insert into agent (ref, name)
        select distinct agent, agent from staged_interaction s
        where agent is not null and not exists (select from agent where ref = s.agent)
        order by agent
        on conflict (ref) do nothing
        """,
        """
        insert into portfolio (ref)
        select distinct portfolio from staged_interaction s
        where portfolio is not null and not exists (select from portfolio where ref = s.portfolio)
        order by portfolio
        on conflict (ref) do nothing
        """,
        """
        insert into topic (name)
        select distinct topic from staged_interaction s
        where topic is not null and not exists (select from topic where name = s.topic)
        order by topic
        on conflict (name) do nothing
        """,
    ],
    lock: """
        select from interaction where ref in (select ref from staged_interaction where status is null) order by ref for no key update
        """,
    refuse: [
        """
        update staged_interaction s
        set status = 'refused',
            reason = format('account "%s" is not known; send accounts before their interactions', s.account)
        where status is null and account is not null and not exists (select from account where ref = s.account)
        """,
        // Local times were given their zone only now, and a clock that goes back may have changed their order.
        """
        update staged_interaction
        set status = 'refused', reason = format('it ends at %s, before it starts at %s', ended_at, started_at)
        where status is null and ended_at < started_at
        """,
    ],
    merge: """
        with zone as (
            select time_zone from organisation
        ), first as materialized (
            select distinct on (ref) * from staged_interaction where status is null order by ref, line
        ), incoming as materialized (
            select f.line, f.ref, f.contact, customer.customer_id, account.account_id,
                coalesce(portfolio.portfolio_id, account.portfolio_id) as portfolio_id,
                agent.agent_id, agent.team_id, topic.topic_id, complaint.complaint_id, f.complaint as complaint_ref,
                f.channel, f.direction, f.queue, f.outcome, f.handled, f.planned, f.started_at, f.ended_at,
                f.talk_seconds, f.hold_seconds, f.wrap_seconds, label.label_id as segment_id,
                known.interaction_id, known.contact as known_contact, known.complaint_id as known_complaint_id, known.customer_id as known_customer_id, known.started_at as known_started_at,
                known.ended_at as known_ended_at
            from first f
            left join customer on customer.ref = f.customer
            left join account on account.ref = f.account
            left join portfolio on portfolio.ref = f.portfolio
            left join agent on agent.ref = f.agent
            left join topic on topic.name = f.topic
            left join complaint on complaint.ref = f.complaint
            left join interaction known on known.ref = f.ref
            left join label on label.name = customer.segment
        ), created as (
            insert into interaction
                (ref, contact, customer_id, account_id, portfolio_id, agent_id, team_id, topic_id, complaint_id,
                 complaint_ref, channel, direction, queue, outcome, handled, planned, started_at, ended_at,
                 talk_seconds, hold_seconds, wrap_seconds, segment_id)
            select ref, contact, customer_id, account_id, portfolio_id, agent_id, team_id, topic_id, complaint_id,
                complaint_ref, coalesce(channel, 'phone'), coalesce(direction, 'inbound'), queue, outcome,
                coalesce(handled, outcome is distinct from 'abandoned'), coalesce(planned, false), started_at,
                coalesce(ended_at,
                    started_at + (coalesce(talk_seconds, 0) + coalesce(hold_seconds, 0)) * interval '1 second'),
                coalesce(talk_seconds, 0), coalesce(hold_seconds, 0), coalesce(wrap_seconds, 0), segment_id
            from incoming
            where interaction_id is null
            order by line
            on conflict (ref) do nothing
            returning interaction_id, ref, contact, customer_id, started_at, ended_at, handled, complaint_ref, complaint_id
        ), changed as (
            update interaction i
            set contact = coalesce(n.contact, i.contact),
                customer_id = coalesce(n.customer_id, i.customer_id),
                account_id = coalesce(n.account_id, i.account_id),
                portfolio_id = coalesce(n.portfolio_id, i.portfolio_id),
                -- The team is the agent's when the interaction was recorded; only another agent brings another team.
                agent_id = coalesce(n.agent_id, i.agent_id),
                team_id = case when n.agent_id is null or n.agent_id = i.agent_id then i.team_id else n.team_id end,
                topic_id = coalesce(n.topic_id, i.topic_id),
                complaint_id = case when n.complaint_ref is null then i.complaint_id else n.complaint_id end,
                complaint_ref = coalesce(n.complaint_ref, i.complaint_ref),
                channel = coalesce(n.channel, i.channel),
                direction = coalesce(n.direction, i.direction),
                queue = coalesce(n.queue, i.queue),
                outcome = coalesce(n.outcome, i.outcome),
                handled = coalesce(n.handled, i.handled),
                planned = coalesce(n.planned, i.planned),
                started_at = n.started_at,
                ended_at = coalesce(n.ended_at, n.started_at
                    + (coalesce(n.talk_seconds, i.talk_seconds) + coalesce(n.hold_seconds, i.hold_seconds))
                    * interval '1 second'),
                talk_seconds = coalesce(n.talk_seconds, i.talk_seconds),
                hold_seconds = coalesce(n.hold_seconds, i.hold_seconds),
                wrap_seconds = coalesce(n.wrap_seconds, i.wrap_seconds),
                -- The segment is the customer's when the interaction was recorded; only another customer brings another.
                segment_id = case when n.customer_id is null or n.customer_id = i.customer_id
                    then coalesce(i.segment_id, n.segment_id) else n.segment_id end
            from incoming n
            where i.interaction_id = n.interaction_id
                and (coalesce(n.contact, i.contact), coalesce(n.customer_id, i.customer_id),
                    coalesce(n.account_id, i.account_id), coalesce(n.portfolio_id, i.portfolio_id),
                    coalesce(n.agent_id, i.agent_id), coalesce(n.topic_id, i.topic_id),
                    coalesce(n.complaint_ref, i.complaint_ref), coalesce(n.complaint_id, i.complaint_id),
                    coalesce(n.channel, i.channel),
                    coalesce(n.direction, i.direction), coalesce(n.queue, i.queue), coalesce(n.outcome, i.outcome),
                    coalesce(n.handled, i.handled), coalesce(n.planned, i.planned), n.started_at,
                    coalesce(n.ended_at, n.started_at
                        + (coalesce(n.talk_seconds, i.talk_seconds) + coalesce(n.hold_seconds, i.hold_seconds))
                        * interval '1 second'),
                    coalesce(n.talk_seconds, i.talk_seconds), coalesce(n.hold_seconds, i.hold_seconds),
                    coalesce(n.wrap_seconds, i.wrap_seconds))
                is distinct from (i.contact, i.customer_id, i.account_id, i.portfolio_id, i.agent_id, i.topic_id,
                    i.complaint_ref, i.complaint_id, i.channel, i.direction, i.queue, i.outcome, i.handled, i.planned, i.started_at,
                    i.ended_at, i.talk_seconds, i.hold_seconds, i.wrap_seconds)
            returning i.interaction_id, i.ref, i.contact, i.customer_id, i.started_at, i.ended_at, i.handled, i.complaint_ref,
                i.complaint_id, n.known_contact, n.known_customer_id, n.known_started_at, n.known_ended_at,
                n.known_complaint_id
        ), closed as (
            insert into resolution (interaction_id, resolved_at)
            select interaction_id, ended_at
            from (
                select interaction_id, ended_at, handled, complaint_ref from created
                union all
                select interaction_id, ended_at, handled, complaint_ref from changed
            ) touched
            where handled and complaint_ref is null
            order by interaction_id
            on conflict (interaction_id) do nothing
        ), touched as (
            insert into stale_contact (customer_id, contact, started_at, ended_at)
            select customer_id, contact, started_at, ended_at from created
            union all
            select customer_id, contact, started_at, ended_at from changed
            union all
            select known_customer_id, known_contact, known_started_at, known_ended_at from changed
        ), marked as (
            insert into stale_day (fact, day)
            select 'asking'::fact, (ended_at at time zone zone.time_zone)::date from created, zone
            where handled and complaint_ref is null
            union
            -- Who was not invited is counted where the interaction is.
            select 'asking', (resolved_at at time zone zone.time_zone)::date
            from changed left join resolution using (interaction_id), zone
            where resolved_at is not null
            union
            select 'asking', (ended_at at time zone zone.time_zone)::date from changed, zone
            union
            -- A complaint's first interaction links it.
            select 'complaints', (received.at at time zone zone.time_zone)::date
            from (
                select complaint_id from created union select complaint_id from changed
                union select known_complaint_id from changed
            ) linked
            join complaint_change received on received.complaint_id = linked.complaint_id and received.sequence = 1, zone
        )
        update staged_interaction s
        set status = case
            when created.ref is not null then 'created'
            when changed.ref is not null then 'updated'
            else 'unchanged'
        end
        from incoming
        left join created on created.ref = incoming.ref
        left join changed on changed.ref = incoming.ref
        where s.line = incoming.line
            -- Created by somebody else since this statement began: left for the next round.
            and (incoming.interaction_id is not null or created.ref is not null)
        """)
