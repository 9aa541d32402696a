-- How far a transfer reaches is known only from all its legs: those of a customer are looked up by themselves, whatever their time.
create index interaction_transfers on interaction (customer_id, contact)
    where contact is not null and not planned and direction = 'inbound';
-- Contacts were judged by the legs near them alone.
insert into stale_day (fact, day)
select distinct 'contacts'::fact, (started_at at time zone time_zone)::date from interaction, organisation;
