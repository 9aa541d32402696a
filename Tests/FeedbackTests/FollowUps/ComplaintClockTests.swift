import Testing

@testable import Feedback

@Suite struct ComplaintClockTests {
    private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

    @Test(arguments: [
        // A Monday, a Thursday, a Saturday, the Thursday before Good Friday.
        ("2026-11-23", "2026-11-26"), ("2026-11-26", "2026-12-01"), ("2026-11-28", "2026-12-02"),
        ("2026-04-02", "2026-04-09"), ("2024-02-28", "2024-03-04"),
    ])
    func threeBusinessDaysLeaveOutWeekendsAndHolidays(received: String, last: String) throws {
        let holidays: Set = [try day("2026-04-03"), try day("2026-04-06")]
        let term = ComplaintClock.standard(in: "GB").first
        #expect(term.lastDay(from: try day(received), holidays: holidays) == (try day(last)))
    }

    @Test(arguments: [
        ("US", "2026-01-01", "2026-01-16", "2026-03-02"), ("GB", "2026-01-01", "2026-01-06", "2026-02-26"),
        ("ES", "2026-01-01", "2026-01-06", "2026-02-26"), (nil, "2026-12-31", "2027-01-05", "2027-02-25"),
    ])
    func eachCountryHasItsTerms(country: String?, received: String, first: String, last: String) throws {
        let clock = ComplaintClock.standard(in: country)
        #expect(clock.first.lastDay(from: try day(received)) == (try day(first)))
        #expect(clock.final.lastDay(from: try day(received)) == (try day(last)))
    }

    @Test func termsAreReadFromWords() {
        #expect(ComplaintClock.Term("3 business days") == .businessDays(3))
        #expect(ComplaintClock.Term("1 business day") == .businessDays(1))
        #expect(ComplaintClock.Term("15 days") == .days(15))
        #expect(ComplaintClock.Term("8 weeks") == .days(56))
        for wrong in ["", "3", "days", "0 days", "-1 days", "366 days", "53 weeks", "3 months", "3 days later"] {
            #expect(ComplaintClock.Term(wrong) == nil, "\(wrong)")
        }
    }
}
