/// The resolutions of the days with what was decided: frozen attribution where somebody was invited, and the facts' own elsewhere.
let stageAsking: StaticString = """
    insert into staged_resolution
    select (resolved_at at time zone $3)::date,
        case when i.invitation_id is not null then i.team_id when c.complaint_id is not null then c.team_id else n.team_id end,
        case when i.invitation_id is not null then i.portfolio_id when c.complaint_id is not null then c.portfolio_id
            else n.portfolio_id end,
        case when i.invitation_id is not null then i.agent_id when c.complaint_id is not null then c.agent_id
            else n.agent_id end,
        case when i.invitation_id is not null then i.topic_id when c.complaint_id is not null then c.topic_id
            else n.topic_id end,
        channel_number(case when i.invitation_id is not null then i.channel when c.complaint_id is not null then c.channel
            else n.channel end),
        case when i.invitation_id is not null then i.segment_id else n.segment_id end,
        outcome_number(case when i.invitation_id is not null then i.outcome else n.outcome end),
        case when i.invitation_id is null and c.complaint_id is not null then coalesce(c.topic_id, 0)
            when i.complaint_id is not null then coalesce(i.topic_id, 0) end,
        label.label_id, survey_channel_number(i.survey_channel), i.survey_version_id, d.outcome, d.rule,
        i.handle_seconds
    from (select * from resolution where resolved_at >= $1 and resolved_at < $2 offset 0) r
    left join decision d using (resolution_id)
    left join invitation i using (resolution_id)
    left join interaction n on n.interaction_id = r.interaction_id
    left join complaint c on c.complaint_id = r.complaint_id
    left join label on label.name = i.language
    """

let askingCells: StaticString = """
    insert into fresh_asking_cell
    select cell_cut(ungrouped), cell_within(ungrouped, team_id, portfolio_id, agent_id),
        cell_value(ungrouped, team_id, portfolio_id, agent_id, topic_id, channel, segment_id, outcome, category, language_id,
            survey_channel, survey_version_id),
        day, resolutions, waiting, invited, timed, seconds, squares
    from (
        select day, team_id, portfolio_id, agent_id, topic_id, channel, segment_id, outcome, category, language_id,
            survey_channel, survey_version_id,
            grouping(team_id, portfolio_id, agent_id, topic_id, channel, segment_id, outcome, category, language_id,
                survey_channel, survey_version_id) as ungrouped,
            count(*) as resolutions, count(*) filter (where decided is null) as waiting,
            count(*) filter (where decided = 'invite') as invited, count(seconds) as timed,
            coalesce(sum(seconds), 0) as seconds, coalesce(sum(seconds * seconds), 0) as squares
        from staged_resolution
        group by day, grouping sets (
            (), (team_id), (portfolio_id), (agent_id), (topic_id), (channel), (segment_id), (outcome), (category),
            (language_id), (survey_channel), (survey_version_id),
            (team_id, portfolio_id), (team_id, agent_id), (team_id, topic_id), (team_id, channel), (team_id, segment_id),
            (team_id, outcome), (team_id, category), (team_id, language_id), (team_id, survey_channel),
            (team_id, survey_version_id),
            (portfolio_id, agent_id), (portfolio_id, topic_id), (portfolio_id, channel), (portfolio_id, segment_id),
            (portfolio_id, outcome), (portfolio_id, category), (portfolio_id, language_id), (portfolio_id, survey_channel),
            (portfolio_id, survey_version_id),
            (agent_id, topic_id))
        having grouping(category) = 1 or category is not null
    ) grouped
    """

let skipCells: StaticString = """
    insert into fresh_skip_cell
    select cell_cut(ungrouped), cell_within(ungrouped, team_id, portfolio_id, agent_id),
        cell_value(ungrouped, team_id, portfolio_id, agent_id, topic_id, channel, null, null, null, null, null, null),
        day, rule, skipped
    from (
        select day, rule, team_id, portfolio_id, agent_id, topic_id, channel,
            grouping(team_id, portfolio_id, agent_id, topic_id, channel) << 6 | 63 as ungrouped, count(*) as skipped
        from staged_resolution
        where decided = 'skip'
        group by day, rule, grouping sets (
            (), (team_id), (portfolio_id), (agent_id), (topic_id), (channel),
            (team_id, portfolio_id), (team_id, agent_id), (team_id, topic_id), (team_id, channel),
            (portfolio_id, agent_id), (portfolio_id, topic_id), (portfolio_id, channel))
    ) grouped
    """
