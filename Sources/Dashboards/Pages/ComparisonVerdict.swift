import Statistics
import Store

/// Whether values differ in a measure by more than chance.
struct ComparisonVerdict {
    let kind: MeasureKind
    /// The probability of such differences when there are none; nil when fewer than two values have enough data.
    let pValue: Double?
    let differs: Bool

    /// Tells whether values differ in Net Promoter Score.
    static func nps(_ values: [ComparedValue], rule: SufficiencyRule) -> ComparisonVerdict {
        let groups = values.filter(\.isRecorded).map(\.counts.npsCounts).filter {
            MeasureKind.nps.sufficiency(of: $0.n, rule) != .withheld
        }
        let pValue = Heterogeneity(groups)?.pValue
        return ComparisonVerdict(kind: .nps, pValue: pValue, differs: (pValue ?? 1) < 0.05)
    }

    /// One sentence for the measures that tell values apart, one for those that do not, one for those with too little.
    static func sentences(_ verdicts: [ComparisonVerdict], words: ComparedWords, rule: SufficiencyRule) -> [String] {
        let differing = verdicts.filter(\.differs)
        let alike = verdicts.filter { !$0.differs && $0.pValue != nil }
        let unknown = verdicts.filter { $0.pValue == nil }
        var sentences: [String] = []
        if !differing.isEmpty {
            sentences.append("\(words.title) differ in \(list(differing, "and")) by more than chance makes.")
        }
        if !alike.isEmpty {
            sentences.append(
                "The \(words.many) cannot be told apart by \(list(alike, "or")) in this period: the differences are no larger "
                    + "than chance makes.")
        }
        if !unknown.isEmpty {
            sentences.append(
                "Fewer than two \(words.many) have the \(rule.shownFrom) that a comparison by \(list(unknown, "or")) needs."
            )
        }
        return sentences
    }

    /// Names measures, each with its probability.
    private static func list(_ verdicts: [ComparisonVerdict], _ conjunction: String) -> String {
        let names = verdicts.map { verdict in
            verdict.kind.words.name + (verdict.pValue.map { " (\(Figures.probability($0)))" } ?? "")
        }
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + " \(conjunction) \(last)"
    }
}
