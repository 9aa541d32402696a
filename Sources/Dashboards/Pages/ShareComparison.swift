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
    /// A plot of more values than this is folded away.
    static let unfolded = 60
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

    /// Whether the values differ.
    var verdict: ComparisonVerdict {
        ComparisonVerdict(kind: kind, pValue: comparison?.heterogeneity.pValue, differs: isRanked)
    }

    /// Says whether the values differ.
    var sentence: String { ComparisonVerdict.sentences([verdict], words: words, rule: rule).joined(separator: " ") }

    /// The plot of all entries, folded away when it is long; nil when there is nothing to compare.
    var plot: (any Drawing)? {
        guard let comparison else { return nil }
        let estimates = entries.map { $0.place?.shrunk ?? $0.counted }
        let axis = kind.axis(
            fitting: entries.flatMap { [$0.counted.point] } + estimates.flatMap { [$0.lower, $0.upper] })
        let many = kind.words.counted.many
        let plot = CaterpillarPlot(
            id: "\(kind.id)-compared", heading: words.heading,
            wordsHeading: "\(isRanked ? "Estimate" : kind.words.shortName), 95\(Figures.thinSpace)% interval, \(many)",
            axis: axis, tickLabel: kind.tickLabel,
            pooled: (comparison.pooled.point, "All \(kind.text(comparison.pooled.point))"),
            rows: zip(entries, estimates).map { entry, estimate in
                CaterpillarPlot.Row(
                    name: entry.value.link,
                    estimate: CaterpillarPlot.GroupEstimate(
                        raw: entry.counted.point, shrunken: estimate.point, lower: estimate.lower, upper: estimate.upper
                    ),
                    words: "\(kind.text(estimate.point)) (\(kind.range(estimate))), \(Figures.whole(estimate.n))",
                    ranks: entry.place.map { Self.text($0.ranks) } ?? "")
            }, isShrunken: isRanked)
        return entries.count > Self.unfolded
            ? Folded(summary: "Show all \(Figures.whole(entries.count)) \(words.many)", drawing: plot) : plot
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
