let copyResponses: StaticString = """
    copy (
        select r.invitation_id as invitation, export_instant(r.answered_at) as answered_at,
            export_instant(i.issued_at) as issued_at, spreadsheet_text(survey.name) as survey,
            version.number as survey_version, spreadsheet_text(r.language) as language, r.nps, r.csat, r.ces, r.ces_points,
            case when r.ces is not null then version.ces_lower_is_better end::text as ces_lower_is_better,
            r.resolved::text as resolved, spreadsheet_text(r.choices::text) as choices,
            spreadsheet_text(case when not is_kept_back(r.invitation_id) then r.comment end) as comment,
            spreadsheet_text(customer.ref) as customer,
            spreadsheet_text(complaint.ref) as complaint, spreadsheet_text(interaction.ref) as interaction,
            spreadsheet_text(agent.ref) as agent, spreadsheet_text(team.ref) as team,
            spreadsheet_text(portfolio.ref) as portfolio, spreadsheet_text(topic.name) as topic, i.channel
        from response r
        join invitation i using (invitation_id)
        join survey_version version using (survey_version_id)
        join survey using (survey_id)
        join customer using (customer_id)
        left join complaint on complaint.complaint_id = i.complaint_id
        left join interaction on interaction.interaction_id = i.interaction_id
        left join agent on agent.agent_id = i.agent_id
        left join team on team.team_id = i.team_id
        left join portfolio on portfolio.portfolio_id = i.portfolio_id
        left join topic on topic.topic_id = i.topic_id
        where r.answered_at >= export_start() and r.answered_at < export_end()
            and is_exported(i.team_id, i.agent_id, i.portfolio_id, i.topic_id, i.channel)
        order by r.answered_at, r.invitation_id
    ) to stdout (format csv, header)
    """
