let copyInteractions: StaticString = """
    copy (
        select spreadsheet_text(i.ref) as ref, spreadsheet_text(i.contact) as contact,
            export_instant(i.started_at) as started_at, export_instant(i.ended_at) as ended_at,
            spreadsheet_text(customer.ref) as customer, spreadsheet_text(account.ref) as account,
            spreadsheet_text(agent.ref) as agent, spreadsheet_text(team.ref) as team,
            spreadsheet_text(portfolio.ref) as portfolio, spreadsheet_text(topic.name) as topic,
            spreadsheet_text(i.complaint_ref) as complaint, i.channel, i.direction, spreadsheet_text(i.queue) as queue,
            i.outcome, i.handled::text as handled, i.planned::text as planned, i.talk_seconds, i.hold_seconds,
            i.wrap_seconds
        from interaction i
        left join customer on customer.customer_id = i.customer_id
        left join account on account.account_id = i.account_id
        left join agent on agent.agent_id = i.agent_id
        left join team on team.team_id = i.team_id
        left join portfolio on portfolio.portfolio_id = i.portfolio_id
        left join topic on topic.topic_id = i.topic_id
        where i.started_at >= export_start() and i.started_at < export_end()
            and is_exported(i.team_id, i.agent_id, i.portfolio_id, i.topic_id, i.channel)
        order by i.started_at, i.interaction_id
    ) to stdout (format csv, header)
    """
