import Postgres
import Statistics
import Store

/// One agent: the headline measures with their weeks, how answers and handle times are spread, the topics, and the newest answers.
struct AgentPage {
    var page: DashboardPage
    let total: MeasureCounts
    let series: [MeasureSeries]

    /// What is known of an agent's period besides the counts of the headline measures.
    struct Details {
        /// Counts of the period by topic.
        let topics: [(name: String, counts: MeasureCounts)]
        /// The newest answers up to the period's end.
        let answers: [AgentAnswer]
    }

    /// Creates the page from counts.
    init(
        _ agent: AgentName, _ total: MeasureCounts, _ series: [MeasureSeries], _ details: Details,
        in context: PageContext
    ) {
        self.total = total
        self.series = series
        page = DashboardPage(
            page: context.scope.dimension == .agent ? .overview : .agent(agent.id), title: agent.name,
            summary: [Self.introduction(agent)] + OverviewSummary.sentences(series, in: context),
            tiles: series.map { MeasureTile($0, comparison: context.period.previousName, rule: context.rule) },
            sections: series.map { TrendSection($0, rule: context.rule).section }
                + [ExcludedAnswers.section(total, in: context)].compactMap(\.self)
                + [
                    Distributions.nps(total, rule: context.rule),
                    Distributions.csat(total, rule: context.rule),
                ].compactMap(\.self)
                + total.instruments.compactMap { Distributions.ces($0, total, rule: context.rule) }
                + [
                    DetailSections.handling(total, by: .agent, in: context), Self.topics(details.topics, in: context),
                    Self.answers(details.answers, about: agent, in: context),
                ].compactMap(\.self),
            figures: series.flatMap { $0.figures(in: context) } + Self.handling(total, in: context)
                + Self.figures(details.topics, in: context),
            counts: Distributions.counts(total, context.period.days, rule: context.rule)
                + [
                    PageCount("fcr-observed-pending", days: context.period.days, count: total.contacts.pending)
                ] + ExcludedAnswers.counts(total, in: context))
    }

    /// Handle time in every way but the mean, which is a tile.
    private static func handling(_ total: MeasureCounts, in context: PageContext) -> [Figure] {
        MeasureKind.handling.filter { $0 != .aht && $0.isKept(by: .agent, within: context.scope) }.map { kind in
            let sample = total.sample(kind, days: 1)
            return Figure(
                kind: kind, dimension: .all, value: 0, name: nil, days: context.period.days,
                estimate: kind.isShown(sample.estimate, context.rule) ? sample.estimate : nil, n: sample.n)
        }
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

    private static func answers(
        _ answers: [AgentAnswer], about agent: AgentName, in context: PageContext
    ) -> PageSection? {
        guard !answers.isEmpty else { return nil }
        let written = answers.compactMap { answer -> CommentList.Comment? in
            answer.comment.map { text in
                CommentList.Comment(
                    text: text, language: answer.language,
                    facts: [
                        CalendarDay(answer.answeredAt, in: context.zone).long,
                        answer.nps.map { "recommends \($0) of 10" }, answer.csat.map { "satisfied \($0) of 5" },
                        answer.complaint.map { "complaint \($0)" }, answer.interaction.map { "interaction \($0)" },
                    ].compactMap { $0 })
            }
        }
        func text(_ score: Int?, of points: Int? = nil) -> String {
            score.map { "\($0)\(points.map { " / \($0)" } ?? "")" } ?? "–"
        }
        let table = FigureTable(
            label: "The newest answers: table", heading: "Answered",
            columns: ["NPS", "CSAT", "Effort or ease", "Resolved", "About"],
            rows: answers.map { answer in
                FigureTable.Row(
                    LinkedName(CalendarDay(answer.answeredAt, in: context.zone).long),
                    cells: [
                        .text(text(answer.nps)), .text(text(answer.csat)),
                        .text(text(answer.ces, of: answer.cesPoints)),
                        .text(answer.resolved.map { $0 ? "yes" : "no" } ?? "–"),
                        (answer.complaint ?? answer.interaction).map { .drawing(LinkedName($0)) } ?? "–",
                    ])
            }, isFolded: true)
        let drawings: [(any Drawing)?] = [
            written.isEmpty ? nil : CommentList(comments: written), table,
            context.scope.has(.answers(month: ""))
                ? AnswersLink(.agent(agent.id), "All answers, month by month", in: context) : nil,
        ]
        return PageSection(
            id: "comments", "What customers answered",
            lead: "The \(Figures.whole(answers.count)) newest answers up to the period’s end.",
            drawings.compactMap(\.self))
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
