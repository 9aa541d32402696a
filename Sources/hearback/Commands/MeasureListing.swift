import Dashboards
import Statistics
import Store

/// The measures of a period as a listing: for people with units, for programs unrounded.
struct MeasureListing {
    private let rows: [MeasureRow]
    private let dimension: MeasureDimension
    private let rule = SufficiencyRule.standard

    init(_ rows: [MeasureRow], by dimension: MeasureDimension) {
        self.rows = rows
        self.dimension = dimension
    }

    /// The listing in a format.
    func text(_ format: OutputFormat) throws -> String {
        var columns: [TextTable.Column] = [
            .init(heading: "measure"), .init(heading: "value", isNumber: true), .init(heading: "lower", isNumber: true),
            .init(heading: "upper", isNumber: true), .init(heading: "n", isNumber: true),
            .init(heading: "numerator", isNumber: true), .init(heading: "denominator", isNumber: true),
        ]
        if dimension != .all { columns.insert(.init(heading: dimension.rawValue), at: 0) }
        var listing = Listing(columns: columns)
        for row in rows.isEmpty && dimension == .all ? [nil] : rows.map(Optional.some) {
            let counts = row?.counts ?? MeasureCounts()
            for kind in MeasureKind.all(instruments: counts.instruments) {
                let figures = figures(kind, counts.estimate(kind), format)
                listing.rows.append(dimension == .all ? figures : [row?.name ?? "not recorded"] + figures)
            }
        }
        return try listing.text(format)
    }

    private func figures(_ kind: MeasureKind, _ estimate: Estimate?, _ format: OutputFormat) -> [String?] {
        let n = estimate?.n ?? 0
        guard let estimate, rule.sufficiency(of: n) != .withheld else {
            return [kind.id, format == .table ? (n == 0 ? "no data" : "withheld") : nil, nil, nil, "\(n)", nil, nil]
        }
        let values = [estimate.point, estimate.lower, estimate.upper]
        return [kind.id] + values.map { format == .table ? kind.text($0) : "\($0)" }
            + ["\(n)", estimate.numerator.map { "\($0)" }, estimate.denominator.map { "\($0)" }]
    }
}
