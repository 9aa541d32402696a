import Postgres

/// How a period is cut.
public enum PeriodCut: String, Sendable, CaseIterable {
    /// Not at all: one row for the whole period.
    case whole
    case day
    /// Into weeks that start on Monday (ISO 8601).
    case week
    /// Into calendar months.
    case month
    case quarter
}

extension PeriodCut {
    /// The last day of the stretch that begins on a day; nil for the whole period.
    public func end(of start: CalendarDay) -> CalendarDay? {
        switch self {
        case .whole: nil
        case .day: start
        case .week: start.adding(days: 6)
        case .month: start.firstOfMonth(after: 1).adding(days: -1)
        case .quarter: start.firstOfMonth(after: 3).adding(days: -1)
        }
    }

    /// The first day of the stretch that a day belongs to.
    public func start(of day: CalendarDay) -> CalendarDay {
        switch self {
        case .whole, .day: day
        // Day 0, 2000-01-01, was a Saturday; weeks start on Monday.
        case .week: day.adding(days: -Int(((day.dayNumber + 5) % 7 + 7) % 7))
        case .month: day.firstOfMonth(after: 0)
        case .quarter: day.firstOfMonth(after: -((day.month - 1) % 3))
        }
    }

    /// The first days of all stretches that a period touches.
    public func starts(in days: ClosedRange<CalendarDay>) -> [CalendarDay] {
        var starts = [start(of: days.lowerBound)]
        while let last = starts.last, let end = end(of: last), end < days.upperBound {
            starts.append(end.adding(days: 1))
        }
        return starts
    }
}

extension CalendarDay {
    /// The first day of the month so many months later.
    public func firstOfMonth(after months: Int) -> CalendarDay {
        let month = year * 12 + self.month - 1 + months
        return CalendarDay(year: month / 12, month: month % 12 + 1, day: 1) ?? self
    }
}
