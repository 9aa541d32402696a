/// A day of the proleptic Gregorian calendar, without time or zone; PostgreSQL's `date`.
public struct CalendarDay: Hashable, Comparable, Sendable {
    /// Days since 2000-01-01, PostgreSQL's own count.
    public let dayNumber: Int32

    /// Creates the day that many days after 2000-01-01.
    public init(dayNumber: Int32) {
        self.dayNumber = dayNumber
    }

    /// Creates the day of that date; nil when the calendar has no such day.
    ///
    /// Days are counted in eras of 400 years that start on 1 March, so that the leap day comes last
    /// (Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`).
    public init?(year: Int, month: Int, day: Int) {
        guard (-4712...294_276).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        let shiftedYear = month > 2 ? year : year - 1
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.init(dayNumber: Int32(era * 146_097 + dayOfEra - 730_425))
        // The 30th of February comes out as the 1st or 2nd of March: only a day that reads back unchanged exists.
        guard (self.year, self.month, self.day) == (year, month, day) else { return nil }
    }

    /// The year; 0 is the year before year 1.
    public var year: Int { components.year }

    /// The month, 1 to 12.
    public var month: Int { components.month }

    /// The day of the month, 1 to 31.
    public var day: Int { components.day }

    /// Returns the day that many days later, or earlier when negative.
    public func adding(days: Int) -> CalendarDay {
        CalendarDay(dayNumber: dayNumber + Int32(days))
    }

    /// How many days it lies after another; fewer than none if it lies before.
    public func days(since other: CalendarDay) -> Int { Int(dayNumber) - Int(other.dayNumber) }

    /// Orders days by time.
    public static func < (left: CalendarDay, right: CalendarDay) -> Bool {
        left.dayNumber < right.dayNumber
    }

    /// `civil_from_days` of the same source.
    private var components: (year: Int, month: Int, day: Int) {
        let shifted = Int(dayNumber) + 730_425
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}

extension CalendarDay: LosslessStringConvertible {
    /// The date in ISO 8601, such as `2026-03-29`.
    public var description: String {
        let (year, month, day) = components
        let digits = String(year.magnitude)
        var text = year < 0 ? "-" : ""
        for _ in digits.utf8.count..<max(4, digits.utf8.count) { text.append("0") }
        text += digits
        for part in [month, day] {
            text += part < 10 ? "-0" : "-"
            text += String(part)
        }
        return text
    }

    /// Creates the day written as `2026-03-29`; nil when the text is anything else.
    public init?(_ description: String) {
        let parts = description.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2], parts.joined().allSatisfy({ $0.isASCII && $0.isNumber }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}

extension CalendarDay: FixedWidthValue {
    /// `date`.
    public static var postgresType: PostgresType { .date }

    /// Accepts `date`.
    public static func accepts(_ type: PostgresType) -> Bool { type == .date }

    func wire(_ parameters: inout PostgresParameters) -> Int32 { dayNumber }

    /// Reads a day; throws `decoding` for `infinity` and `-infinity`.
    public static func decode(_ cell: PostgresCell) throws(PostgresError) -> CalendarDay {
        let number = try cell.integer(Int32.self)
        guard number != .max, number != .min else { throw PostgresError(.decoding, "the day is infinite") }
        return CalendarDay(dayNumber: number)
    }
}
