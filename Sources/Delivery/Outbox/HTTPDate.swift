import Foundation

/// Reads a date in one of the three forms of HTTP, all of which a recipient has to accept (RFC 9110, section 5.6.7).
///
/// - Parameter now: Decides the century of a year of two digits: it is never more than fifty calendar years ahead.
func httpDate(_ text: String, now: Date) -> Date? {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    var date: DateComponents?
    if parts.count == 6, parts[5] == "GMT", parts[0].last == ",", isWeekday(parts[0].dropLast()) {
        // Sun, 06 Nov 1994 08:49:37 GMT
        date = day(number(parts[1], digits: 2), month: parts[2], year: number(parts[3], digits: 4), time: parts[4])
    } else if parts.count == 4, parts[3] == "GMT", parts[0].last == ",", isLongWeekday(parts[0].dropLast()) {
        // Sunday, 06-Nov-94 08:49:37 GMT
        let fields = parts[1].split(separator: "-", omittingEmptySubsequences: false)
        guard fields.count == 3, let year = number(fields[2], digits: 2) else { return nil }
        date = day(number(fields[0], digits: 2), month: fields[1], year: fullYear(year, now: now), time: parts[2])
    } else if parts.count == 6, parts[2].isEmpty, isWeekday(parts[0]) {
        // Sun Nov  6 08:49:37 1994
        date = day(number(parts[3], digits: 1), month: parts[1], year: number(parts[5], digits: 4), time: parts[4])
    } else if parts.count == 5, isWeekday(parts[0]) {
        // Wed Nov 16 08:49:37 1994
        date = day(number(parts[2], digits: 2), month: parts[1], year: number(parts[4], digits: 4), time: parts[3])
    }
    guard let date, date.isValidDate(in: calendar) else { return nil }
    return calendar.date(from: date)
}

private let calendar = {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    return calendar
}()

private let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

private let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

private func isWeekday(_ text: Substring) -> Bool {
    weekdays.contains { $0.prefix(3) == text }
}

private func isLongWeekday(_ text: Substring) -> Bool {
    weekdays.contains { $0 == text }
}

private func day(_ day: Int?, month: Substring, year: Int?, time: Substring) -> DateComponents? {
    let clock = time.split(separator: ":", omittingEmptySubsequences: false).map { number($0, digits: 2) }
    guard let day, let month = months.firstIndex(where: { $0 == month }), let year, clock.count == 3,
        let hour = clock[0], let minute = clock[1], let second = clock[2], second <= 60
    else { return nil }
    // A leap second is a valid time here, but not to the calendar.
    return DateComponents(
        year: year, month: month + 1, day: day, hour: hour, minute: minute, second: min(second, 59))
}

private func number(_ text: Substring, digits: Int) -> Int? {
    guard text.utf8.count == digits, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(text)
}

/// The year that two digits mean: the latest one that is not more than fifty calendar years ahead.
private func fullYear(_ digits: Int, now: Date) -> Int {
    let latest = calendar.component(.year, from: now) + 50
    return latest - (latest - digits) % 100
}
