import Postgres
import Statistics
import Store

/// Answers that accepted objections keep out of an agent's figures: how many there are, and what the figures are with them.
enum ExcludedAnswers {
    /// An agent's figures without and with them; nil where nothing is kept out.
    static func section(_ counts: MeasureCounts, in context: PageContext) -> PageSection? {
        guard counts.excluded > 0 else { return nil }
        let (rule, all) = (context.rule, counts.withExcluded)
        let table = FigureTable(
            label: "Figures without and with the answers that do not count: table", heading: "Measure",
            columns: ["As it counts", "With all answers"],
            rows: kinds(all).map { kind in
                FigureTable.Row(
                    LinkedName(kind.columnName),
                    cells: MeasureColumns(kinds: [kind], rule: rule).cells(counts)
                        + MeasureColumns(kinds: [kind], rule: rule).cells(all))
            })
        return PageSection(
            id: "excluded", "With and without what does not count",
            lead:
                "\(answers(counts.excluded)) of this period \(counts.excluded == 1 ? "does" : "do") not count for the agent, "
                + "since a manager accepted an objection.",
            [table],
            notes: [
                "The answers stay as the customers gave them, and go on counting for the team and for everything. Who accepted "
                    + "what, and why, is on record. Observed first contact resolution, handle time and response rate stay as they are."
            ])
    }

    /// How many answers of which agents are kept out; nil where there are none.
    static func section(_ values: [ComparedValue], _ rule: SufficiencyRule) -> PageSection? {
        let those = values.filter { $0.isRecorded && $0.counts.excluded > 0 }
        guard !those.isEmpty else { return nil }
        return PageSection(
            id: "excluded", "What does not count for an agent",
            lead: "\(answers(those.map(\.counts.excluded).reduce(0, +))) of this period "
                + "\(those.map(\.counts.excluded).reduce(0, +) == 1 ? "does" : "do") not count, since a manager accepted an objection.",
            [
                FigureTable(
                    label: "Answers that do not count, by agent: table", heading: "Agent",
                    columns: ["Answers that do not count", "CSAT as it counts", "CSAT with all answers"],
                    rows: those.map { value in
                        let columns = MeasureColumns(kinds: [.csat], rule: rule)
                        return FigureTable.Row(
                            value.link,
                            cells: [.text(Figures.whole(value.counts.excluded))] + columns.cells(value.counts)
                                + columns.cells(value.counts.withExcluded))
                    })
            ],
            notes: [
                "“All”, teams and every other page keep these answers, so that agents’ answers do not quite sum to them."
            ])
    }

    /// The same for the file beside an agent's page.
    static func counts(_ counts: MeasureCounts, in context: PageContext) -> [PageCount] {
        guard counts.excluded > 0 else { return [] }
        let all = counts.withExcluded
        return [PageCount("excluded-answers", days: context.period.days, count: counts.excluded)]
            + kinds(all).map { kind in
                PageCount(
                    "\(kind.id)-with-excluded", days: context.period.days, estimate: all.estimate(kind, days: 1),
                    n: all.sample(kind, days: 1).n, rule: context.rule)
            }
    }

    /// The same for the file beside the list of agents.
    static func counts(_ values: [ComparedValue], _ days: ClosedRange<CalendarDay>) -> [PageCount] {
        values.filter { $0.isRecorded && $0.counts.excluded > 0 }.map {
            PageCount("excluded-answers", by: "agent", $0.name, days: days, count: $0.counts.excluded)
        }
    }

    private static func kinds(_ counts: MeasureCounts) -> [MeasureKind] {
        [.nps, .csat] + counts.instruments.map(MeasureKind.ces) + [.fcrStated]
    }

    private static func answers(_ count: Int) -> String {
        count == 1 ? "1 answer" : "\(Figures.whole(count)) answers"
    }
}
