/// The same contacts judged by windows of 1, 5, 7, 14 and 30 days, in this order: as first contacts about a topic, as contacts of any
/// kind, and as first contacts whatever the topic. Takes the moment up to which windows have closed ($1).
let windowCells: StaticString = """
    insert into fresh_window_cell
    select cell_cut(ungrouped), 0,
        cell_value(ungrouped, team_id, portfolio_id, agent_id, topic_id, channel, null, null, null, null, null, null),
        day, first_contacts, first_resolved, pending, closed, closed_resolved, any_contacts, any_resolved, any_pending
    from (
        select day, team_id, portfolio_id, agent_id, topic_id, channel,
            grouping(team_id, portfolio_id, agent_id, topic_id, channel) << 6 | 63 as ungrouped,
            array[
                count(*) filter (where closed_1 and first_1),
                count(*) filter (where closed_5 and first_5),
                count(*) filter (where closed_7 and first_7),
                count(*) filter (where closed_14 and first_14),
                count(*) filter (where closed_30 and first_30)] as first_contacts,
            array[
                count(*) filter (where closed_1 and first_1 and resolved_1),
                count(*) filter (where closed_5 and first_5 and resolved_5),
                count(*) filter (where closed_7 and first_7 and resolved_7),
                count(*) filter (where closed_14 and first_14 and resolved_14),
                count(*) filter (where closed_30 and first_30 and resolved_30)] as first_resolved,
            array[
                count(*) filter (where not closed_1 and first_1),
                count(*) filter (where not closed_5 and first_5),
                count(*) filter (where not closed_7 and first_7),
                count(*) filter (where not closed_14 and first_14),
                count(*) filter (where not closed_30 and first_30)] as pending,
            array[
                count(*) filter (where closed_1),
                count(*) filter (where closed_5),
                count(*) filter (where closed_7),
                count(*) filter (where closed_14),
                count(*) filter (where closed_30)] as closed,
            array[
                count(*) filter (where closed_1 and resolved_1),
                count(*) filter (where closed_5 and resolved_5),
                count(*) filter (where closed_7 and resolved_7),
                count(*) filter (where closed_14 and resolved_14),
                count(*) filter (where closed_30 and resolved_30)] as closed_resolved,
            array[
                count(*) filter (where closed_1 and any_first_1),
                count(*) filter (where closed_5 and any_first_5),
                count(*) filter (where closed_7 and any_first_7),
                count(*) filter (where closed_14 and any_first_14),
                count(*) filter (where closed_30 and any_first_30)] as any_contacts,
            array[
                count(*) filter (where closed_1 and any_first_1 and any_resolved_1),
                count(*) filter (where closed_5 and any_first_5 and any_resolved_5),
                count(*) filter (where closed_7 and any_first_7 and any_resolved_7),
                count(*) filter (where closed_14 and any_first_14 and any_resolved_14),
                count(*) filter (where closed_30 and any_first_30 and any_resolved_30)] as any_resolved,
            array[
                count(*) filter (where not closed_1 and any_first_1),
                count(*) filter (where not closed_5 and any_first_5),
                count(*) filter (where not closed_7 and any_first_7),
                count(*) filter (where not closed_14 and any_first_14),
                count(*) filter (where not closed_30 and any_first_30)] as any_pending
        from (
            select day, team_id, portfolio_id, agent_id, topic_id, channel,
                ended_at + interval '24 hours' < $1::timestamptz as closed_1,
                coalesce(previous_end + interval '24 hours' < started_at, true) as first_1,
                coalesce(next_start > ended_at + interval '24 hours', true) as resolved_1,
                coalesce(previous_any_end + interval '24 hours' < started_at, true) as any_first_1,
                coalesce(next_any_start > ended_at + interval '24 hours', true) as any_resolved_1,
                ended_at + interval '120 hours' < $1::timestamptz as closed_5,
                coalesce(previous_end + interval '120 hours' < started_at, true) as first_5,
                coalesce(next_start > ended_at + interval '120 hours', true) as resolved_5,
                coalesce(previous_any_end + interval '120 hours' < started_at, true) as any_first_5,
                coalesce(next_any_start > ended_at + interval '120 hours', true) as any_resolved_5,
                ended_at + interval '168 hours' < $1::timestamptz as closed_7,
                coalesce(previous_end + interval '168 hours' < started_at, true) as first_7,
                coalesce(next_start > ended_at + interval '168 hours', true) as resolved_7,
                coalesce(previous_any_end + interval '168 hours' < started_at, true) as any_first_7,
                coalesce(next_any_start > ended_at + interval '168 hours', true) as any_resolved_7,
                ended_at + interval '336 hours' < $1::timestamptz as closed_14,
                coalesce(previous_end + interval '336 hours' < started_at, true) as first_14,
                coalesce(next_start > ended_at + interval '336 hours', true) as resolved_14,
                coalesce(previous_any_end + interval '336 hours' < started_at, true) as any_first_14,
                coalesce(next_any_start > ended_at + interval '336 hours', true) as any_resolved_14,
                ended_at + interval '720 hours' < $1::timestamptz as closed_30,
                coalesce(previous_end + interval '720 hours' < started_at, true) as first_30,
                coalesce(next_start > ended_at + interval '720 hours', true) as resolved_30,
                coalesce(previous_any_end + interval '720 hours' < started_at, true) as any_first_30,
                coalesce(next_any_start > ended_at + interval '720 hours', true) as any_resolved_30
            from judged_contact
            where is_known
            offset 0
        ) judged
        group by day, grouping sets ((), (team_id), (portfolio_id), (agent_id), (topic_id), (channel))
    ) grouped
    """
