import Postgres

/// A statement that sums one table of cells, and how its rows become counts.
struct CellSum: Sendable {
    /// The counts that come from it.
    let part: CountParts
    let sql: StaticString
    let add: @Sendable (inout CountTable, PostgresRows) throws -> Void

    static let all = [
        CellSum(part: .answers, sql: answerSums) { try $0.addAnswers($1) },
        CellSum(part: .asking, sql: askingSums) { try $0.addAsking($1) },
        CellSum(part: .asking, sql: skipSums) { try $0.addSkips($1) },
        CellSum(part: .asking, sql: answeredSums) { try $0.addAnswered($1) },
        CellSum(part: .handling, sql: handlingSums) { try $0.addHandling($1) },
        CellSum(part: .contacts, sql: contactSums) { try $0.addContacts($1) },
        CellSum(part: .windows, sql: windowSums) { try $0.addWindows($1) },
        CellSum(part: .complaints, sql: complaintSums) { try $0.addComplaints($1) },
        CellSum(part: .complaints, sql: closingSums) { try $0.addClosings($1) },
        CellSum(part: .handleTimes, sql: durationRows) { try $0.addDurations($1) },
        CellSum(part: .resolutionTimes, sql: closingRows) { try $0.addClosingTimes($1) },
    ]
}

// Each statement sums one table of cells over stretches of a period. Parameters: the period's first and last day ($1, $2), the
// stretches' first days in their order ($3), the cells' cut ($4), within which values ($5), and which values (int[] $6, null for all).

private let answerSums: StaticString = """
    select ($3::date[])[width_bucket(day, $3::date[])], within, value, effort, suspect, is_excluded,
        array[sum(nps[1]), sum(nps[2]), sum(nps[3]), sum(nps[4]), sum(nps[5]), sum(nps[6]), sum(nps[7]),
            sum(nps[8]), sum(nps[9]), sum(nps[10]), sum(nps[11])]::bigint[],
        array[sum(csat[1]), sum(csat[2]), sum(csat[3]), sum(csat[4]), sum(csat[5])]::bigint[],
        array[sum(ces[1]), sum(ces[2]), sum(ces[3]), sum(ces[4]), sum(ces[5]), sum(ces[6]), sum(ces[7])]::bigint[],
        array[sum(resolved[1]), sum(resolved[2])]::bigint[],
        array[sum(complete[1]), sum(complete[2])]::bigint[]
    from answer_cell
    where cut = $4::text::cut and within = any ($5::int[]) and ($6::int[] is null or value = any ($6))
        and day between $1::date and $2::date
    group by 1, 2, 3, 4, 5, 6
    """

private let askingSums: StaticString = """
    select ($3::date[])[width_bucket(day, $3::date[])], within, value,
        sum(resolutions)::bigint, sum(waiting)::bigint, sum(invited)::bigint, sum(timed)::bigint, sum(seconds)::bigint,
        sum(squares)::bigint
    from asking_cell
    where cut = $4::text::cut and within = any ($5::int[]) and ($6::int[] is null or value = any ($6))
        and day between $1::date and $2::date
    group by 1, 2, 3
    """

private let skipSums: StaticString = """
    select ($3::date[])[width_bucket(day, $3::date[])], within, value,
        rule, sum(skipped)::bigint
    from skip_cell
    where cut = $4::text::cut and within = any ($5::int[]) and ($6::int[] is null or value = any ($6))
        and day between $1::date and $2::date
    group by 1, 2, 3, 4
    """

private let answeredSums: StaticString = """
    select ($3::date[])[width_bucket(resolved_day, $3::date[])],
        within, value,
        sum(answered)::bigint, sum(complete)::bigint, sum(timed)::bigint, sum(seconds)::bigint, sum(squares)::bigint
    from answered_cell
    where cut = $4::text::cut and within = any ($5::int[]) and ($6::int[] is null or value = any ($6))
        and resolved_day between $1::date and $2::date
    group by 1, 2, 3
    """

private let handlingSums: StaticString = """
    select ($3::date[])[width_bucket(day, $3::date[])], within, value,
        unit = 'contact',
        array[sum(handled), sum(talk_seconds), sum(hold_seconds), sum(wrap_seconds), sum(squares), sum(talk_squares),
            sum(hold_squares), sum(wrap_squares), sum(short), sum(unlinked)]::bigint[]
    from handling_cell
    where cut = $4::text::cut and within = any ($5::int[]) and ($6::int[] is null or value = any ($6))
        and day between $1::date and $2::date
    group by 1, 2, 3, 4
    """

private let durationRows: StaticString = """
    select ($3::date[])[width_bucket(day, $3::date[])], within, value,
        unit = 'contact', buckets, counts
    from duration_cell
    where cut = $4::text::cut and within = any ($5::int[]) and ($6::int[] is null or value = any ($6))
        and day between $1::date and $2::date
    """

private let contactSums: StaticString = """
    select ($3::date[])[width_bucket(day, $3::date[])], within, value,
        array[sum(contacts), sum(known), sum(closed), sum(closed_resolved), sum(first_contacts), sum(first_resolved),
            sum(pending), sum(combined_contacts), sum(combined_resolved)]::bigint[]
    from contact_cell
    where cut = $4::text::cut and within = any ($5::int[]) and ($6::int[] is null or value = any ($6))
        and day between $1::date and $2::date
    group by 1, 2, 3
    """

private let windowSums: StaticString = """
    select ($3::date[])[width_bucket(day, $3::date[])], within, value,
        place::int,
        array[sum(first_contacts[place]), sum(first_resolved[place]), sum(pending[place]), sum(closed[place]),
            sum(closed_resolved[place]), sum(any_contacts[place]), sum(any_resolved[place]), sum(any_pending[place])]::bigint[]
    from window_cell, generate_series(1, 5) place
    where cut = $4::text::cut and within = any ($5::int[]) and ($6::int[] is null or value = any ($6))
        and day between $1::date and $2::date
    group by 1, 2, 3, 4
    """

private let complaintSums: StaticString = """
    select ($3::date[])[width_bucket(day, $3::date[])], within, value,
        sum(complaints)::bigint, sum(linked)::bigint
    from complaint_cell
    where cut = $4::text::cut and within = any ($5::int[]) and ($6::int[] is null or value = any ($6))
        and day between $1::date and $2::date
    group by 1, 2, 3
    """

private let closingSums: StaticString = """
    select ($3::date[])[width_bucket(day, $3::date[])], within, value,
        sum(closings)::bigint, sum(reopened)::bigint, sum(minutes)::bigint, sum(squares)::bigint
    from closing_cell
    where cut = $4::text::cut and within = any ($5::int[]) and ($6::int[] is null or value = any ($6))
        and day between $1::date and $2::date
    group by 1, 2, 3
    """

private let closingRows: StaticString = """
    select ($3::date[])[width_bucket(day, $3::date[])], within, value,
        buckets, counts
    from closing_cell
    where cut = $4::text::cut and within = any ($5::int[]) and ($6::int[] is null or value = any ($6))
        and day between $1::date and $2::date
    """
