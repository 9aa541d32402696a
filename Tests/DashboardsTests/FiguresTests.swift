import Foundation
import Postgres
import Testing

@testable import Dashboards

@Suite struct FiguresTests {
    @Test(arguments: [
        (5.0 / 9 - 2.0 / 9, "+33"), (0, "0"), (-0.07, "−7"), (0.004, "0"), (-0.004, "0"), (1, "+100"), (-1, "−100"),
        (0.145, "+15"), (-0.145, "−15"),
    ])
    func scoresAreSignedAndRoundedOnce(share: Double, text: String) {
        #expect(Figures.signedHundred(share) == text)
    }

    private static let shares: [(Double, String)] = [
        (0.84, "84"), (0.005, "0.5"), (0.0149, "1"), (0.99, "99"), (0, "0"), (1, "100"), (61.0 / 23043, "0.3"),
        (1.0 / 23043, "0.004"), (2490.0 / 2493, "99.9"), (0.9999, "99.99"), (1e-12, "0"), (0.0996, "10"),
        (0.00996, "1.0"),
    ]

    @Test(arguments: shares)
    func sharesAreWholePercentagesButNearTheirEnds(share: Double, text: String) {
        #expect(Figures.text(Figures.percent(share)) == text + "\u{202F}%")
    }

    @Test(arguments: [(2.1, "2.1"), (2.05, "2.1"), (2.96, "3.0"), (-0.04, "0.0"), (-1.25, "−1.3")])
    func meansHaveOneDecimal(value: Double, text: String) {
        #expect(Figures.oneDecimal(value) == text)
    }

    @Test(arguments: [
        (285.0, "4 min 45 s", "4:45"), (59.6, "1 min 0 s", "1:00"), (45, "45 s", "0:45"), (0, "0 s", "0:00"),
        (3660, "1 h 1 min", "61:00"),
    ])
    func durationsReadAsClocksDo(seconds: Double, text: String, clock: String) {
        #expect(Figures.text(Figures.duration(seconds)).replacing("\u{202F}", with: " ") == text)
        #expect(Figures.clock(seconds) == clock)
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1\u{202F}000"), (-1_234_567, "−1\u{202F}234\u{202F}567")])
    func thousandsAreSpaced(number: Int, text: String) {
        #expect(Figures.whole(number) == text)
    }

    @Test(arguments: [(12.0, "12"), (12.5, "12.5"), (12.345, "12.35"), (-0.04, "-0.04"), (0.004, "0"), (3.05, "3.05")])
    func coordinatesAreShort(value: Double, text: String) {
        #expect(coordinate(value) == text)
    }

    @Test func momentsAreWrittenInTheZoneOfTheOrganisation() throws {
        let moment = Date(timeIntervalSince1970: 1_795_443_240)
        let newYork = try #require(TimeZone(identifier: "America/New_York"))
        let tokyo = try #require(TimeZone(identifier: "Asia/Tokyo"))
        #expect(asOfText(moment, in: newYork).replacing("\u{A0}", with: " ") == "23 Nov 2026, 09:14 New York")
        #expect(asOfText(moment, in: tokyo).replacing("\u{A0}", with: " ") == "23 Nov 2026, 23:14 Tokyo")
    }

    @Test func aPeriodNamesItsYearOnceUnlessItHasTwo() throws {
        let (june, may) = try (day(2026, 6, 1), day(2027, 5, 31))
        let november = try day(2026, 11, 23)
        #expect(plain((june...november).text) == "1 Jun – 23 Nov 2026")
        #expect(plain((june...may).text) == "1 Jun 2026 – 31 May 2027")
        #expect(plain((june...june).text) == "1 Jun 2026")
    }

    private func day(_ year: Int, _ month: Int, _ day: Int) throws -> CalendarDay {
        try #require(CalendarDay(year: year, month: month, day: day))
    }

    private func plain(_ text: String) -> String { text.replacing("\u{A0}", with: " ") }
}
