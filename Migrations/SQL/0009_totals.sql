-- Answers are counted twice: for everything within a moment, since overviews wait for it, and by team, agent and so on after that.
-- "totals" marks the days of the former, as "answers" marks those of the latter.
alter type fact rename to old_fact;
create type fact as enum ('totals', 'answers', 'asking', 'handling', 'contacts', 'complaints', 'names');
alter table stale_day alter fact type fact using fact::text::fact;
drop type old_fact;
insert into stale_day (fact, day) select distinct 'totals'::fact, day from stale_day where fact = 'answers';

drop function replace_cells(name, date, date);

-- Replaces the cells of some days by fresh ones, touching only those that differ, and notes these in the table "changed_cell".
-- The cells' table has a table "fresh_…" of the same columns beside it.
--
-- wholes: whether cells of everything are replaced (true), those of teams, agents and so on (false), or both.
create function replace_cells(cells name, first date, last date, wholes boolean[]) returns void language plpgsql as $$
declare
    keys text;
    others text;
    same text;
    has_none boolean;
    -- An answer also changes the response rate of its resolution's day.
    days text := case cells when 'answered_cell' then 'array[day, resolved_day]' else 'array[day]' end;
begin
    select string_agg(quote_ident(attname), ', ' order by attnum) into keys
    from pg_index join pg_attribute on attrelid = indrelid and attnum = any (indkey)
    where indrelid = cells::text::regclass and indisprimary;
    select string_agg(quote_ident(attname), ', ' order by attnum) into others
    from pg_attribute
    where attrelid = cells::text::regclass and attnum > 0 and not attisdropped
        and not exists (select from pg_index where indrelid = attrelid and indisprimary and attnum = any (indkey));
    select string_agg(format('c.%1$I = f.%1$I', attname), ' and ') into same
    from pg_index join pg_attribute on attrelid = indrelid and attnum = any (indkey)
    where indrelid = cells::text::regclass and indisprimary;
    execute format(
        'select not exists (select from %1$I where day between $1 and $2 and (cut = ''all'') = any ($3))', cells)
    into has_none using first, last, wholes;
    if has_none then
        -- Nothing is there to differ from, as when all is rebuilt; in the order of the key, its index grows at the end only.
        execute format(
            'insert into %1$I select * from fresh_%1$s where (cut = ''all'') = any ($1) order by %2$s', cells, keys)
        using wholes;
        execute format(
            'insert into changed_cell
            select distinct cut, value, unnest(%2$s) from fresh_%1$s
            where cut <= ''agent'' and (cut = ''all'') = any ($1)',
            cells, days)
        using wholes;
        return;
    end if;
    execute format(
        'with gone as (
            delete from %1$I c
            where day between $1 and $2 and (cut = ''all'') = any ($3)
                and not exists (select from fresh_%1$s f where %4$s)
            returning cut, value, %7$s as days
        ), put as (
            insert into %1$I as c select * from fresh_%1$s where (cut = ''all'') = any ($3)
            on conflict (%2$s) do update set (%3$s) = row (%5$s)
            where row (%6$s) is distinct from row (%5$s)
            returning cut, value, %7$s as days
        )
        insert into changed_cell
        select distinct cut, value, unnest(days)
        from (select * from gone union all select * from put) changed
        where cut <= ''agent''',
        cells, keys, others, same,
        (select string_agg('excluded.' || trim(o), ', ') from unnest(string_to_array(others, ',')) o),
        (select string_agg('c.' || trim(o), ', ') from unnest(string_to_array(others, ',')) o), days)
    using first, last, wholes;
end
$$;
