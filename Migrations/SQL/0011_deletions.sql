-- What is deleted leaves the figures: interactions and resolutions mark the days that they were counted on.
create function mark_deleted_interactions() returns trigger language plpgsql as $$
begin
    insert into stale_contact (customer_id, contact, started_at, ended_at)
    select customer_id, contact, started_at, ended_at from gone;
    insert into stale_day (fact, day)
    select distinct 'complaints'::fact, (at at time zone time_zone)::date
    from gone join complaint_change using (complaint_id), organisation
    where state in ('received', 'resolved');
    return null;
end
$$;
create trigger interaction_deletion_marks_its_days
    after delete on interaction referencing old table as gone
    for each statement execute function mark_deleted_interactions();

create function mark_deleted_resolutions() returns trigger language plpgsql as $$
begin
    insert into stale_day (fact, day)
    select distinct 'asking'::fact, (resolved_at at time zone time_zone)::date from gone, organisation;
    return null;
end
$$;
create trigger resolution_deletion_marks_its_days
    after delete on resolution referencing old table as gone
    for each statement execute function mark_deleted_resolutions();
