import Statistics

/// The numbers behind a chart.
struct DataTable {
    let label: String
    let heading: String
    let columns: [String]
    let rows: [DataRow]
    let total: DataRow

    init(_ series: MeasureSeries, rule: SufficiencyRule) {
        let words = series.kind.words
        label = "\(words.name): table"
        heading = series.cut.heading
        columns = ["Value", "Lower", "Upper", "n", words.numerator, words.denominator]
        rows = series.points.map { point in
            DataRow(
                header: series.cut.name(point.start), mark: point.isFinished ? nil : "unfinished", kind: series.kind,
                estimate: point.estimate, rule: rule)
        }
        total = DataRow(
            header: "All \(series.cut.noun)s", mark: nil, kind: series.kind, estimate: series.total, rule: rule)
    }
}

/// One row of figures.
struct DataRow {
    let header: String
    let mark: String?
    let cells: [String]

    init(header: String, mark: String?, kind: MeasureKind, estimate: Estimate?, rule: SufficiencyRule) {
        self.header = header
        self.mark = mark
        guard let estimate, rule.sufficiency(of: estimate.n) != .withheld else {
            // The parts of a withheld figure would give it away.
            let n = estimate?.n ?? 0
            cells = [n == 0 ? "no data" : "withheld", "", "", Figures.whole(n), "", ""]
            return
        }
        cells = [
            kind.text(estimate.point), kind.text(estimate.lower), kind.text(estimate.upper), Figures.whole(estimate.n),
            estimate.numerator.map(Figures.whole) ?? "", estimate.denominator.map(Figures.whole) ?? "",
        ]
    }
}
