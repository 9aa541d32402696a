import Foundation
import Postgres

/// Writes the moment at which a page's figures last changed, such as "23 Nov 2026, 09:14 New York".
///
/// - Parameter withCity: Whether the zone is named.
func asOfText(_ moment: Date, in zone: TimeZone, withCity: Bool = true) -> String {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: moment)
    let date = CalendarDay(year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0)?.long ?? ""
    let time = [parts.hour, parts.minute].map { twoDigits($0 ?? 0) }.joined(separator: ":")
    guard withCity else { return "\(date), \(time)" }
    let city = String(zone.identifier.split(separator: "/").last ?? "").replacing("_", with: " ")
    return "\(date), \(time) \(city)"
}
