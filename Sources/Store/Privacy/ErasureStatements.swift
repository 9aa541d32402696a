/// What a customer ($1) is known by: references, and every address that they have or were written to at.
let readIdentifiers: StaticString = """
    select 'customer' as kind, ref as value, null as country, false as is_shared from customer where customer_id = $1
    union
    select 'complaint', ref, null, false from complaint where customer_id = $1
    union
    select 'interaction', ref, null, false from interactions_about($1)
    union
    select kind, value, country, case kind
            when 'email' then exists (select from customer o where lower(o.email) = value and o.customer_id <> $1)
            else exists (select from customer o where o.phone = value and o.customer_id <> $1)
        end
    from (
        select 'email' as kind, lower(email) as value, country from customer where customer_id = $1
        union
        select 'phone', phone, country from customer where customer_id = $1
        union
        select case d.channel when 'email' then 'email' else 'phone' end, lower(d.address), null
        from invitation i join message m using (invitation_id) join delivery d using (message_id)
        where i.customer_id = $1
    ) address
    where value is not null
    """

/// Cancels what waits; what is under way loses its attempt, so that its worker finds nothing to write a result to.
let eraseMessages: StaticString = """
    with waiting as materialized (
        select m.message_id, m.delivery_id from invitation i join message m using (invitation_id)
        where i.customer_id = $1 and m.state in ('queued', 'sending')
        for update of m
    ), untold as (
        delete from delivery using waiting where delivery.delivery_id = waiting.delivery_id
    )
    update message m
    set state = 'cancelled', settled_at = $2, rule = 'opted-out', claimed_until = null, delivery_id = null
    from waiting where m.message_id = waiting.message_id
    """

let eraseDeliveries: StaticString = """
    update delivery d set address = null, detail = null, provider_ref = null
    from invitation i join message m using (invitation_id)
    where i.customer_id = $1 and d.message_id = m.message_id
    """

let eraseComments: StaticString = """
    update response r set comment = null, comment_is_removed = true
    from invitation i
    where i.customer_id = $1 and r.invitation_id = i.invitation_id and r.comment is not null
    """

let endLinks: StaticString = """
    update invitation set expires_at = greatest($2, issued_at + interval '1 microsecond')
    where customer_id = $1 and expires_at > greatest($2, issued_at + interval '1 microsecond')
    """

/// Nulls stay nulls, and what was the same stays the same: the legs of a transfer, also those of other customers, and a complaint and
/// those who name it.
let eraseInteractions: StaticString = """
    with theirs as materialized (
        select interaction_id from interactions_about($1)
    ), leg as materialized (
        select distinct contact from customer_interactions($1) where contact is not null
    ), own as materialized (
        select complaint_id, ref from complaint where customer_id = $1
    ), touched as (
        select interaction_id from theirs
        union
        select i.interaction_id from leg join interaction i using (contact)
        union
        select i.interaction_id from own join interaction i using (complaint_id)
        union
        select i.interaction_id from own join interaction i on i.complaint_ref = own.ref and i.complaint_id is null
    ), awaited as (
        update stale_contact s set contact = erased_ref(s.contact) from leg where s.contact = leg.contact
    )
    update interaction i
    set ref = case when i.interaction_id in (select interaction_id from theirs) then erased_ref(i.ref) else i.ref end,
        contact = case when i.contact in (select contact from leg) then erased_ref(i.contact) else i.contact end,
        complaint_ref = case
            when i.customer_id = $1 or i.complaint_id in (select complaint_id from own)
                or i.complaint_ref in (select ref from own)
                then erased_ref(i.complaint_ref)
            else i.complaint_ref
        end
    from touched
    where i.interaction_id = touched.interaction_id
    """

let eraseComplaints: StaticString = """
    update complaint set ref = erased_ref(ref), outcome = null where customer_id = $1
    """

/// Not one that somebody else was asked about.
let eraseAccounts: StaticString = """
    update account a set ref = erased_ref(ref)
    where customer_id = $1
        and not exists (select from invitation i where i.account_id = a.account_id and i.customer_id <> $1)
    """

let eraseFollowUps: StaticString = """
    update follow_up f
    set closing_note = null, closed_at = coalesce(f.closed_at, greatest(f.opened_at, $2)),
        closed_by = coalesce(f.closed_by, 'erasure')
    from invitation i
    where i.customer_id = $1 and f.invitation_id = i.invitation_id
    """

/// What an agent and a manager said of an answer may tell of its customer.
let eraseObjections: StaticString = """
    with theirs as materialized (
        select o.objection_id from invitation i join objection o using (invitation_id) where i.customer_id = $1
    ), reasons as (
        update objection_decision d set reason = null from theirs where d.objection_id = theirs.objection_id
    )
    update objection o set words = null from theirs where o.objection_id = theirs.objection_id
    """

/// What waits is judged next, and passed over.
let endHolds: StaticString = """
    update resolution set held_until = $2
    where not decided and held_until > $2
        and (complaint_id in (select complaint_id from complaint where customer_id = $1)
            or interaction_id in (select interaction_id from customer_interactions($1)))
    """

/// Of whatever was decided or put off about the customer.
let eraseInputs: StaticString = """
    with theirs as materialized (
        select r.resolution_id from complaint c join resolution r using (complaint_id) where c.customer_id = $1
        union
        select r.resolution_id from customer_interactions($1) i join resolution r using (interaction_id)
    ), put_off as (
        update hold set inputs = '{}' from theirs where hold.resolution_id = theirs.resolution_id
    )
    update decision set inputs = '{}' from theirs where decision.resolution_id = theirs.resolution_id
    """

/// What is left has a name of chance, and is not asked.
let erasePerson: StaticString = """
    with stopped as (
        insert into customer_stop (ref, customer_id, kind, source, starts_at)
        values ('own:erased:' || $1::bigint, $1, 'opted-out', 'erased', timestamptz 'epoch')
    )
    update customer
    set ref = erased_ref(ref), is_erased = true, language = null, time_zone = null, segment = null, email = null, phone = null,
        name = null, street = null, city = null, postcode = null, country = null, region = null, email_basis = null,
        email_basis_at = null, work_email = false, sms_consent_at = null, last_text_at = null, preferred_channel = null,
        own_days = null, own_opens = null, own_closes = null
    where customer_id = $1
    returning ref
    """
