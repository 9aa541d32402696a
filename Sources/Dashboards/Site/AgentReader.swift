import Postgres
import Statistics
import Store

/// Reads the figures of some agents, all at once for each period, and makes their pages.
///
/// Periods that end on the same day have the same weeks: these are read and drawn once.
struct AgentReader {
    private let scope: FigureScope
    private let figures: FigureSnapshot
    private var trends: [WeeksKey: [Int32: [MeasureTrend]]] = [:]
    private var answers: [WeeksKey: [Int32: [AgentAnswer]]] = [:]
    private var topicNames: [Int32: String]?

    private struct WeeksKey: Hashable {
        let days: ClosedRange<CalendarDay>
        let agents: [Int32]
    }

    init(_ scope: FigureScope, figures: FigureSnapshot) {
        self.scope = scope
        self.figures = figures
    }

    /// The pages of some agents for the context's period.
    mutating func pages(of agents: [AgentName], in context: PageContext) async throws -> [DashboardPage] {
        try await read(agents, in: context).map(\.page)
    }

    /// What the pages of some agents for the context's period are made of.
    ///
    /// - Parameter listsAnswers: Whether the newest answers are on them.
    mutating func read(
        _ agents: [AgentName], in context: PageContext, listsAnswers: Bool = true
    ) async throws -> [AgentPage] {
        let ids = agents.map(\.id)
        let trends = try await self.trends(of: ids, in: context)
        let totals = try await self.totals(of: ids, context.period.days, .headline)
        let previous = try await self.totals(of: ids, context.period.previous, .headline)
        let times = try await self.totals(of: ids, context.period.days, .handleTimes)
        let answers = listsAnswers ? try await self.answers(of: ids, in: context) : [:]
        let topics = try await self.topics(of: ids, in: context)
        return agents.map { agent in
            var total = totals[agent.id] ?? MeasureCounts()
            total.legs.buckets = times[agent.id]?.legs.buckets ?? [:]
            total.wholeContacts.buckets = times[agent.id]?.wholeContacts.buckets ?? [:]
            let series = (trends[agent.id] ?? []).map {
                MeasureSeries($0, total, previous[agent.id] ?? MeasureCounts(), in: context)
            }
            return AgentPage(
                agent, total, series, .init(topics: topics[agent.id] ?? [], answers: answers[agent.id] ?? []),
                in: context)
        }
    }

    private func totals(
        of agents: [Int32], _ days: ClosedRange<CalendarDay>, _ parts: CountParts
    ) async throws -> [Int32: MeasureCounts] {
        let rows = try await figures.measureCounts(
            FigureQuery(scope, by: .agent, days, values: agents, parts: parts))
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.value, $0.counts) })
    }

    private mutating func trends(of agents: [Int32], in context: PageContext) async throws -> [Int32: [MeasureTrend]] {
        let key = WeeksKey(days: context.trendDays, agents: agents)
        if let known = trends[key] { return known }
        let rows = try await figures.measureCounts(
            FigureQuery(scope, by: .agent, context.trendDays, cut: .week, values: agents, parts: .headline))
        var weeks: [Int32: [CalendarDay: MeasureCounts]] = [:]
        for row in rows { weeks[row.value, default: [:]][row.start] = row.counts }
        let kinds = MeasureKind.headline(
            instruments: CESInstrument.known.filter { instrument in
                rows.contains { $0.counts.instruments.contains(instrument) }
            })
        var drawn: [Int32: [MeasureTrend]] = [:]
        for agent in agents { drawn[agent] = kinds.map { MeasureTrend($0, weeks[agent] ?? [:], in: context) } }
        trends = [key: drawn]
        return drawn
    }

    private mutating func answers(of agents: [Int32], in context: PageContext) async throws -> [Int32: [AgentAnswer]] {
        let key = WeeksKey(days: context.trendDays, agents: agents)
        if let known = answers[key] { return known }
        let end = context.period.days.upperBound.adding(days: 1).instant(hour: 0, in: context.zone)
        let read = Dictionary(
            grouping: try await figures.answers(aboutAgents: agents, within: scope, before: end), by: \.agent)
        answers = [key: read]
        return read
    }

    private mutating func topics(
        of agents: [Int32], in context: PageContext
    ) async throws -> [Int32: [(name: String, counts: MeasureCounts)]] {
        // Within a team or portfolio, agents are not told apart by topic.
        guard scope == .everything || scope.dimension == .agent else { return [:] }
        if topicNames == nil { topicNames = try await figures.names(of: .topic) }
        let names = topicNames ?? [:]
        let rows = try await figures.measureCounts(
            ofAgents: agents, FigureQuery(by: .topic, context.period.days, parts: [.answers, .handling, .contacts]))
        return Dictionary(grouping: rows, by: \.within).mapValues { rows in
            rows.map { (name: names[$0.value] ?? "not recorded", counts: $0.counts) }
        }
    }
}
