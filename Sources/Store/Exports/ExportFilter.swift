import Postgres

/// What an export is to hold; whatever is nil leaves everything in.
public struct ExportFilter: Sendable, Equatable {
    /// The first and the last day, in the organisation's days.
    public var firstDay, lastDay: CalendarDay?
    /// References of a team, an agent and a portfolio, and the names of a topic and a channel.
    public var team, agent, portfolio, topic, channel: String?

    /// Creates a filter that leaves everything in.
    public init() {}
}

/// Why nothing can be exported: in words for whoever asked.
public struct ExportRefusal: Error, CustomStringConvertible {
    /// What was asked for, and what there is.
    public let description: String
}

/// A filter that was checked: instants, identifiers and the channel, as the statements read them.
public struct ExportSelection: Sendable, Equatable {
    /// The start and the end of the period, the team, the agent, the portfolio, the topic and the channel.
    let settings: [String?]
    /// What was asked for, as the record has it.
    let described: [String: String]
}

extension Store {
    /// Checks a filter.
    ///
    /// - Throws: ``ExportRefusal`` for a period that ends before it starts, and for a name that nothing has.
    public func exportSelection(_ filter: ExportFilter) async throws -> ExportSelection {
        if let first = filter.firstDay, let last = filter.lastDay, last < first {
            throw ExportRefusal(description: "the period ends (\(last)) before it starts (\(first))")
        }
        let asked: [(dimension: MeasureDimension, name: String?)] = [
            (.team, filter.team), (.agent, filter.agent), (.portfolio, filter.portfolio), (.topic, filter.topic),
            (.channel, filter.channel),
        ]
        // No text in the database holds a NUL, and none can be looked for.
        let names = asked.map { $0.name?.utf8.contains(0) == true ? nil : $0.name }
        let (start, end, team, agent, portfolio, topic, channel) = try await pool.query(
            resolveFilter, filter.firstDay, filter.lastDay, names[0], names[1], names[2], names[3], names[4]
        ).decodeOnly(String?.self, String?.self, String?.self, String?.self, String?.self, String?.self, String?.self)
        for (asked, found) in zip(asked, [team, agent, portfolio, topic, channel]) {
            if let name = asked.name, found == nil { throw try await refusal(of: name, asked.dimension) }
        }
        var described = Dictionary(
            uniqueKeysWithValues: asked.compactMap { asked in asked.name.map { ("\(asked.dimension)", $0) } })
        described["from"] = filter.firstDay.map { "\($0)" }
        described["to"] = filter.lastDay.map { "\($0)" }
        return ExportSelection(
            settings: [start, end, team, agent, portfolio, topic, channel], described: described)
    }

    private func refusal(of name: String, _ dimension: MeasureDimension) async throws -> ExportRefusal {
        let known = try await pool.query(knownNames, dimension.rawValue).decode(String.self)
        let listed = known.prefix(20).joined(separator: ", ") + (known.count > 20 ? ", …" : "")
        let there = known.isEmpty ? "none is known yet" : "there are: \(listed)"
        return ExportRefusal(description: "there is no \(dimension) \"\(name)\"; \(there)")
    }
}

private let resolveFilter: StaticString = """
    select ($1::date::timestamp at time zone time_zone)::text, (($2::date + 1)::timestamp at time zone time_zone)::text,
        (select team_id::text from team where ref = $3),
        (select agent_id::text from agent where ref = $4),
        (select portfolio_id::text from portfolio where ref = $5),
        (select topic_id::text from topic where name = $6),
        (select channel::text from unnest(enum_range(null::contact_channel)) channel where channel::text = $7)
    from organisation
    """

private let knownNames: StaticString = """
    select ref from team where $1 = 'team'
    union all
    select ref from agent where $1 = 'agent'
    union all
    select ref from portfolio where $1 = 'portfolio'
    union all
    select name from topic where $1 = 'topic'
    union all
    select channel::text from unnest(enum_range(null::contact_channel)) channel where $1 = 'channel'
    order by 1
    limit 21
    """
