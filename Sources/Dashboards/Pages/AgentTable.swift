import Postgres
import Statistics
import Store

/// Every agent's figures by name, as they are and against the same topics.
struct AgentTable {
    private let values: [ComparedValue]
    private let agents: [Int32: AgentName]
    private let total: MeasureCounts
    private let mix: TopicMix
    private let context: PageContext
    private let columns: MeasureColumns
    /// The last columns of the table: the response rate, after the comparisons.
    private let lastColumn: MeasureColumns

    /// The measures that are compared with the same topics.
    private static let compared: [MeasureKind] = [.aht, .csat]

    init(
        _ values: [ComparedValue], agents: [Int32: AgentName], total: MeasureCounts, mix: TopicMix,
        in context: PageContext
    ) {
        self.values = values
        self.agents = agents
        self.total = total
        self.mix = mix
        self.context = context
        let kinds = MeasureKind.headline(instruments: total.instruments).filter {
            $0 != .fcrStated && $0 != .responseRate
        }
        columns = MeasureColumns(kinds: kinds, rule: context.rule)
        lastColumn = MeasureColumns(kinds: [.responseRate], rule: context.rule)
    }

    // MARK: Section

    var section: PageSection {
        let names = Dictionary(grouping: values, by: \.name)
        let table = FigureTable(
            label: "Agents: table", heading: "Agent, team now",
            columns: ["Interactions"] + columns.names
                + Self.compared.map { "\($0.words.shortName) against the same topics" } + lastColumn.names,
            rows: values.map { row($0, isAmbiguous: (names[$0.name]?.count ?? 0) > 1) },
            total: FigureTable.Row(
                LinkedName("All"),
                cells: [.text(Figures.whole(total.legs.handled))] + columns.cells(total)
                    + Self.compared.map { _ in "" } + lastColumn.cells(total)))
        let answers = AnswersLink(.agents, in: context)
        return PageSection(
            id: "by-name", "Agents by name", lead: "Answers and contacts count for the agent who handled the contact.",
            [table] + [answers].compactMap { $0 },
            notes: MeasureColumns(kinds: columns.kinds + lastColumn.kinds, rule: context.rule).notes)
    }

    private func row(_ value: ComparedValue, isAmbiguous: Bool) -> FigureTable.Row {
        let agent = agents[value.id]
        // Isolated, so that a name written from right to left does not turn its neighbours.
        let marks = [
            isAmbiguous ? agent?.ref : nil, agent.map { $0.teamName ?? "no team" }.map { "\u{2068}\($0)\u{2069}" },
            agent?.isActive == false ? "no longer active" : nil,
        ].compactMap { $0 }
        let differences = Self.compared.map { kind in
            FigureTable.Cell.drawing(
                MeasuredCell(
                    differenceOf: kind, value.isRecorded ? mix.difference(kind, of: value) : nil, rule: context.rule))
        }
        return FigureTable.Row(
            value.link, mark: marks.isEmpty ? nil : marks.joined(separator: ", "),
            cells: [.text(Figures.whole(value.counts.legs.handled))] + columns.cells(value.counts) + differences
                + lastColumn.cells(value.counts))
    }

    // MARK: Figures

    /// Every figure of the table.
    var figures: [Figure] {
        let kinds = columns.kinds + lastColumn.kinds
        let days = context.period.days
        func report(_ dimension: MeasureDimension, _ rows: [MeasureRow]) -> [Figure] {
            FigureReport(
                query: FigureQuery(context.scope, by: dimension, days), rows: rows,
                names: Dictionary(values.map { ($0.id, $0.name) }) { first, _ in first }
            ).figures(kinds, rule: context.rule)
        }
        let rows = values.map { MeasureRow(start: days.lowerBound, value: $0.id, counts: $0.counts) }
        return report(.agent, rows) + report(.all, [MeasureRow(start: days.lowerBound, counts: total)])
            + values.filter(\.isRecorded).flatMap { value in Self.compared.compactMap { difference($0, of: value) } }
    }

    private func difference(_ kind: MeasureKind, of value: ComparedValue) -> Figure? {
        mix.difference(kind, of: value).map { estimate in
            Figure(
                kind: kind, dimension: .agent, value: value.id, name: value.name, days: context.period.days,
                estimate: kind.isShown(estimate, context.rule) ? estimate : nil, n: estimate.n,
                variant: "against-topics")
        }
    }
}
