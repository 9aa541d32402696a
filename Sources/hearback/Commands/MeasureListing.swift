import Dashboards
import Statistics
import Store

/// The measures of a period as a listing: for people with units, for programs unrounded.
struct MeasureListing {
    private let figures: [Figure]
    private let dimension: MeasureDimension
    private let isCut: Bool

    init(_ report: FigureReport, kinds: [MeasureKind], rule: SufficiencyRule) {
        figures = report.figures(kinds, rule: rule)
        dimension = report.query.dimension
        isCut = report.query.cut != .whole
    }

    /// The listing in a format.
    func text(_ format: OutputFormat) throws -> String {
        switch format {
        case .csv: FigureFile(figures).csv
        case .json: try Listing(columns: Self.columns, rows: FigureFile(figures).rows).text(.json)
        case .table: try table.text(.table)
        }
    }

    private static let columns = FigureFile.columns.map { name in
        TextTable.Column(
            heading: name, isNumber: ["value", "lower", "upper", "n", "numerator", "denominator"].contains(name))
    }

    /// Leaves out what is the same in every row.
    private var table: Listing {
        var columns: [TextTable.Column] = [.init(heading: "measure")]
        if dimension != .all { columns.append(.init(heading: dimension.rawValue)) }
        if isCut { columns.append(.init(heading: "from")) }
        columns += ["value", "lower", "upper", "n", "numerator", "denominator"].map {
            .init(heading: $0, isNumber: true)
        }
        return Listing(
            columns: columns,
            rows: figures.map { figure in
                let (kind, estimate) = (figure.kind, figure.estimate)
                let values = [estimate?.point, estimate?.lower, estimate?.upper].map { $0.map(kind.text) }
                return [kind.id] + (dimension == .all ? [] : [figure.name])
                    + (isCut ? ["\(figure.days.lowerBound)"] : [])
                    + [values[0] ?? (figure.n == 0 ? "no data" : "withheld"), values[1], values[2], "\(figure.n)"]
                    + [estimate?.numerator.map { "\($0)" }, estimate?.denominator.map { "\($0)" }]
            })
    }
}
