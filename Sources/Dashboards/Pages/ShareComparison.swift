import Postgres
import Statistics
import Store

/// How values compare by a share: whether they differ by more than chance, and where each may rank.
struct ShareComparison {
    /// One value and its place.
    struct Entry {
        let value: ComparedValue
        let counted: Estimate
        /// Where it ranks; nil when the values cannot be told apart.
        let place: GroupComparison.Place?
    }

    let kind: MeasureKind
    let comparison: GroupComparison?
    /// The values with enough data: by their estimate if they can be told apart, else in the order given.
    let entries: [Entry]
    private let words: ComparedWords
    private let rule: SufficiencyRule

    /// Compares the recorded values that have enough data.
    init(_ kind: MeasureKind, _ values: [ComparedValue], words: ComparedWords, rule: SufficiencyRule) {
        self.kind = kind
        self.words = words
        self.rule = rule
        let shown = values.filter { $0.isRecorded && kind.sufficiency(of: $0.share(kind).total, rule) != .withheld }
        comparison = GroupComparison(shown.map { $0.share(kind) })
        let places = comparison?.places
        let entries = shown.indices.compactMap { index in
            shown[index].share(kind).estimate().map {
                Entry(value: shown[index], counted: $0, place: places.map { $0[index] })
            }
        }
        // Equal estimates keep the order given.
        self.entries =
            places == nil
            ? entries
            : entries.enumerated().sorted { left, right in
                let (a, b) = (left.element.place?.shrunk.point ?? 0, right.element.place?.shrunk.point ?? 0)
                return a == b ? left.offset < right.offset : a > b
            }.map(\.element)
    }

    /// Whether the values differ by more than chance.
    var isRanked: Bool { comparison?.places != nil }

    /// Says whether the values differ.
    var sentence: String {
        ComparisonWords.sentence(
            kind, pValue: comparison?.heterogeneity.pValue, differs: isRanked, words: words, rule: rule)
    }

    /// The plot of all entries; nil when there is nothing to compare.
    func plot(pooledLabel: String = "All") -> CaterpillarPlot? {
        guard let comparison else { return nil }
        let estimates = entries.map { $0.place?.shrunk ?? $0.counted }
        let axis = kind.axis(
            fitting: entries.flatMap { [$0.counted.point] } + estimates.flatMap { [$0.lower, $0.upper] })
        let many = kind.words.counted.many
        return CaterpillarPlot(
            id: "\(kind.id)-compared", heading: words.heading,
            wordsHeading: "\(isRanked ? "Estimate" : kind.words.shortName), 95\(Figures.thinSpace)% interval, \(many)",
            axis: axis, tickLabel: kind.tickLabel,
            pooled: (comparison.pooled.point, "\(pooledLabel) \(kind.text(comparison.pooled.point))"),
            rows: zip(entries, estimates).map { entry, estimate in
                CaterpillarPlot.Row(
                    name: entry.value.link,
                    estimate: CaterpillarPlot.GroupEstimate(
                        raw: entry.counted.point, shrunken: estimate.point, lower: estimate.lower, upper: estimate.upper
                    ),
                    words: "\(kind.text(estimate.point)) (\(kind.range(estimate))), \(Figures.whole(estimate.n))",
                    ranks: entry.place.map { Self.text($0.ranks) } ?? "")
            }, isShrunken: isRanked)
    }

    /// The estimates as figures, beside the values as counted.
    func figures(_ days: ClosedRange<CalendarDay>, by dimension: MeasureDimension) -> [Figure] {
        entries.compactMap { entry in
            entry.place.map {
                Figure(
                    kind: kind, dimension: dimension, value: entry.value.id, name: entry.value.name, days: days,
                    estimate: $0.shrunk, n: $0.shrunk.n, variant: "shrunken")
            }
        }
    }

    private static func text(_ ranks: ClosedRange<Int>) -> String {
        ranks.count == 1 ? "\(ranks.lowerBound)" : "\(ranks.lowerBound)–\(ranks.upperBound)"
    }
}

/// What comparisons say.
enum ComparisonWords {
    /// Says whether values differ in a measure by more than chance.
    ///
    /// - Parameter pValue: nil when fewer than two have enough data.
    static func sentence(
        _ kind: MeasureKind, pValue: Double?, differs: Bool, words: ComparedWords, rule: SufficiencyRule
    ) -> String {
        let name = kind.words.name
        guard let pValue else {
            return
                "Fewer than two \(words.many) have the \(rule.shownFrom) \(kind.words.counted.many) that a comparison by "
                + "\(name) needs."
        }
        if differs {
            return "\(words.title) differ in \(name) by more than chance makes (\(Figures.probability(pValue)))."
        }
        return
            "The \(words.many) cannot be told apart by \(name) in this period: the differences are no larger than chance makes"
            + (pValue < 0.05 ? "." : " (\(Figures.probability(pValue))).")
    }

    /// Says whether values differ in Net Promoter Score.
    static func nps(_ values: [ComparedValue], words: ComparedWords, rule: SufficiencyRule) -> String {
        let groups = values.filter(\.isRecorded).map(\.counts.npsCounts).filter {
            MeasureKind.nps.sufficiency(of: $0.n, rule) != .withheld
        }
        let test = Heterogeneity(groups)
        return sentence(
            .nps, pValue: test?.pValue, differs: (test?.pValue ?? 1) < 0.05, words: words, rule: rule)
    }
}
