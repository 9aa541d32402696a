/// By when a complaint has to be answered.
///
/// Sources: FCA Handbook, DISP 1.5.1 (summary resolution by the end of the third business day after receipt) and 1.6.2 (final
/// response within eight weeks); CFPB, company portal (response within 15 calendar days, final response within 60).
public struct ComplaintClock: Sendable, Equatable, Codable {
    /// A time to answer, after the day of receipt.
    public enum Term: Sendable, Equatable, Codable {
        /// Calendar days.
        case days(Int)
        /// Days from Monday to Friday that are no holidays.
        case businessDays(Int)
    }

    /// By when to answer first, or to resolve it in short.
    public var first: Term
    /// By when to give the final answer.
    public var final: Term

    /// Creates a clock.
    public init(first: Term, final: Term) {
        self.first = first
        self.final = final
    }

    /// What holds where a customer lives; outside of the United States, the United Kingdom's, which is the shorter one.
    public static func standard(in country: String?) -> ComplaintClock {
        country == "US"
            ? ComplaintClock(first: .days(15), final: .days(60))
            : ComplaintClock(first: .businessDays(3), final: .days(56))
    }
}

extension ComplaintClock.Term {
    /// Reads a term such as `3 business days`, `15 days` or `8 weeks`.
    ///
    /// - Returns: nil for anything else, and for more than a year.
    public init?(_ text: String) {
        let words = text.split(separator: " ")
        guard let number = words.first.flatMap({ Int($0) }), (1...365).contains(number) else { return nil }
        switch words.dropFirst().joined(separator: " ") {
        case "business day", "business days": self = .businessDays(number)
        case "day", "days": self = .days(number)
        case "week", "weeks":
            guard number <= 52 else { return nil }
            self = .days(number * 7)
        default: return nil
        }
    }

    /// The last day of the term of what was received on a day.
    public func lastDay(from received: CalendarDate, holidays: Set<CalendarDate> = []) -> CalendarDate {
        switch self {
        case .days(let count):
            return received.adding(days: count)
        case .businessDays(let count):
            var day = received
            var left = count
            while left > 0 {
                day = day.adding(days: 1)
                if !day.isWeekend, !holidays.contains(day) { left -= 1 }
            }
            return day
        }
    }
}
