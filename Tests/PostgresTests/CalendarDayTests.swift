import Foundation
import Postgres
import Testing

struct CalendarDayTests {
    @Test func everyDayOfEightCenturiesReadsBackAsItself() throws {
        var previous = try #require(CalendarDay(year: 1599, month: 12, day: 31))
        let last = try #require(CalendarDay(year: 2400, month: 12, day: 31))
        while previous < last {
            let day = previous.adding(days: 1)
            #expect(CalendarDay(year: day.year, month: day.month, day: day.day) == day)
            #expect(CalendarDay(day.description) == day)
            // The next day is the first of a month, or the same month's next.
            let isNextOfMonth = day.month == previous.month && day.day == previous.day + 1
            #expect(isNextOfMonth || (day.day == 1 && day.month == previous.month % 12 + 1))
            previous = day
        }
    }

    @Test(arguments: ["2024-02-29", "2000-02-29"]) func leapDaysExist(_ text: String) {
        #expect(CalendarDay(text)?.description == text)
    }

    @Test(arguments: [
        "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-01", "2024-01-00", "2024-04-31", "24-01-01", "2024-1-1",
        "2024-01-01 ", "+024-01-01", "2024--1-01", "", "2024-01", "٢٠٢٤-01-01",
    ])
    func whatIsNoDateIsNil(_ text: String) {
        #expect(CalendarDay(text) == nil)
    }

    @Test func daysAreCountedFromTheYear2000() throws {
        #expect(CalendarDay(dayNumber: 0).description == "2000-01-01")
        #expect(CalendarDay(year: 1970, month: 1, day: 1)?.dayNumber == -10_957)
        #expect(CalendarDay(year: 0, month: 3, day: 1)?.description == "0000-03-01")
    }
}
