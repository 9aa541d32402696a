import Postgres
import Statistics
import Store

/// Those who answered beside those who did not: what their contacts came to, on which channel, and how long they took.
struct Responders {
    private let total: MeasureCounts
    private let outcomes: FigureReport?
    private let channels: FigureReport?

    init(_ total: MeasureCounts, outcomes: FigureReport?, channels: FigureReport?) {
        self.total = total
        self.outcomes = outcomes
        self.channels = channels
    }

    /// One trait: how many of either have it.
    private struct Trait {
        let name: String
        let answered: Share
        let silent: Share
    }

    private var silent: Int { total.asking.invited - total.asking.answered }

    private func traits(_ report: FigureReport?) -> [Trait] {
        guard let report else { return [] }
        return report.rows.filter { $0.counts.asking.invited > 0 }
            .sorted { $1.counts.asking.invited < $0.counts.asking.invited }
            .map { row in
                let asking = row.counts.asking
                return Trait(
                    name: report.plainName(row.value), answered: Share(asking.answered, of: total.asking.answered),
                    silent: Share(asking.invited - asking.answered, of: silent))
            }
    }

    /// The section; nil without invitations.
    func section(_ rule: SufficiencyRule) -> PageSection? {
        guard total.asking.invited > 0 else { return nil }
        guard rule.sufficiency(of: total.asking.answered) != .withheld, rule.sufficiency(of: silent) != .withheld else {
            return PageSection(
                id: "responders", "Who answers, and who does not",
                lead: "Not enough data: \(rule.shownFrom) who answered and \(rule.shownFrom) who did not are needed.")
        }
        return PageSection(
            id: "responders", "Who answers, and who does not",
            lead:
                "\(Figures.whole(total.asking.answered)) invitations were answered, \(Figures.whole(silent)) were not, or not yet. Where the two "
                + "differ, scores speak for those who answered only.",
            [mix("Outcome", traits(outcomes), rule), mix("Channel", traits(channels), rule), handling(rule)]
                .compactMap(\.self))
    }

    private func mix(_ name: String, _ traits: [Trait], _ rule: SufficiencyRule) -> FigureTable? {
        guard !traits.isEmpty else { return nil }
        let kind = MeasureKind.responseRate
        func text(_ estimate: Estimate?) -> String { estimate.map { kind.text($0.point) } ?? "–" }
        return FigureTable(
            label: "\(name) of those who answered and of the others: table",
            caption: "\(name) of the contact, most frequent first", heading: name,
            columns: ["Answered", "Interval", "Did not answer", "Interval", "Difference", "n"],
            rows: traits.map { trait in
                let (first, second) = (trait.answered.estimate(), trait.silent.estimate())
                return FigureTable.Row(
                    LinkedName(trait.name),
                    texts: [
                        text(first), first.map(kind.interval) ?? "", text(second), second.map(kind.interval) ?? "",
                        Self.difference(trait.answered.difference(from: trait.silent)),
                        "\(Figures.whole(trait.answered.count)) / \(Figures.whole(trait.silent.count))",
                    ])
            })
    }

    private static func difference(_ difference: Difference?) -> String {
        guard let difference else { return "–" }
        let sign = difference.point > 0 ? "+" : "−"
        return difference.isDetectable
            ? "\(sign)\(Figures.oneDecimal(abs(difference.point) * 100)) points" : "not detectable"
    }

    // MARK: Handle time

    private var answeredTimes: Moments { total.asking.answeredTimes.moments }

    private var silentTimes: Moments {
        let (all, answered) = (total.asking.invitedTimes, total.asking.answeredTimes)
        return Moments(n: all.n - answered.n, sum: all.sum - answered.sum, sumOfSquares: all.squares - answered.squares)
    }

    private func handling(_ rule: SufficiencyRule) -> FigureTable? {
        let kind = MeasureKind.aht
        let (first, second) = (answeredTimes.estimate(), silentTimes.estimate())
        guard first != nil || second != nil else { return nil }
        var rows = [("Answered", first), ("Did not answer", second)].map { name, estimate in
            FigureTable.Row(LinkedName(name), texts: Array(kind.cells(estimate, rule).prefix(4)))
        }
        if kind.isShown(first, rule), kind.isShown(second, rule), let change = answeredTimes.change(from: silentTimes) {
            let sign = change.point > 0 ? "+" : "−"
            let limits = [change.lower, change.upper].map { ($0 < 0 ? "−" : "+") + kind.text(abs($0)) }
            rows.append(
                FigureTable.Row(
                    LinkedName("Difference"), mark: change.isDetectable ? nil : "not detectable",
                    texts: [sign + kind.text(abs(change.point)), limits[0], limits[1], ""]))
        }
        return FigureTable(
            label: "Handle time of those who answered and of the others: table",
            caption: "Average handle time of the interaction behind the invitation", heading: "Handle time",
            columns: ["Value", "Lower", "Upper", "n"], rows: rows)
    }

    /// The section's figures for the file beside the page.
    func counts(_ days: ClosedRange<CalendarDay>, _ rule: SufficiencyRule) -> [PageCount] {
        let mixes = [("outcome", traits(outcomes)), ("channel", traits(channels))].flatMap { dimension, traits in
            traits.flatMap { trait in
                [
                    PageCount(
                        "share-of-answered", by: dimension, trait.name, days: days, estimate: trait.answered.estimate(),
                        rule: rule),
                    PageCount(
                        "share-of-not-answered", by: dimension, trait.name, days: days,
                        estimate: trait.silent.estimate(), rule: rule),
                ]
            }
        }
        return mixes + [
            PageCount(
                "aht-of-answered", days: days, estimate: answeredTimes.estimate(), n: answeredTimes.n, rule: rule),
            PageCount(
                "aht-of-not-answered", days: days, estimate: silentTimes.estimate(), n: silentTimes.n, rule: rule),
        ]
    }
}
