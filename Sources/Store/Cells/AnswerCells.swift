/// The answers of the days, each with what was frozen when its customer was invited.
///
/// Suspect is an answer within ten seconds of its invitation, faster than a message is opened, and a further answer of the same
/// customer within a minute, as mail scanners and tired thumbs give them. Excluded is one that an accepted objection keeps out of
/// its agent's figures.
let stageAnswers: StaticString = """
    insert into staged_answer
    select day, resolved_day, team_id, portfolio_id, agent_id, topic_id, channel, segment_id, outcome, category, label_id,
        survey_channel, survey_version_id, suspect, complete, nps, csat, ces, effort, resolved, handle_seconds, is_excluded
    from (
        select answered_at, (answered_at at time zone $3)::date as day, (resolved_at at time zone $3)::date as resolved_day,
            i.team_id, i.portfolio_id, i.agent_id, i.topic_id, channel_number(i.channel) as channel, i.segment_id,
            outcome_number(i.outcome) as outcome,
            case when i.complaint_id is not null then coalesce(i.topic_id, 0) end as category, label.label_id,
            survey_channel_number(i.survey_channel) as survey_channel, i.survey_version_id,
            answered_at < i.issued_at + interval '10 seconds'
                or coalesce(answered_at - lag(answered_at)
                    over (partition by i.customer_id order by answered_at, invitation_id)
                    < interval '60 seconds', false) as suspect,
            (r.nps is not null or not asked.nps) and (r.csat is not null or not asked.csat)
                and (r.ces is not null or not asked.ces) and (r.resolved is not null or not asked.resolved) as complete,
            r.nps, r.csat, r.ces, asked.effort, r.resolved, i.handle_seconds,
            exists (select from exclusion e where e.invitation_id = r.invitation_id) as is_excluded
        -- Those just before the first day decide which of its answers are suspect.
        from (
            select * from response
            where answered_at >= $1::timestamptz - interval '60 seconds' and answered_at < $2
            offset 0
        ) r
        join invitation i using (invitation_id)
        join resolution using (resolution_id)
        join (
            select survey_version_id,
                coalesce('ces' || ces_points || case when ces_lower_is_better then '-lower' else '-higher' end, '') as effort,
                definition @? '$.questions[*] ? (@.kind == "nps")' as nps,
                definition @? '$.questions[*] ? (@.kind == "csat")' as csat,
                definition @? '$.questions[*] ? (@.kind == "ces")' as ces,
                definition @? '$.questions[*] ? (@.kind == "resolved")' as resolved
            from survey_version
            offset 0
        ) asked using (survey_version_id)
        left join label on label.name = i.language
    ) answered
    where answered_at >= $1
    """

/// What is excluded is told apart only where agents are: for everybody else it counts like any other answer.
let answerCells: StaticString = """
    insert into fresh_answer_cell
    select cell_cut(ungrouped), cell_within(ungrouped, team_id, portfolio_id, agent_id),
        cell_value(ungrouped, team_id, portfolio_id, agent_id, topic_id, channel, segment_id, outcome, category, language_id,
            survey_channel, survey_version_id),
        day, effort, suspect, nps, csat, ces, resolved, complete, coalesce(is_excluded, false)
    from (
        select day, effort, suspect, is_excluded, team_id, portfolio_id, agent_id, topic_id, channel, segment_id, outcome, category,
            language_id, survey_channel, survey_version_id,
            grouping(team_id, portfolio_id, agent_id, topic_id, channel, segment_id, outcome, category, language_id,
                survey_channel, survey_version_id) as ungrouped,
            array[
                count(*) filter (where nps = 0), count(*) filter (where nps = 1), count(*) filter (where nps = 2),
                count(*) filter (where nps = 3), count(*) filter (where nps = 4), count(*) filter (where nps = 5),
                count(*) filter (where nps = 6), count(*) filter (where nps = 7), count(*) filter (where nps = 8),
                count(*) filter (where nps = 9), count(*) filter (where nps = 10)] as nps,
            array[
                count(*) filter (where csat = 1), count(*) filter (where csat = 2), count(*) filter (where csat = 3),
                count(*) filter (where csat = 4), count(*) filter (where csat = 5)] as csat,
            array[
                count(*) filter (where ces = 1), count(*) filter (where ces = 2), count(*) filter (where ces = 3),
                count(*) filter (where ces = 4), count(*) filter (where ces = 5), count(*) filter (where ces = 6),
                count(*) filter (where ces = 7)] as ces,
            array[count(*) filter (where not resolved), count(*) filter (where resolved)] as resolved,
            array[count(*) filter (where not complete), count(*) filter (where complete)] as complete
        from staged_answer
        group by day, effort, suspect, grouping sets (
            (), (team_id), (portfolio_id), (agent_id, is_excluded), (topic_id), (channel), (segment_id), (outcome), (category),
            (language_id), (survey_channel), (survey_version_id),
            (team_id, portfolio_id), (team_id, agent_id, is_excluded), (team_id, topic_id), (team_id, channel), (team_id, segment_id),
            (team_id, outcome), (team_id, category), (team_id, language_id), (team_id, survey_channel),
            (team_id, survey_version_id),
            (portfolio_id, agent_id, is_excluded), (portfolio_id, topic_id), (portfolio_id, channel), (portfolio_id, segment_id),
            (portfolio_id, outcome), (portfolio_id, category), (portfolio_id, language_id), (portfolio_id, survey_channel),
            (portfolio_id, survey_version_id),
            (agent_id, topic_id, is_excluded))
        -- What is no complaint has no category.
        having grouping(category) = 1 or category is not null
    ) grouped
    """

/// The cells of everything alone, quickly.
let answerTotals: StaticString = """
    insert into fresh_answer_cell
    select 'all', 0, 0, day, effort, suspect,
        array[
            count(*) filter (where nps = 0), count(*) filter (where nps = 1), count(*) filter (where nps = 2),
            count(*) filter (where nps = 3), count(*) filter (where nps = 4), count(*) filter (where nps = 5),
            count(*) filter (where nps = 6), count(*) filter (where nps = 7), count(*) filter (where nps = 8),
            count(*) filter (where nps = 9), count(*) filter (where nps = 10)] as nps,
        array[
            count(*) filter (where csat = 1), count(*) filter (where csat = 2), count(*) filter (where csat = 3),
            count(*) filter (where csat = 4), count(*) filter (where csat = 5)] as csat,
        array[
            count(*) filter (where ces = 1), count(*) filter (where ces = 2), count(*) filter (where ces = 3),
            count(*) filter (where ces = 4), count(*) filter (where ces = 5), count(*) filter (where ces = 6),
            count(*) filter (where ces = 7)] as ces,
        array[count(*) filter (where not resolved), count(*) filter (where resolved)] as resolved,
        array[count(*) filter (where not complete), count(*) filter (where complete)] as complete, false
    from staged_answer
    group by day, effort, suspect
    """

let answeredCells: StaticString = """
    insert into fresh_answered_cell
    select cell_cut(ungrouped), cell_within(ungrouped, team_id, portfolio_id, agent_id),
        cell_value(ungrouped, team_id, portfolio_id, agent_id, topic_id, channel, segment_id, outcome, category, language_id,
            survey_channel, survey_version_id),
        resolved_day, day, answered, complete, timed, seconds, squares
    from (
        select day, resolved_day, team_id, portfolio_id, agent_id, topic_id, channel, segment_id, outcome, category,
            language_id, survey_channel, survey_version_id,
            grouping(team_id, portfolio_id, agent_id, topic_id, channel, segment_id, outcome, category, language_id,
                survey_channel, survey_version_id) as ungrouped,
            count(*) as answered, count(*) filter (where complete) as complete, count(seconds) as timed,
            coalesce(sum(seconds), 0) as seconds, coalesce(sum(seconds * seconds), 0) as squares
        from staged_answer
        group by day, resolved_day, grouping sets (
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

let answeredTotals: StaticString = """
    insert into fresh_answered_cell
    select 'all', 0, 0, resolved_day, day, count(*), count(*) filter (where complete), count(seconds),
        coalesce(sum(seconds), 0), coalesce(sum(seconds * seconds), 0)
    from staged_answer
    group by day, resolved_day
    """
