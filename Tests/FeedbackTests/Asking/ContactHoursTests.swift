import Foundation
import Testing

@testable import Feedback

@Suite struct ContactHoursTests {
    @Test(arguments: [(480, 1260), (0, 1440), (1439, 1440), (0, 1)])
    func aWindowWithinADayIsValid(opens: Int, closes: Int) {
        #expect(ContactHours(days: everyDay(), opens: opens, closes: closes).isValid)
    }

    @Test(arguments: [(480, 480), (1260, 480), (-1, 480), (480, 1441), (1440, 1440), (Int.min, Int.max), (0, Int.max)])
    func anyOtherWindowIsNeverOpen(opens: Int, closes: Int) throws {
        let window = ContactHours(days: everyDay(), opens: opens, closes: closes)
        #expect(!window.isValid)
        #expect(try opening("2026-06-01T12:00:00Z", [window], ["Europe/London"]) == nil)
    }

    @Test(arguments: [everyDay(), everyDay(but: [.sunday]), [.monday], [.sunday, .wednesday], []])
    func theDaysAreThoseThatWereSet(days: Set<Weekday>) {
        var window = hours("08:00-21:00", days)
        #expect(window.days == days)
        window.days = [.friday]
        #expect(window == hours("08:00-21:00", [.friday]))
    }

    @Test func hoursAreWrittenInAnOrderThatDoesNotChange() throws {
        let window = hours("18:00-24:00", [.sunday, .monday, .friday], holidays: ["2026-12-26", "2026-12-25"])
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = String(decoding: try encoder.encode(window), as: UTF8.self)
        #expect(
            text
                == #"{"closes":1440,"days":["monday","friday","sunday"],"holidays":["2026-12-25","2026-12-26"],"opens":1080}"#
        )
        #expect(try JSONDecoder().decode(ContactHours.self, from: Data(text.utf8)) == window)
    }

    @Test func aCustomersHoursNeedNoHolidays() throws {
        let text = #"{"days":["saturday"],"opens":600,"closes":720}"#
        #expect(try JSONDecoder().decode(ContactHours.self, from: Data(text.utf8)) == hours("10:00-12:00", [.saturday]))
    }

    @Test(arguments: [
        #"{"days":["monday"],"opens":1260,"closes":480}"#, #"{"days":["monday"],"opens":0,"closes":1441}"#,
        #"{"days":["moonday"],"opens":0,"closes":1440}"#, #"{"opens":0,"closes":1440}"#,
        #"{"days":["monday"],"opens":0.5,"closes":1440}"#, #"{"days":["monday"],"opens":0}"#,
        #"{"days":["monday"],"opens":0,"closes":1440,"holidays":["2026-02-29"]}"#,
    ])
    func writtenHoursThatAreNotValidAreRefused(text: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(ContactHours.self, from: Data(text.utf8)) }
    }
}
