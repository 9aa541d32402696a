import Statistics
import Store

/// How often each agent's customers are invited: a rate far from all agents' may mean that the survey is avoided.
struct AgentInvitations {
    private let report: FigureReport
    private let context: PageContext
    private let pooled: Share
    private let test: Heterogeneity?
    private let rows: [Row]

    /// More agents than this are left to the file.
    private static let most = 100

    private struct Row {
        let name: LinkedName
        let counts: MeasureCounts
        /// The distance from the rate of all, in standard errors; nil where it is not defined.
        let score: Double?
    }

    init(_ report: FigureReport, in context: PageContext) {
        self.report = report
        self.context = context
        // What is attributed to nobody is no agent.
        let agents = report.rows.filter { $0.value != 0 && $0.counts.decided.total > 0 }
        let pooled = agents.map(\.counts.decided).reduce(.none, +)
        self.pooled = pooled
        test = Heterogeneity(agents.map(\.counts.decided))
        let path = context.path(.asking)
        rows = agents.map { row in
            Row(
                name: LinkedName(report.plainName(row.value), address: path.link(to: .agent(row.value))),
                counts: row.counts, score: pooled.proportion.flatMap { row.counts.decided.funnelScore(target: $0) })
        }
        .sorted { abs($1.score ?? 0) < abs($0.score ?? 0) }
    }

    private var isSpread: Bool { (test?.pValue ?? 1) < 0.05 }

    /// The agents that lie far from the others, and may be shown.
    private var far: [Row] {
        rows.filter { abs($0.score ?? 0) > 3 && context.rule.sufficiency(of: $0.counts.decided.total) != .withheld }
    }

    /// What needs a person; nil where the agents do not differ by more than chance.
    var sentence: String? {
        guard isSpread, !far.isEmpty else { return nil }
        let below = far.filter { ($0.score ?? 0) < 0 }.count
        let who = far.count == 1 ? "1 agent’s customers are" : "\(Figures.whole(far.count)) agents’ customers are each"
        return
            "\(who) invited far more or less often than others’ (\(Figures.whole(below)) less often); see whether the survey is avoided."
    }

    /// The section; nil where there are no agents.
    var section: PageSection? {
        guard !rows.isEmpty else { return nil }
        let shown = rows.prefix(Self.most)
        let table = FigureTable(
            label: "Invitation rate by agent: table", caption: "Furthest from the rate of all first.", heading: "Agent",
            columns: [
                "Invitation rate", "0 to 100\(Figures.thinSpace)%", "Lower", "Upper", "n", "Invited", "From all agents",
                "In standard errors",
            ],
            rows: shown.map(tableRow))
        return PageSection(
            id: "by-agent", "Invitation rate by agent", lead: lead, [table],
            notes: [
                "Decided are resolutions that are no longer waiting. Agents with other kinds of cases are passed over for other "
                    + "reasons, so a distance is a question, not a verdict. By chance alone about 3 agents of 1\u{202F}000 lie more than "
                    + "3 standard errors away."
            ]
                + (rows.count > Self.most
                    ? ["\(Figures.whole(Self.most)) of \(Figures.whole(rows.count)) agents; the file below has all."]
                    : []))
    }

    private func tableRow(_ row: Row) -> FigureTable.Row {
        let (kind, share) = (MeasureKind.invitationRate, row.counts.decided)
        let texts = kind.cells(share.estimate(), context.rule)
        guard let estimate = share.estimate(), kind.isShown(estimate, context.rule), let all = pooled.proportion else {
            return FigureTable.Row(row.name, texts: [texts[0], "", "", "", texts[3], "", "", ""])
        }
        return FigureTable.Row(
            row.name,
            cells: [.text(texts[0]), .drawing(IntervalWhisker(estimate: estimate, scale: 0...1))]
                + (texts[1...4] + [Self.signed((estimate.point - all) * 100) + " points"]).map(FigureTable.Cell.text)
                + [.text(row.score.map(Self.signed) ?? "–")])
    }

    private var lead: String {
        guard let estimate = pooled.estimate(), let test else {
            return "One agent alone cannot be compared."
        }
        let all =
            "All agents together: \(MeasureKind.invitationRate.text(estimate.point)) of \(Figures.whole(estimate.n)) resolutions. "
        let chance = "(χ² test, \(Figures.probability(test.pValue)))"
        return all
            + (isSpread
                ? "The agents differ by more than chance makes them \(chance)."
                : "The agents cannot be told apart \(chance).")
    }

    private static func signed(_ value: Double) -> String {
        (value > 0 ? "+" : "") + Figures.oneDecimal(value)
    }
}

extension MeasureCounts {
    /// The resolutions that led to an invitation, of those decided about.
    fileprivate var decided: Share { Share(asking.invited, of: asking.resolutions - asking.waiting) }
}
