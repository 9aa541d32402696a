/// Merges `staged_stop` into what stands in the way of asking customers.
let stopMerge = Merge(
    references: [
        """
        insert into customer (ref)
        select distinct customer from staged_stop s
        where not exists (select from customer where ref = s.customer)
        order by customer
        on conflict (ref) do nothing
        """
    ],
    refuse: [
        """
        update staged_stop set status = 'refused', reason = 'a ref that begins with "own:" is kept for what customers stopped themselves'
        where status is null and ref like 'own:%'
        """,
        """
        update staged_stop set status = 'refused', reason = format('it ends at %s, not after its start at %s', ends_at, starts_at)
        where status is null and ends_at <= starts_at
        """,
        """
        update staged_stop s set status = 'refused', reason = 'the stop is recorded for another customer; that cannot change'
        from customer_stop known join customer using (customer_id)
        where s.status is null and known.ref = s.ref and customer.ref <> s.customer
        """,
    ],
    merge: """
        with first as materialized (
            select distinct on (ref) * from staged_stop where status is null order by ref, line
        ), incoming as materialized (
            select f.line, f.ref, customer.customer_id, f.kind, coalesce(f.source, 'import') as source, f.starts_at,
                coalesce(f.ends_at, case when f.kind = 'breathing-space' then f.starts_at + interval '60 days' end) as ends_at,
                known.customer_stop_id
            from first f join customer on customer.ref = f.customer left join customer_stop known on known.ref = f.ref
        ), created as (
            insert into customer_stop (ref, customer_id, kind, source, starts_at, ends_at)
            select ref, customer_id, kind, source, starts_at, ends_at from incoming where customer_stop_id is null
            order by line
            on conflict (ref) do nothing
            returning ref
        ), changed as (
            update customer_stop c
            set kind = n.kind, source = n.source, starts_at = n.starts_at, ends_at = n.ends_at
            from incoming n
            where c.customer_stop_id = n.customer_stop_id
                and (n.kind, n.source, n.starts_at, n.ends_at) is distinct from (c.kind, c.source, c.starts_at, c.ends_at)
            returning c.ref
        )
        update staged_stop s
        set status = case
            when created.ref is not null then 'created'
            when changed.ref is not null then 'updated'
            else 'unchanged'
        end
        from incoming
        left join created on created.ref = incoming.ref
        left join changed on changed.ref = incoming.ref
        where s.line = incoming.line
            and (incoming.customer_stop_id is not null or created.ref is not null)
        """)

/// Merges `staged_contact` into the contacts that other systems made; they count toward the rolling cap.
let contactMerge = Merge(
    references: [
        """
        insert into customer (ref)
        select distinct customer from staged_contact s
        where not exists (select from customer where ref = s.customer)
        order by customer
        on conflict (ref) do nothing
        """
    ],
    refuse: [],
    merge: """
        with first as materialized (
            select distinct on (ref) * from staged_contact where status is null order by ref, line
        ), incoming as materialized (
            select f.line, f.ref, customer.customer_id, f.channel, f.contacted_at, known.reported_contact_id
            from first f join customer on customer.ref = f.customer left join reported_contact known on known.ref = f.ref
        ), created as (
            insert into reported_contact (ref, customer_id, channel, contacted_at)
            select ref, customer_id, channel, contacted_at from incoming where reported_contact_id is null
            order by line
            on conflict (ref) do nothing
            returning ref
        ), changed as (
            update reported_contact c
            set customer_id = n.customer_id, channel = coalesce(n.channel, c.channel), contacted_at = n.contacted_at
            from incoming n
            where c.reported_contact_id = n.reported_contact_id
                and (n.customer_id, coalesce(n.channel, c.channel), n.contacted_at)
                is distinct from (c.customer_id, c.channel, c.contacted_at)
            returning c.ref
        )
        update staged_contact s
        set status = case
            when created.ref is not null then 'created'
            when changed.ref is not null then 'updated'
            else 'unchanged'
        end
        from incoming
        left join created on created.ref = incoming.ref
        left join changed on changed.ref = incoming.ref
        where s.line = incoming.line
            and (incoming.reported_contact_id is not null or created.ref is not null)
        """)
