-- From how many answers or contacts a figure is shown at all, and from how many in full.
alter table organisation
    add column shown_from int not null default 5
        constraint organisation_shown_from_is_positive check (shown_from >= 1),
    add column full_from int not null default 30,
    add constraint organisation_full_from_is_not_less check (full_from >= shown_from);
