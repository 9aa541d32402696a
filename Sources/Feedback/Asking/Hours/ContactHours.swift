/// When somebody may be contacted in a week, by the clock on their wall: a portfolio's hours or a customer's own.
///
/// The window is the same on each of its days, from ``opens`` up to, but not including, ``closes``. It ends within the
/// day: a window over midnight is not supported. Hours that are not valid are never open.
public struct ContactHours: Sendable, Equatable {
    /// The minute of the day from which contact is allowed, 0 to 1439.
    public var opens: Int
    /// The minute of the day from which it no longer is, at most 1440.
    public var closes: Int
    /// Dates without contact, as they fall where the customer is.
    public var holidays: Set<CalendarDate>

    private var weekdays: WeekdayBits

    /// The days of the week with contact.
    public var days: Set<Weekday> {
        get { weekdays.days }
        set { weekdays = WeekdayBits(newValue) }
    }

    /// Whether the window opens before it closes, both within a day.
    public var isValid: Bool { opens >= 0 && opens < closes && closes <= 1440 }

    /// Creates hours.
    public init(days: Set<Weekday>, opens: Int, closes: Int, holidays: Set<CalendarDate> = []) {
        self.opens = opens
        self.closes = closes
        self.holidays = holidays
        weekdays = WeekdayBits(days)
    }

    /// The first second of wall-clock time at or after `wall`, and before `end`, in which contact is allowed.
    ///
    /// Both count seconds from 1 January 1970, 00:00, on the wall's own clock.
    func opening(from wall: Int, before end: Int) -> Int? {
        guard isValid else { return nil }
        var midnight = wall - remainder(wall, 86_400)
        while midnight < end {
            let opening = max(wall, midnight + opens * 60)
            if opening < midnight + closes * 60, areOpen(onDay: quotient(midnight, 86_400)) {
                return opening < end ? opening : nil
            }
            midnight += 86_400
        }
        return nil
    }

    private func areOpen(onDay dayNumber: Int) -> Bool {
        weekdays.contains(dayNumber: dayNumber)
            && (holidays.isEmpty || !holidays.contains(CalendarDate(dayNumber: dayNumber)))
    }
}

extension ContactHours: Codable {
    private enum CodingKeys: String, CodingKey {
        case days, opens, closes, holidays
    }

    /// Reads hours; without holidays there are none.
    ///
    /// - Throws: `DecodingError` where something is missing, or the hours are not valid.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            days: try container.decode(Set<Weekday>.self, forKey: .days),
            opens: try container.decode(Int.self, forKey: .opens),
            closes: try container.decode(Int.self, forKey: .closes),
            holidays: try container.decodeIfPresent(Set<CalendarDate>.self, forKey: .holidays) ?? [])
        guard isValid else {
            throw DecodingError.dataCorruptedError(
                forKey: .opens, in: container, debugDescription: "hours open before they close, within a day")
        }
    }

    /// Writes hours, the same for equal ones: days and holidays are in order.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        let days = days
        try container.encode(Weekday.allCases.filter(days.contains), forKey: .days)
        try container.encode(opens, forKey: .opens)
        try container.encode(closes, forKey: .closes)
        try container.encode(holidays.sorted(), forKey: .holidays)
    }
}
