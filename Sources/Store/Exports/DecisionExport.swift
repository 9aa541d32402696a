let copyDecisions: StaticString = """
    copy (
        select d.resolution_id as resolution, export_instant(resolution.resolved_at) as resolved_at,
            spreadsheet_text(c.ref) as complaint, spreadsheet_text(interaction.ref) as interaction,
            spreadsheet_text(customer.ref) as customer, d.outcome, spreadsheet_text(d.rule) as rule,
            export_instant(d.decided_at) as decided_at, v.invitation_id as invitation,
            spreadsheet_text(agent.ref) as agent, spreadsheet_text(team.ref) as team,
            spreadsheet_text(portfolio.ref) as portfolio, spreadsheet_text(topic.name) as topic, attributed.channel
        from decision d
        join resolution using (resolution_id)
        left join invitation v on v.resolution_id = d.resolution_id
        left join complaint c on c.complaint_id = resolution.complaint_id
        left join interaction on interaction.interaction_id = coalesce(v.interaction_id, resolution.interaction_id)
        -- Frozen once there is an invitation, also where nothing was known; a complaint that led to none is told by itself.
        cross join lateral (
            select coalesce(c.customer_id, interaction.customer_id) as customer_id,
                case when v.invitation_id is not null then v.agent_id
                    when c.complaint_id is not null then c.agent_id else interaction.agent_id end as agent_id,
                case when v.invitation_id is not null then v.team_id
                    when c.complaint_id is not null then c.team_id else interaction.team_id end as team_id,
                case when v.invitation_id is not null then v.portfolio_id
                    when c.complaint_id is not null then c.portfolio_id else interaction.portfolio_id end as portfolio_id,
                case when v.invitation_id is not null then v.topic_id
                    when c.complaint_id is not null then c.topic_id else interaction.topic_id end as topic_id,
                case when v.invitation_id is not null then v.channel
                    when c.complaint_id is not null then c.channel else interaction.channel end as channel
        ) attributed
        left join customer on customer.customer_id = attributed.customer_id
        left join agent on agent.agent_id = attributed.agent_id
        left join team on team.team_id = attributed.team_id
        left join portfolio on portfolio.portfolio_id = attributed.portfolio_id
        left join topic on topic.topic_id = attributed.topic_id
        where d.decided_at >= export_start() and d.decided_at < export_end()
            and is_exported(attributed.team_id, attributed.agent_id, attributed.portfolio_id, attributed.topic_id,
                attributed.channel)
        order by d.decided_at, d.resolution_id
    ) to stdout (format csv, header)
    """
