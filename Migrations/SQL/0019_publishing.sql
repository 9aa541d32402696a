-- Who published surveys, policies and templates; templates, like the others, never change once published.

alter table survey_version add column published_by text;
alter table policy_version add column published_by text;
alter table message_template add column published_by text;
-- Without a text, messages say again what ships.
alter table message_template alter column source drop not null;
create trigger message_template_is_immutable
    before update or delete or truncate on message_template execute function refuse_change();

select grant_service();
