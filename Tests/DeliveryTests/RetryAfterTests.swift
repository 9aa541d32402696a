import Foundation
import Testing

@testable import Delivery

@Suite struct RetryAfterTests {
    /// Sunday, 6 November 1994, 08:49:37 GMT, the example of RFC 9110.
    let now = Date(timeIntervalSince1970: 784_111_777)
    let day = Duration.seconds(86_400)

    private func wait(_ value: String) -> Duration? {
        Duration(retryAfter: value, now: now, atMost: day)
    }

    @Test(arguments: [
        ("0", 0), ("120", 120), (" 120\t", 120), ("007", 7), ("86400", 86_400), ("86401", 86_400),
        ("9223372036854775807", 86_400), ("9223372036854775808", 86_400), (String(repeating: "9", count: 64), 86_400),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 0), ("Sun, 06 Nov 1994 08:51:37 GMT", 120),
        ("Sun, 06 Nov 1994 08:49:36 GMT", 0),
        ("Sunday, 06-Nov-94 08:51:37 GMT", 120), ("Sun Nov  6 08:51:37 1994", 120),
        ("Mon, 07 Nov 1994 08:49:38 GMT", 86_400),
        ("Mon Nov 07 08:49:37 1994", 86_400), ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Sun, 06 Nov 1994 08:49:60 GMT", 22), ("Sunday, 06-Nov-44 08:49:37 GMT", 86_400),
        ("Monday, 06-Nov-45 08:49:37 GMT", 0),
        ("Tue, 29 Feb 2000 00:00:00 GMT", 86_400),
    ])
    func aWaitIsReadAndLimited(value: String, seconds: Int) {
        #expect(wait(value) == .seconds(seconds))
    }

    @Test(arguments: [
        "", " ", "-1", "+1", "1.5", "1e3", "0x10", "1 2", "120, 120", "120;", "١٢٠", "１２０", "nan", "inf", "soon",
        "\u{0}", "1\u{0}", "1\n",
        String(repeating: "9", count: 65), "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 +0000",
        "Sun, 6 Nov 1994 08:49:37 GMT", "Sun,06 Nov 1994 08:49:37 GMT", "Xyz, 06 Nov 1994 08:49:37 GMT",
        "Su, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 nov 1994 08:49:37 GMT", "Sun, 31 Nov 1994 08:49:37 GMT", "Wed, 29 Feb 1995 08:49:37 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sun, 06 Nov 1994 8:49:37 GMT",
        "Sun, 06 Nov 94 08:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT", "Sun, 06 Nov 1994 08:49:37:00 GMT",
        "Sun, 06 Nov -994 08:49:37 GMT",
        "Sunday, 06 Nov 1994 08:49:37 GMT", "Sun, 06-Nov-94 08:49:37 GMT", "Sunday, 06-Nov-1994 08:49:37 GMT",
        "Sunday, 06-Nov 08:49:37 GMT",
        "Sun Nov 6 08:49:37 1994", "Sun Nov  16 08:49:37 1994", "Sun, Nov  6 08:49:37 1994", "1994-11-06T08:49:37Z",
        "     ", ",   ,",
        "Sun, ٠٦ Nov 1994 08:49:37 GMT",
    ])
    func anythingElseIsNoWait(value: String) {
        #expect(wait(value) == nil)
    }

    @Test func everySecondRoundsUpSoThatNobodyReturnsEarly() {
        let early = now.addingTimeInterval(-0.25)
        #expect(Duration(retryAfter: "Sun, 06 Nov 1994 08:49:37 GMT", now: early, atMost: day) == .seconds(1))
    }

    @Test func anyMomentInEveryFormIsReadBack() throws {
        var generator = SeededGenerator(seed: 32)
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        func two(_ number: Int) -> String { String(String(number + 100).dropFirst()) }
        for _ in 0..<500 {
            // Within fifty years of now, so that two digits tell the year.
            let date = now.addingTimeInterval(Double(Int.random(in: -1_400_000_000...1_500_000_000, using: &generator)))
            let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second, .weekday], from: date)
            let (year, day) = (try #require(parts.year), try #require(parts.day))
            let month = months[try #require(parts.month) - 1]
            let weekday = weekdays[try #require(parts.weekday) - 1]
            let time = try [parts.hour, parts.minute, parts.second].map { two(try #require($0)) }.joined(separator: ":")
            for text in [
                "\(weekday.prefix(3)), \(two(day)) \(month) \(year) \(time) GMT",
                "\(weekday), \(two(day))-\(month)-\(two(year % 100)) \(time) GMT",
                "\(weekday.prefix(3)) \(month) \(day < 10 ? " \(day)" : "\(day)") \(time) \(year)",
            ] {
                #expect(httpDate(text, now: now) == date, "\(text)")
            }
        }
    }
}
