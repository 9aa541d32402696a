import Postgres

extension TrendCut {
    /// Names one stretch of the trend.
    var noun: String {
        switch self {
        case .week: "week"
        case .month: "month"
        }
    }

    /// Stands before the labels under a chart and over the table's first column.
    var heading: String {
        switch self {
        case .week: "Week of"
        case .month: "Month"
        }
    }

    /// Names the stretch that starts on a day, under a chart.
    func label(_ start: CalendarDay) -> String {
        switch self {
        case .week: start.short
        case .month: start.monthAndShortYear
        }
    }

    /// Names the stretch in full, as the table does after its heading.
    func name(_ start: CalendarDay) -> String {
        switch self {
        case .week: start.long
        case .month: start.monthAndYear
        }
    }

    /// Names the stretch within a sentence.
    func phrase(_ start: CalendarDay) -> String {
        switch self {
        case .week: "the week of \(start.long)"
        case .month: start.monthAndYear
        }
    }
}
