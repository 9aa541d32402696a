/// A day of the week.
public enum Weekday: String, Sendable, Codable, CaseIterable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday
}

/// Days of the week, one bit each, Monday the lowest: whether a day is among them costs no hashing.
struct WeekdayBits: Sendable, Equatable {
    private var bits: UInt8

    init(_ days: Set<Weekday>) {
        bits = 0
        for (index, day) in Weekday.allCases.enumerated() where days.contains(day) { bits |= 1 << index }
    }

    var days: Set<Weekday> {
        Set(Weekday.allCases.enumerated().filter { bits >> $0.offset & 1 == 1 }.map(\.element))
    }

    /// Whether the day so many days after 1 January 1970, a Thursday, is among them.
    func contains(dayNumber: Int) -> Bool {
        bits >> UInt8(remainder(dayNumber + 3, 7)) & 1 == 1
    }
}
