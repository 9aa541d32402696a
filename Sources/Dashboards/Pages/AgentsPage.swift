import Foundation
import Postgres
import Statistics
import Store

/// The index of agents: whether they can be told apart, where each may rank, and everybody's figures by name.
struct AgentsPage {
    let page: DashboardPage

    /// The counts the index is made from.
    struct Counts {
        /// The scope's own counts of the period.
        let total: MeasureCounts
        /// The agents' counts of the period and of the one before.
        let rows: [MeasureRow]
        let previous: [MeasureRow]
        /// The scope's counts by topic, and the agents'.
        let topics: [MeasureRow]
        let agentTopics: [MeasureRow]
        let agents: [AgentName]
    }

    private static let words = ComparedWords(one: "agent", many: "agents")

    /// Reads the figures of the context's scope and period.
    static func read(_ context: PageContext, from figures: FigureSnapshot) async throws -> DashboardPage {
        func rows(_ dimension: MeasureDimension, _ days: ClosedRange<CalendarDay>) async throws -> [MeasureRow] {
            try await figures.measureCounts(FigureQuery(context.scope, by: dimension, days, parts: .headline))
        }
        let days = context.period.days
        let now = try await rows(.agent, days)
        let seen = now.map(\.value).filter { $0 != 0 }
        let counts = Counts(
            total: try await rows(.all, days).first?.counts ?? MeasureCounts(), rows: now,
            previous: try await rows(.agent, context.period.previous), topics: try await rows(.topic, days),
            agentTopics: seen.isEmpty
                ? []
                : try await figures.measureCounts(
                    ofAgents: seen, FigureQuery(by: .topic, days, parts: [.answers, .handling])),
            agents: try await figures.agents(in: context.scope))
        return AgentsPage(counts, in: context).page
    }

    /// Creates the page from counts.
    init(_ counts: Counts, in context: PageContext) {
        let rule = context.rule
        let agents = Dictionary(counts.agents.map { ($0.id, $0) }) { first, _ in first }
        let values = Self.values(counts, agents, in: context)
        let shares = [MeasureKind.csat, .fcrObserved].map {
            ShareComparison($0, values, words: Self.words, rule: rule)
        }
        let changes = ComparedChanges(values, words: Self.words, in: context)
        let table = AgentTable(
            values, agents: agents, total: counts.total,
            mix: TopicMix(topics: counts.topics, agents: counts.agentTopics), in: context)
        var summary = [
            "There is no data by agent in this period yet. Figures appear after interactions are imported and customers answer."
        ]
        if values.contains(where: \.isRecorded) {
            let verdicts = [shares[0].verdict, .nps(values, rule: rule), shares[1].verdict]
            summary = ComparisonVerdict.sentences(verdicts, words: Self.words, rule: rule) + changes.sentences
        } else if !values.isEmpty {
            summary = ["No agent is recorded for what happened in this period. Import interactions with one."]
        }
        page = DashboardPage(
            page: .agents, title: "Agents", summary: summary,
            sections: values.isEmpty
                ? []
                : (shares.map { Self.ranks($0, rule) } + [
                    table.section, changes.section, ExcludedAnswers.section(values, rule), Self.reading(rule),
                ])
                .compactMap(\.self),
            figures: table.figures + Self.previous(counts, names: agents.mapValues(\.name), in: context)
                + shares.flatMap { $0.figures(context.period.days, by: .agent) },
            counts: ExcludedAnswers.counts(values, context.period.days))
    }

    /// The agents seen in the period by name, and what no agent was recorded for last.
    private static func values(
        _ counts: Counts, _ agents: [Int32: AgentName], in context: PageContext
    ) -> [ComparedValue] {
        let before = Dictionary(counts.previous.map { ($0.value, $0.counts) }) { first, _ in first }
        let path = context.path(.agents)
        return counts.rows.map { row in
            let agent = agents[row.value]
            return ComparedValue(
                id: row.value, name: agent?.name ?? "Not recorded",
                address: agent.map { path.link(to: .agent($0.id)) }, counts: row.counts,
                previous: before[row.value] ?? MeasureCounts())
        }.filter(\.isSeen).sorted { left, right in
            if left.isRecorded != right.isRecorded { return left.isRecorded }
            let order = left.name.compare(right.name, options: [.caseInsensitive, .diacriticInsensitive, .numeric])
            return order == .orderedSame ? left.id < right.id : order == .orderedAscending
        }
    }

    /// Where each agent may rank; nil when they cannot be told apart.
    private static func ranks(_ share: ShareComparison, _ rule: SufficiencyRule) -> PageSection? {
        guard share.isRanked, let plot = share.plot else { return nil }
        return PageSection(
            id: "\(share.kind.id)-ranks", "Where each agent may rank by \(share.kind.words.name)",
            lead: "Highest estimate first. A rank is a range: every rank in it fits the agent’s answers.",
            [plot],
            notes: [
                "Where two ranges overlap, put neither agent above the other. Agents with fewer than \(rule.shownFrom) "
                    + "\(share.kind.words.counted.many) are not compared."
            ])
    }

    private static func reading(_ rule: SufficiencyRule) -> PageSection {
        PageSection(
            id: "reading", "How to read these figures",
            notes: [
                "Few answers swing widely. Of 18 customers, an agent whose true CSAT is 83\(Figures.thinSpace)% scores "
                    + "72\(Figures.thinSpace)% or less in 17\(Figures.thinSpace)% of months, by chance alone.",
                "That is why an estimate is drawn towards the value of all agents: far when an agent has few answers, little when "
                    + "there are many. It is the best guess at what the agent would reach with many more answers.",
                "All rank ranges hold together with 95\(Figures.thinSpace)% confidence. A wide range means that the answers do not "
                    + "say more. Agents are ranked only when they differ by more than chance makes.",
                "What contacts are about moves handle time and scores. “Against the same topics” is an agent’s figure less what "
                    + "the same topics have here on average; its interval is the chance in the agent’s own contacts, and its n that of the figure itself. Each agent is "
                    + "compared with their own mix of topics, so two agents’ differences are not a contest between them. "
                    + "It is missing (–) where the topics are not known for this scope alone.",
            ])
    }

    /// The figures of the previous period, which changes are told from.
    private static func previous(_ counts: Counts, names: [Int32: String], in context: PageContext) -> [Figure] {
        FigureReport(
            query: FigureQuery(context.scope, by: .agent, context.period.previous), rows: counts.previous,
            names: names
        ).figures(ComparedChanges.kinds, rule: context.rule)
    }
}

/// A drawing folded away behind a summary.
struct Folded: Drawing {
    let summary: String
    let drawing: any Drawing

    func draw(into writer: inout MarkupWriter) {
        writer.raw("<details>\n<summary>")
        writer.text(summary)
        writer.raw("</summary>\n")
        drawing.draw(into: &writer)
        writer.raw("</details>\n")
    }
}
