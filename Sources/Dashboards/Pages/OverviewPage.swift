import Statistics

/// The first page: what is shown and what is missing, then tiles, then trends.
struct OverviewPage {
    let frame: DashboardFrame
    let summary: String
    let tiles: [MeasureTile]
    let sections: [TrendSection]

    init(_ series: [MeasureSeries], frame: DashboardFrame, rule: SufficiencyRule) {
        self.frame = frame
        tiles = series.map { MeasureTile($0.kind, $0.total, rule: rule) }
        let axes = Dictionary(grouping: series, by: \.kind.scaleFamily).mapValues { family in
            family[0].kind.axis(fitting: family.flatMap { $0.shownValues(under: rule) })
        }
        sections = series.compactMap { one in
            axes[one.kind.scaleFamily].map { TrendSection(one, axis: $0, rule: rule) }
        }
        summary = Self.summary(series, rule: rule)
    }

    private static func summary(_ series: [MeasureSeries], rule: SufficiencyRule) -> String {
        guard series.contains(where: { $0.total != nil }) else {
            return
                "There is no data in this period yet. Figures appear after interactions are imported and customers answer."
        }
        let missing = series.compactMap { one -> String? in
            let n = one.total?.n ?? 0
            guard rule.sufficiency(of: n) == .withheld else { return nil }
            return n == 0
                ? "\(one.kind.words.name) (no data)"
                : "\(one.kind.words.name) (\(one.kind.words.count(n)), \(rule.shownFrom) needed)"
        }
        let few = series.filter { rule.sufficiency(of: $0.total?.n ?? 0) == .provisional }.map(\.kind.words.name)
        var sentences = [
            missing.isEmpty
                ? "All \(series.count) measures have enough data to be shown."
                : "\(series.count - missing.count) of \(series.count) measures have enough data to be shown. "
                    + "Missing: \(missing.joined(separator: ", "))."
        ]
        if !few.isEmpty {
            sentences.append("Few answers, so read with care: \(few.joined(separator: ", ")).")
        }
        if series.contains(where: { $0.points.last?.isFinished == false }) {
            sentences.append("The last \(series[0].cut.noun) is not complete; its points are hollow.")
        }
        return sentences.joined(separator: " ")
    }
}

extension MeasureSeries {
    /// Every value and limit that the trend may draw.
    fileprivate func shownValues(under rule: SufficiencyRule) -> [Double] {
        points.compactMap(\.estimate).filter { rule.sufficiency(of: $0.n) != .withheld }
            .flatMap { [$0.point, $0.lower, $0.upper] }
    }
}
