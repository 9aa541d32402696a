import Foundation
import Testing

@testable import Feedback

@Suite struct CalendarDateTests {
    @Test(arguments: ["2026-12-25", "2028-02-29", "2000-02-29", "0001-01-01", "9999-12-31"])
    func aDateIsWrittenAsItWasRead(text: String) throws {
        #expect(try #require(CalendarDate(text)).description == text)
    }

    @Test(arguments: [
        "", "2026-1-1", "2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-12-00",
        "0000-01-01",
        "2026/12/25", "20261225", "2026-12-25 ", "-026-12-25", "+026-12-25", "2026-12-2５", "２０-12-25",
        "2026-12-25T00:00",
    ])
    func whatIsNoDateIsRefused(text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test func daysFollowEachOtherAsInTheCalendarOfFoundation() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        for dayNumber in stride(from: -20_000, through: 60_000, by: 5) {
            let date = Date(timeIntervalSince1970: Double(dayNumber) * 86_400)
            let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: date)
            let mine = CalendarDate(dayNumber: dayNumber)
            #expect([mine.year, mine.month, mine.day] == [parts.year, parts.month, parts.day])
            let weekday = try #require(parts.weekday)
            #expect(WeekdayBits([Weekday.allCases[(weekday + 5) % 7]]).contains(dayNumber: dayNumber))
        }
    }

    @Test func datesAreInOrderOfTime() throws {
        let sorted = ["2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01"]
        #expect(sorted.reversed().compactMap { CalendarDate($0) }.sorted().map(\.description) == sorted)
    }
}
