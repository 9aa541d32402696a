import Feedback
import Postgres
import Store

/// What became of a period's resolutions: who was asked, who was not and why, and who answered.
struct AskingFunnel {
    private let asking: AskingCounts

    init(_ asking: AskingCounts) {
        self.asking = asking
    }

    /// Whether every resolution is waiting, was passed over by one rule, or led to an invitation.
    var addsUp: Bool { asking.resolutions == asking.waiting + skipped + asking.invited }

    /// How many were passed over.
    private var skipped: Int { asking.skipped.values.reduce(0, +) }

    /// The funnel's stages, each with those that were lost after it; the parts of every stage add up to it.
    var stages: [FunnelChart.Stage] {
        let rules = asking.skipped.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let waiting = [FunnelChart.Leak(reason: "Not decided about yet", count: asking.waiting)].filter { $0.count > 0 }
        return [
            FunnelChart.Stage(
                name: "Resolutions", count: asking.resolutions,
                leaks: waiting
                    + rules.map { rule, count in
                        FunnelChart.Leak(reason: AskingRule(rawValue: rule)?.title ?? rule, count: count)
                    }),
            FunnelChart.Stage(
                name: "Invited", count: asking.invited,
                leaks: leak("Not answered, or not answered yet", asking.invited - asking.answered)),
            FunnelChart.Stage(
                name: "Answered", count: asking.answered,
                leaks: leak("Left out a question on a scale", asking.answered - asking.complete)),
            FunnelChart.Stage(name: "Complete", count: asking.complete, leaks: []),
        ]
    }

    private func leak(_ reason: String, _ count: Int) -> [FunnelChart.Leak] {
        count > 0 ? [FunnelChart.Leak(reason: reason, count: count)] : []
    }

    /// How the parts add up to the resolutions, in a sentence.
    var sentence: String {
        func count(_ number: Int) -> String { Figures.whole(number) }
        guard asking.resolutions > 0 else {
            return
                "Nothing was resolved in this period, so nobody was asked. Resolutions come with complaints and interactions."
        }
        let parts =
            "\(count(asking.invited)) invited, \(count(skipped)) passed over and \(count(asking.waiting)) waiting"
        return addsUp
            ? "Every one of the \(count(asking.resolutions)) resolutions is accounted for: \(parts)."
            : "\(parts) do not add up to \(count(asking.resolutions)) resolutions: run “hearback verify” and report it."
    }

    /// What the funnel's section shows.
    var section: PageSection? {
        guard asking.resolutions > 0 else { return nil }
        return PageSection(
            id: "funnel", "From resolutions to answers", lead: sentence,
            [FunnelChart(label: "From resolutions to complete answers", stages: stages)],
            notes: [
                "Delivered and opened are not counted yet: links are handed out by the operator, who alone knows which arrived. "
                    + "Answers are counted by the day of their resolution."
            ])
    }

    /// The funnel for the file beside the page.
    func counts(_ days: ClosedRange<CalendarDay>) -> [PageCount] {
        [
            PageCount("resolutions", days: days, count: asking.resolutions),
            PageCount("waiting", days: days, count: asking.waiting),
        ]
            + asking.skipped.sorted { $0.key < $1.key }.map {
                PageCount("skipped", by: "rule", $0.key, days: days, count: $0.value)
            } + [
                PageCount("invited", days: days, count: asking.invited),
                PageCount("answered", days: days, count: asking.answered),
                PageCount("complete", days: days, count: asking.complete),
            ]
    }
}
