import Postgres
import Statistics

/// A figure of a page that is no measure, such as a stage of a funnel, for the file beside the page.
struct PageCount {
    /// The row in the columns of a ``FigureFile``.
    let row: [String?]

    /// Creates a plain number, such as how many complaints are open; it has no interval.
    init(_ id: String, by dimension: String = "all", _ name: String? = nil, days: ClosedRange<CalendarDay>, count: Int)
    {
        self.init(id, dimension, name, days, ["\(count)", nil, nil, "\(count)", nil, nil])
    }

    /// Creates an estimate, withheld where too few stand behind it.
    init(
        _ id: String, by dimension: String = "all", _ name: String? = nil, days: ClosedRange<CalendarDay>,
        estimate: Estimate?, n: Int? = nil, rule: SufficiencyRule
    ) {
        let n = n ?? estimate?.n ?? 0
        let shown = rule.sufficiency(of: n) == .withheld ? nil : estimate
        self.init(
            id, dimension, name, days,
            [
                shown.map { "\($0.point)" }, shown.map { "\($0.lower)" }, shown.map { "\($0.upper)" }, "\(n)",
                shown?.numerator.map { "\($0)" }, shown?.denominator.map { "\($0)" },
            ])
    }

    /// Creates a number that says something about others, such as an effective n, with the n behind it.
    init(_ id: String, days: ClosedRange<CalendarDay>, value: Double, n: Int) {
        self.init(id, "all", nil, days, ["\(value)", nil, nil, "\(n)", nil, nil])
    }

    private init(
        _ id: String, _ dimension: String, _ name: String?, _ days: ClosedRange<CalendarDay>, _ figure: [String?]
    ) {
        row = [id, dimension, name, "\(days.lowerBound)", "\(days.upperBound)"] + figure
    }
}

/// What a page lists, for the file beside it.
struct PageList {
    /// The columns' names.
    let heading: [String?]
    /// The rows; nil is a value that is missing.
    let rows: [[String?]]

    /// Rows as CSV (RFC 4180), in UTF-8.
    static func csv(_ rows: [[String?]]) -> [UInt8] {
        rows.flatMap { row in
            Array((row.map { csvField($0 ?? "") }.joined(separator: ",") + "\r\n").utf8)
        }
    }
}
