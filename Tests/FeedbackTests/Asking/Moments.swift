import Foundation

@testable import Feedback

/// The moment that `2026-03-08T07:00:00Z` stands for.
func moment(_ text: String) throws -> Date {
    try Date(text, strategy: .iso8601)
}

/// Monday to Sunday, without the days named.
func everyDay(but days: Set<Weekday> = []) -> Set<Weekday> {
    Set(Weekday.allCases).subtracting(days)
}

/// Hours from one minute of the day to another, `"08:00-21:00"`.
func hours(_ window: String, _ days: Set<Weekday> = everyDay(), holidays: [String] = []) -> ContactHours {
    let times = window.split(separator: "-").map { time in
        time.split(separator: ":").reduce(0) { $0 * 60 + (Int($1) ?? 0) }
    }
    return ContactHours(
        days: days, opens: times[0], closes: times[1], holidays: Set(holidays.compactMap { CalendarDate($0) }))
}

/// The next open moment as text, or nil; the limit is 30 days ahead where none is given.
func opening(
    _ now: String, _ hours: [ContactHours], _ zones: [String], before limit: String? = nil
) throws -> String? {
    let now = try moment(now)
    let limit = try limit.map(moment) ?? now.addingTimeInterval(30 * 86_400)
    return nextOpenMoment(at: now, hours: hours, zones: CandidateZones(zones), before: limit)?.formatted(.iso8601)
}
