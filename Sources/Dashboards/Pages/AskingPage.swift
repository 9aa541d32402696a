import Postgres
import Statistics
import Store

/// Who is asked, who answers and who does not, and how far that colours the scores.
struct AskingPage {
    let page: DashboardPage

    /// What the page shows besides the series: figures by dimension, as far as they are kept.
    struct Details {
        /// How each agent's customers were invited.
        let agents: FigureReport?
        /// By channel, topic, language and survey version.
        let rates: [FigureReport]
        let outcomes: FigureReport?
    }

    /// Reads the page of the context's scope and period.
    static func read(_ context: PageContext, from figures: FigureSnapshot) async throws -> DashboardPage {
        var rates: [FigureReport] = []
        for dimension in [MeasureDimension.channel, .topic, .language, .surveyVersion] {
            if let report = try await context.report(by: dimension, .headline, from: figures) { rates.append(report) }
        }
        var agents: FigureReport?
        if context.scope.dimension != .agent { agents = try await context.report(by: .agent, .headline, from: figures) }
        let details = Details(
            agents: agents, rates: rates, outcomes: try await context.report(by: .outcome, .headline, from: figures))
        return AskingPage(try await SeriesCounts.read(context, from: figures), details, in: context).page
    }

    /// Creates the page from counts.
    init(_ counts: SeriesCounts, _ details: Details, in context: PageContext) {
        let kinds: [MeasureKind] = [.responseRate, .completion, .invitationRate]
        let series = kinds.map { MeasureSeries($0, counts, in: context) }
        let funnel = AskingFunnel(counts.total.asking)
        let topics = details.rates.first { $0.query.dimension == .topic }
        let weighting = topics.map { TopicWeighting($0.rows.map(\.counts)) }
        let agents = details.agents.map { AgentInvitations($0, in: context) }
        let responders = Responders(
            counts.total, outcomes: details.outcomes,
            channels: details.rates.first { $0.query.dimension == .channel })
        page = DashboardPage(
            page: .asking, title: "Asking",
            summary: [funnel.sentence]
                + (counts.total.asking.resolutions > 0 ? Self.summary(series, agents, in: context) : []),
            tiles: series.map { MeasureTile($0, comparison: context.period.previousName, rule: context.rule) },
            sections: [funnel.section].compactMap(\.self)
                + series.map { TrendSection($0, rule: context.rule).section }
                + [
                    agents?.section, responders.section(context.rule), weighting?.section(context.rule),
                ].compactMap(\.self) + details.rates.compactMap { Self.rates($0, in: context) },
            figures: context.figures(counts, period: kinds, weeks: kinds)
                + details.rates.flatMap { $0.figures([.responseRate, .completion], rule: context.rule) }
                + (details.agents?.figures([.invitationRate, .responseRate], rule: context.rule) ?? []),
            counts: funnel.counts(context.period.days) + responders.counts(context.period.days, context.rule)
                + (weighting?.counts(context.period.days, context.rule) ?? []))
    }

    private static func summary(_ series: [MeasureSeries], _ agents: AgentInvitations?, in context: PageContext)
        -> [String]
    {
        OverviewSummary.sentences(series, in: context) + [agents?.sentence].compactMap(\.self)
    }

    /// Response rate and completion by the values of a dimension.
    private static func rates(_ report: FigureReport, in context: PageContext) -> PageSection? {
        let rows = report.tableRows { $0.asking.invited > 0 }
            .sorted { $1.counts.asking.invited < $0.counts.asking.invited }
        let names: [MeasureDimension: String] = [
            .channel: "channel", .topic: "topic", .language: "language", .surveyVersion: "survey version",
        ]
        guard !rows.isEmpty, let name = names[report.query.dimension] else { return nil }
        return PageSection(
            id: "rate-by-\(report.query.dimension.rawValue)", "Response rate by \(name)",
            lead: "Most invitations first.",
            [
                MeasureTable(
                    label: "Response rate by \(name): table", caption: nil,
                    heading: name.prefix(1).uppercased() + name.dropFirst(),
                    kinds: [.responseRate, .completion], rows: rows, days: 1, rule: context.rule)
            ], isWide: false)
    }
}
