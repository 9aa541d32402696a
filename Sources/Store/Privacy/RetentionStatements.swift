/// Addresses of attempts whose invitation closed by a moment ($1): looks at so many ($4) behind the last one ($2, $3), and tells how many
/// there were, how many went, and the last.
///
/// What the other side said often repeats the address, and its name for the message leads to it.
let forgetDeliveries: StaticString = """
    with batch as materialized (
        select delivery_id, started_at, message_id from delivery
        where address is not null and started_at <= $1 and (started_at, delivery_id) > ($2, $3)
        order by started_at, delivery_id
        limit $4
    ), gone as (
        update delivery d set address = null, detail = null, provider_ref = null
        from batch b
        where d.delivery_id = b.delivery_id and $1 >= (
            select least(i.expires_at, r.answered_at)
            from message m join invitation i using (invitation_id) left join response r using (invitation_id)
            where m.message_id = b.message_id)
        returning d.delivery_id
    )
    select count(*) over (), (select count(*) from gone), started_at, delivery_id
    from batch
    order by started_at desc, delivery_id desc
    limit 1
    """

/// Contact details of customers whose last invitation closed by a moment ($1), who were not spoken with since, and about whom nothing is to
/// be decided or sent: looks at so many ($3) behind the last one ($2), and tells how many there were, how many went, and the last.
///
/// Each condition is a value of its own, so that no plan reads a whole table. A customer whom an import holds is left for the next run.
let forgetCustomers: StaticString = """
    with batch as materialized (
        select customer_id from customer
        where customer_id > $2 and num_nonnulls(email, phone, name, street, city, postcode) > 0
        order by customer_id
        limit $3
    ), due as materialized (
        select c.customer_id
        from batch join customer c using (customer_id)
        where $1 >= (
                select max(least(i.expires_at, r.answered_at))
                from invitation i left join response r using (invitation_id)
                where i.customer_id = c.customer_id)
            and ($1 >= (select max(i.ended_at) from customer_interactions(c.customer_id) i)) is not false
            and (
                select count(*) from invitation i join message m using (invitation_id)
                where i.customer_id = c.customer_id and m.state in ('queued', 'sending')) = 0
            and (
                select count(*) from customer_interactions(c.customer_id) i join resolution r using (interaction_id)
                where not r.decided) = 0
            and (
                select count(*) from complaint k join resolution r using (complaint_id)
                where k.customer_id = c.customer_id and not r.decided) = 0
        for no key update of c skip locked
    ), gone as (
        -- Ground and consent belong to the address they were given for.
        update customer c
        set email = null, phone = null, name = null, street = null, city = null, postcode = null, email_basis = null,
            email_basis_at = null, work_email = false, sms_consent_at = null, last_text_at = null
        from due where c.customer_id = due.customer_id
        returning c.customer_id
    )
    select count(*) over (), (select count(*) from gone), customer_id
    from batch
    order by customer_id desc
    limit 1
    """

/// Comments that were written so many months ($2) ago or more; a month without that day ends with its last day. The index knows only
/// when an answer was given, so that a few days more are looked at.
let removeOldComments: StaticString = """
    with due as materialized (
        select invitation_id from response
        where comment is not null
            and answered_at <= $1::timestamptz - $2 * interval '1 month' + interval '4 days'
            and answered_at + $2 * interval '1 month' <= $1
        order by answered_at, invitation_id
        limit $3
    )
    update response r set comment = null, comment_is_removed = true
    from due where r.invitation_id = due.invitation_id
    returning r.invitation_id
    """

/// What was decided about an objection, or done about a follow-up, so many ($2) months before a moment ($1): the words go, what became
/// of it stays. What still waits is kept. There are few of them.
let removeOldRemarks: StaticString = """
    with old as materialized (
        select objection_id from objection_decision
        where reason is not null and decided_at + $2 * interval '1 month' <= $1
    ), reasons as (
        update objection_decision d set reason = null from old where d.objection_id = old.objection_id
    ), objections as (
        update objection o set words = null from old where o.objection_id = old.objection_id
        returning o.objection_id
    ), notes as (
        update follow_up set closing_note = null
        where closing_note is not null and closed_at + $2 * interval '1 month' <= $1
        returning follow_up_id
    )
    select (select count(*) from objections) + (select count(*) from notes)
    """
