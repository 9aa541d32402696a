import Feedback
import Statistics
import Store

/// Some measures of each value of a dimension, such as topics: every cell holds the value, its interval as a whisker and n.
struct MeasureTable: Drawing {
    /// One value of the dimension.
    struct Row {
        let name: LinkedName
        let counts: MeasureCounts
        /// Said in small beside the name.
        var mark: String?
        /// Plain texts before the measures.
        var texts: [String] = []
    }

    /// What the table is, for those who do not see what stands around it.
    let label: String
    /// What it is sorted by.
    let caption: String?
    let heading: String
    /// The headings of the rows' plain texts.
    var columns: [String] = []
    let kinds: [MeasureKind]
    let rows: [Row]
    /// How many days the figures are about.
    let days: Int
    let rule: SufficiencyRule

    func draw(into writer: inout MarkupWriter) {
        let estimates = kinds.map { kind in
            rows.map { row in
                let estimate = row.counts.estimate(kind, days: days)
                return kind.isShown(estimate, rule) ? estimate : nil
            }
        }
        let scales = zip(kinds, estimates).map { $0.wholeScale(for: $1.compactMap(\.self)) }
        FigureTable(
            label: label, caption: caption, heading: heading, columns: columns + kinds.map(\.words.shortName),
            rows: rows.indices.map { index in
                FigureTable.Row(
                    rows[index].name, mark: rows[index].mark,
                    cells: rows[index].texts.map(FigureTable.Cell.text)
                        + kinds.indices.map { place in
                            .drawing(
                                FigureCell(
                                    kind: kinds[place], estimate: estimates[place][index],
                                    n: rows[index].counts.sample(kinds[place], days: days).n, scale: scales[place],
                                    rule: rule))
                        })
            }
        ).draw(into: &writer)
    }
}

/// A value in a table with its n, its whisker on the column's scale and its interval in words.
struct FigureCell: Drawing {
    let kind: MeasureKind
    /// What is shown; nil where there is too little.
    let estimate: Estimate?
    let n: Int
    let scale: ClosedRange<Double>
    let rule: SufficiencyRule

    func draw(into writer: inout MarkupWriter) {
        guard let estimate else {
            writer.raw("<span class=\"missing\">")
            writer.text(n == 0 ? "no data" : "withheld, n\u{A0}\(Figures.whole(n))")
            writer.raw("</span>")
            return
        }
        writer.raw("<div class=\"cell\(kind.sufficiency(of: n, rule) == .provisional ? " few" : "")\"><p><b>")
        writer.text(kind.text(estimate.point))
        writer.raw("</b> ")
        // The value of a count is its n.
        if kind.unit != .count { writer.text("n\u{A0}\(Figures.whole(n))") }
        writer.raw("</p>")
        IntervalWhisker(estimate: estimate, scale: scale).draw(into: &writer)
        writer.raw("<p>")
        writer.text(kind.interval(estimate))
        writer.raw("</p></div>")
    }
}

extension MeasureKind {
    /// One scale for several whiskers: everything that can occur, or from 0 to the highest of the intervals.
    func wholeScale(for estimates: [Estimate]) -> ClosedRange<Double> {
        guard bounds == nil else { return bounds ?? 0...1 }
        return 0...axis(fitting: [0] + estimates.map(\.upper)).upper
    }
}

extension FigureReport {
    /// The rows of a table, with the names of what they are about.
    func tableRows(where isIncluded: (MeasureCounts) -> Bool) -> [MeasureTable.Row] {
        rows.filter { isIncluded($0.counts) }.map { row in
            MeasureTable.Row(name: LinkedName(plainName(row.value)), counts: row.counts)
        }
    }

    /// What a value is called on a page: languages by their own names, and words without the marks of a database.
    func plainName(_ value: Int32) -> String {
        let name = name(value) ?? "everything"
        return switch query.dimension {
        case .language: Language.named(name)?.name ?? name
        case .channel, .outcome, .surveyChannel: name.replacing("_", with: " ")
        default: name
        }
    }
}
