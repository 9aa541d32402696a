-- What exports share. Their filters come as settings of the transaction, since COPY takes no parameters; an empty one filters nothing.

-- A text that no spreadsheet takes for a formula.
create function spreadsheet_text(value text) returns text language sql immutable parallel safe return
    case when left(value, 1) in ('=', '+', '-', '@', e'\t', e'\r') then '''' || value else value end;

-- An instant in ISO 8601, such as 2026-11-23T09:14:05Z.
create function export_instant(at timestamptz) returns text language sql stable parallel safe return
    to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');

create function export_setting(name text) returns text language sql stable parallel safe return
    nullif(current_setting('export.' || name, true), '');

-- The period: [export_start(), export_end()).
create function export_start() returns timestamptz language sql stable parallel safe return
    coalesce(export_setting('start')::timestamptz, '-infinity');
create function export_end() returns timestamptz language sql stable parallel safe return
    coalesce(export_setting('end')::timestamptz, 'infinity');

-- Whether the filters leave in what is attributed like this.
create function is_exported(team_id int, agent_id int, portfolio_id int, topic_id int, channel contact_channel)
returns boolean language sql stable parallel safe return
    team_id is not distinct from coalesce(export_setting('team')::int, team_id)
    and agent_id is not distinct from coalesce(export_setting('agent')::int, agent_id)
    and portfolio_id is not distinct from coalesce(export_setting('portfolio')::int, portfolio_id)
    and topic_id is not distinct from coalesce(export_setting('topic')::int, topic_id)
    and channel is not distinct from coalesce(export_setting('channel')::contact_channel, channel);
