import Statistics
import Store

/// The first page's figures as a table for other programs: unrounded, one row a measure and stretch.
public struct OverviewTable: Sendable {
    /// The table as CSV (RFC 4180).
    public let csv: String

    /// Writes the figures of an overview; those of too few answers are withheld here as on the page.
    public init(_ overview: Overview, rule: SufficiencyRule = .standard) {
        var lines = ["measure,from,value,lower,upper,n,numerator,denominator,finished"]
        for series in overview.series {
            lines.append(Self.line(series.kind, from: "all", series.total, finished: nil, rule))
            for point in series.points {
                lines.append(
                    Self.line(series.kind, from: "\(point.start)", point.estimate, finished: point.isFinished, rule))
            }
        }
        csv = lines.joined(separator: "\r\n") + "\r\n"
    }

    private static func line(
        _ kind: MeasureKind, from start: String, _ estimate: Estimate?, finished: Bool?, _ rule: SufficiencyRule
    ) -> String {
        let isShown = rule.sufficiency(of: estimate?.n ?? 0) != .withheld
        let shown = isShown ? estimate : nil
        let figures = [
            shown.map { "\($0.point)" }, shown.map { "\($0.lower)" }, shown.map { "\($0.upper)" },
            "\(estimate?.n ?? 0)",
            shown?.numerator.map { "\($0)" }, shown?.denominator.map { "\($0)" }, finished.map { $0 ? "yes" : "no" },
        ]
        return ([kind.id, start] + figures.map { $0 ?? "" }).joined(separator: ",")
    }
}
