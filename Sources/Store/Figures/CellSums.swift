// Each statement sums one table of cells over a period. Parameters: first and last day ($1, $2), how to cut the period ($3), the cells'
// cut ($4), within which values ($5), and which values (int[] $6, null for all).

let answerSums: StaticString = """
    select case $3 when 'whole' then $1 else date_trunc($3, day)::date end, within, value,
        instrument, suspect,
        array[sum(score_0), sum(score_1), sum(score_2), sum(score_3), sum(score_4), sum(score_5), sum(score_6),
            sum(score_7), sum(score_8), sum(score_9), sum(score_10)]::bigint[]
    from answer_cell
    where cut = $4::text::cut and within = any ($5::int[]) and ($6::int[] is null or value = any ($6))
        and day between $1::date and $2::date
    group by 1, 2, 3, 4, 5
    """

let askingSums: StaticString = """
    select case $3 when 'whole' then $1 else date_trunc($3, day)::date end, within, value,
        sum(resolutions)::bigint, sum(waiting)::bigint, sum(invited)::bigint, sum(timed)::bigint, sum(seconds)::bigint,
        sum(squares)::bigint
    from asking_cell
    where cut = $4::text::cut and within = any ($5::int[]) and ($6::int[] is null or value = any ($6))
        and day between $1::date and $2::date
    group by 1, 2, 3
    """

let skipSums: StaticString = """
    select case $3 when 'whole' then $1 else date_trunc($3, day)::date end, within, value,
        rule, sum(skipped)::bigint
    from skip_cell
    where cut = $4::text::cut and within = any ($5::int[]) and ($6::int[] is null or value = any ($6))
        and day between $1::date and $2::date
    group by 1, 2, 3, 4
    """

let answeredSums: StaticString = """
    select case $3 when 'whole' then $1 else date_trunc($3, resolved_day)::date end,
        within, value,
        sum(answered)::bigint, sum(complete)::bigint, sum(timed)::bigint, sum(seconds)::bigint, sum(squares)::bigint
    from answered_cell
    where cut = $4::text::cut and within = any ($5::int[]) and ($6::int[] is null or value = any ($6))
        and resolved_day between $1::date and $2::date
    group by 1, 2, 3
    """

let handlingSums: StaticString = """
    select case $3 when 'whole' then $1 else date_trunc($3, day)::date end, within, value,
        unit = 'contact',
        array[sum(handled), sum(talk_seconds), sum(hold_seconds), sum(wrap_seconds), sum(squares), sum(talk_squares),
            sum(hold_squares), sum(wrap_squares), sum(short), sum(unlinked)]::bigint[]
    from handling_cell
    where cut = $4::text::cut and within = any ($5::int[]) and ($6::int[] is null or value = any ($6))
        and day between $1::date and $2::date
    group by 1, 2, 3, 4
    """

let durationRows: StaticString = """
    select case $3 when 'whole' then $1 else date_trunc($3, day)::date end, within, value,
        unit = 'contact', buckets, counts
    from duration_cell
    where cut = $4::text::cut and within = any ($5::int[]) and ($6::int[] is null or value = any ($6))
        and day between $1::date and $2::date
    """

let contactSums: StaticString = """
    select case $3 when 'whole' then $1 else date_trunc($3, day)::date end, within, value,
        array[sum(contacts), sum(known), sum(closed), sum(closed_resolved), sum(first_contacts), sum(first_resolved),
            sum(pending), sum(combined_contacts), sum(combined_resolved)]::bigint[]
    from contact_cell
    where cut = $4::text::cut and within = any ($5::int[]) and ($6::int[] is null or value = any ($6))
        and day between $1::date and $2::date
    group by 1, 2, 3
    """

let windowSums: StaticString = """
    select case $3 when 'whole' then $1 else date_trunc($3, day)::date end, within, value,
        place::int,
        array[sum(first_contacts[place]), sum(first_resolved[place]), sum(pending[place]), sum(closed[place]),
            sum(closed_resolved[place]), sum(any_contacts[place]), sum(any_resolved[place]), sum(any_pending[place])]::bigint[]
    from window_cell, generate_series(1, 5) place
    where cut = $4::text::cut and within = any ($5::int[]) and ($6::int[] is null or value = any ($6))
        and day between $1::date and $2::date
    group by 1, 2, 3, 4
    """

let complaintSums: StaticString = """
    select case $3 when 'whole' then $1 else date_trunc($3, day)::date end, within, value,
        sum(complaints)::bigint, sum(linked)::bigint
    from complaint_cell
    where cut = $4::text::cut and within = any ($5::int[]) and ($6::int[] is null or value = any ($6))
        and day between $1::date and $2::date
    group by 1, 2, 3
    """

let closingSums: StaticString = """
    select case $3 when 'whole' then $1 else date_trunc($3, day)::date end, within, value,
        sum(closings)::bigint, sum(reopened)::bigint, sum(minutes)::bigint, sum(squares)::bigint
    from closing_cell
    where cut = $4::text::cut and within = any ($5::int[]) and ($6::int[] is null or value = any ($6))
        and day between $1::date and $2::date
    group by 1, 2, 3
    """

let closingRows: StaticString = """
    select case $3 when 'whole' then $1 else date_trunc($3, day)::date end, within, value,
        buckets, counts
    from closing_cell
    where cut = $4::text::cut and within = any ($5::int[]) and ($6::int[] is null or value = any ($6))
        and day between $1::date and $2::date
    """
