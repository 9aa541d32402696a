import Statistics
import Store

/// Which values of a comparison have changed since the previous period.
///
/// Many changes are tested at once, so each has to be less likely than 5 % divided by their number (Bonferroni): then the chance
/// that any of them is a mere accident stays below 5 %.
struct ComparedChanges {
    /// A value's measure that has changed.
    struct Entry {
        let value: ComparedValue
        let kind: MeasureKind
        let before: Estimate
        let now: Estimate
        let pValue: Double
    }

    /// What has changed, the least likely accident first.
    let entries: [Entry]
    /// How many changes were tested.
    let tested: Int
    private let words: ComparedWords
    private let comparison: String

    /// The measures that are tested.
    static let kinds: [MeasureKind] = [.nps, .csat, .fcrObserved, .aht]

    init(_ values: [ComparedValue], words: ComparedWords, in context: PageContext) {
        self.words = words
        comparison = context.period.previousName
        let rule = context.rule
        let changes = values.filter(\.isRecorded).flatMap { value in
            Self.kinds.compactMap { kind -> (entry: Entry, isDetectable: Bool)? in
                let (now, before) = (value.counts.sample(kind, days: 1), value.previous.sample(kind, days: 1))
                guard kind.isShown(now.estimate, rule), kind.isShown(before.estimate, rule),
                    let change = now.change(from: before), let pValue = change.pValue,
                    let after = now.estimate, let earlier = before.estimate
                else { return nil }
                return (
                    Entry(value: value, kind: kind, before: earlier, now: after, pValue: pValue), change.isDetectable
                )
            }
        }
        tested = changes.count
        let level = 0.05 / Double(max(tested, 1))
        entries = changes.filter { $0.isDetectable && $0.entry.pValue < level }.map(\.entry)
            .enumerated().sorted { ($0.element.pValue, $0.offset) < ($1.element.pValue, $1.offset) }.map(\.element)
    }

    /// The first few changes, or that there are none.
    var sentences: [String] {
        guard tested > 0 else { return ["No comparison with \(comparison): too few data in one of the periods."] }
        guard !entries.isEmpty else {
            return ["No \(words.one) has changed detectably from \(comparison) (\(Figures.whole(tested)) comparisons)."]
        }
        let first = entries.prefix(3).map(Self.sentence)
        let more = entries.count - first.count
        return first + (more > 0 ? ["\(more) more \(more == 1 ? "change stands" : "changes stand") below."] : [])
    }

    /// The table of all changes; nil when there are none.
    var section: PageSection? {
        guard !entries.isEmpty else { return nil }
        return PageSection(
            id: "changes", "What changed", lead: "Compared with \(comparison); the clearest change first.",
            [
                FigureTable(
                    label: "Changes: table", heading: words.heading,
                    columns: ["Measure", "Before", "Now", "Chance"],
                    rows: entries.map { entry in
                        FigureTable.Row(
                            entry.value.link,
                            texts: [
                                entry.kind.words.name, Self.text(entry.kind, entry.before),
                                Self.text(entry.kind, entry.now), Figures.probability(entry.pValue),
                            ])
                    })
            ],
            notes: [
                "\(Figures.whole(tested)) changes were tested; one is listed only if it is so unlikely that fewer than 5 in 100 such "
                    + "lists would hold any accident."
            ])
    }

    private static func text(_ kind: MeasureKind, _ estimate: Estimate) -> String {
        "\(kind.text(estimate.point)) (\(kind.range(estimate)))"
    }

    private static func sentence(_ entry: Entry) -> String {
        let (kind, rose) = (entry.kind, entry.now.point > entry.before.point)
        let judgement =
            switch (kind.better, rose) {
            case (.neither, _): ""
            case (.higher, true), (.lower, false): ", for the better"
            case (.higher, false), (.lower, true): ", for the worse"
            }
        return "\(kind.words.name) of \(entry.value.isolatedName) \(rose ? "rose" : "fell") from "
            + "\(kind.text(entry.before.point)) to \(kind.text(entry.now.point))\(judgement) "
            + "(\(Figures.probability(entry.pValue)))."
    }
}
