import Foundation
import Postgres

extension CalendarDay {
    /// The day that an instant falls on in a zone.
    public init(_ instant: Date, in zone: TimeZone) {
        let local = Int(instant.timeIntervalSince1970.rounded(.down)) + zone.secondsFromGMT(for: instant)
        // Day 0 is 2000-01-01, 10,957 days after 1970-01-01.
        self.init(dayNumber: Int32((Double(local) / 86_400).rounded(.down)) - 10_957)
    }

    /// The instant at an hour of this day in a zone.
    public func instant(hour: Int, in zone: TimeZone) -> Date {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = DateComponents(year: year, month: month, day: day, hour: hour)
        return calendar.date(from: parts) ?? Date(timeIntervalSince1970: Double(dayNumber + 10_957) * 86_400)
    }
}
