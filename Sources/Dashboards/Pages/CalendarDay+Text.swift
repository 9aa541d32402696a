import Postgres

extension CalendarDay {
    /// Writes the day and month, such as "16 Nov".
    var short: String { "\(day)\u{A0}\(monthName)" }

    /// Writes the whole date, such as "16 Nov 2026".
    var long: String { "\(short)\u{A0}\(year)" }

    /// Writes the month, such as "Nov 2026".
    var monthAndYear: String { "\(monthName)\u{A0}\(year)" }

    /// Writes the month where there is little room, such as "Nov ’26".
    var monthAndShortYear: String { "\(monthName)\u{A0}’\(twoDigits(year % 100))" }

    private var monthName: String { Self.monthNames[month - 1] }

    private static let monthNames = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}

extension ClosedRange<CalendarDay> {
    /// Writes a period, naming the year once when it is the same.
    var text: String {
        if lowerBound == upperBound { return lowerBound.long }
        let isOneYear = lowerBound.year == upperBound.year
        return "\(isOneYear ? lowerBound.short : lowerBound.long) – \(upperBound.long)"
    }
}
