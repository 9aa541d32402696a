-- The made-up year that "serve --demo" fills an empty database with: the moment it ends at, and whether it is complete. A filling
-- that was interrupted goes on from the same moment and makes the same facts.
create table demo_year (
    only_row     boolean primary key default true constraint demo_year_is_one check (only_row),
    present      timestamptz not null,
    is_complete  boolean not null default false
);
