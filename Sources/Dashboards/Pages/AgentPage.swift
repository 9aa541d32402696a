import Postgres
import Statistics
import Store

/// One agent: the headline measures with their weeks, the topics, how answers are spread, and what customers wrote.
struct AgentPage {
    let page: DashboardPage

    /// What is known of an agent's period besides the counts of the headline measures.
    struct Details {
        /// Counts of the period by topic.
        let topics: [(name: String, counts: MeasureCounts)]
        /// The newest comments up to the period's end.
        let comments: [AgentComment]
    }

    /// Creates the page from counts.
    init(
        _ agent: AgentName, _ total: MeasureCounts, _ series: [MeasureSeries], _ details: Details,
        in context: PageContext
    ) {
        page = DashboardPage(
            page: context.scope.dimension == .agent ? .overview : .agent(agent.id), title: agent.name,
            summary: [Self.introduction(agent)] + OverviewSummary.sentences(series, in: context),
            tiles: series.map { MeasureTile($0, comparison: context.period.previousName, rule: context.rule) },
            sections: series.map { TrendSection($0, rule: context.rule).section }
                + [
                    Distributions.nps(total, rule: context.rule),
                    Distributions.csat(total, rule: context.rule),
                    Self.topics(details.topics, in: context),
                    Self.comments(details.comments, of: agent, in: context),
                ].compactMap { $0 },
            figures: series.flatMap { $0.figures(in: context) } + Self.figures(details.topics, in: context))
    }

    private static func introduction(_ agent: AgentName) -> String {
        let team = agent.teamName.map { "team \($0)" } ?? "no team recorded"
        return "\(agent.ref), \(team)\(agent.isActive ? "" : ", no longer active")."
    }

    private static func topics(
        _ topics: [(name: String, counts: MeasureCounts)], in context: PageContext
    ) -> PageSection? {
        guard !topics.isEmpty else { return nil }
        let kinds = topicKinds
        return PageSection(
            id: "topics", "By topic",
            lead: "Most interactions first. Compare within a topic: what a contact is about moves every figure.",
            [
                FigureTable(
                    label: "Figures by topic: table", heading: "Topic",
                    columns: ["Interactions"] + kinds.flatMap { [$0.words.shortName, "n"] },
                    rows: topics.sorted { ($1.counts.legs.handled, $0.name) < ($0.counts.legs.handled, $1.name) }.map {
                        topic in
                        FigureTable.Row(
                            LinkedName(topic.name),
                            texts: [Figures.whole(topic.counts.legs.handled)]
                                + kinds.flatMap { kind -> [String] in
                                    let cells = kind.cells(topic.counts.estimate(kind, days: 1), context.rule)
                                    let value = cells[1].isEmpty ? cells[0] : "\(cells[0]) (\(cells[1]) to \(cells[2]))"
                                    return [value, cells[3]]
                                })
                    })
            ])
    }

    private static let topicKinds: [MeasureKind] = [.nps, .csat, .fcrObserved, .aht]

    private static func figures(
        _ topics: [(name: String, counts: MeasureCounts)], in context: PageContext
    ) -> [Figure] {
        topics.flatMap { topic in
            topicKinds.map { kind in
                let estimate = topic.counts.estimate(kind, days: 1)
                return Figure(
                    kind: kind, dimension: .topic, value: 0, name: topic.name, days: context.period.days,
                    estimate: kind.isShown(estimate, context.rule) ? estimate : nil, n: estimate?.n ?? 0)
            }
        }
    }

    private static func comments(
        _ comments: [AgentComment], of agent: AgentName, in context: PageContext
    ) -> PageSection? {
        guard !comments.isEmpty else { return nil }
        let zone = context.zone
        return PageSection(
            id: "comments", "What customers wrote", lead: "The newest comments up to the period’s end.",
            [
                CommentList(
                    comments: comments.map { comment in
                        CommentList.Comment(
                            text: comment.text, language: comment.language,
                            facts: [
                                CalendarDay(comment.answeredAt, in: zone).long,
                                comment.nps.map { "recommends \($0) of 10" },
                                comment.csat.map { "satisfied \($0) of 5" },
                                comment.complaint.map { "complaint \($0)" },
                                comment.interaction.map { "interaction \($0)" },
                            ].compactMap { $0 })
                    })
            ])
    }
}

/// Comments as customers wrote them, each with what it belongs to.
struct CommentList: Drawing {
    /// One comment.
    struct Comment {
        let text: String
        let language: String
        let facts: [String]
    }

    let comments: [Comment]

    func draw(into writer: inout MarkupWriter) {
        writer.raw("<ul class=\"comments\">\n")
        for comment in comments {
            writer.raw("<li><blockquote dir=\"auto\" lang=\"")
            writer.text(comment.language)
            writer.raw("\">")
            writer.text(comment.text)
            writer.raw("</blockquote><p class=\"note\">")
            writer.text(comment.facts.joined(separator: " · "))
            writer.raw("</p></li>\n")
        }
        writer.raw("</ul>\n")
    }
}
