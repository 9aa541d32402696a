import Foundation
import Synchronization

/// The value of the Date header (RFC 9110, section 5.6.7), written once a second.
final class DateHeader: Sendable {
    private let now: @Sendable () -> Date
    private let latest = Mutex<(second: Int, text: String)>((.min, ""))

    init(now: @escaping @Sendable () -> Date) {
        self.now = now
    }

    /// The present second, such as "Sun, 06 Nov 1994 08:49:37 GMT".
    var value: String {
        let date = now()
        let second = Int(date.timeIntervalSince1970)
        return latest.withLock { latest in
            if latest.second != second { latest = (second, date.formatted(Self.style)) }
            return latest.text
        }
    }

    private static let style = Date.VerbatimFormatStyle(
        format: """
            \(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .padded(4)) \
            \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\(second: .twoDigits) GMT
            """,
        locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt, calendar: Calendar(identifier: .gregorian))
}
