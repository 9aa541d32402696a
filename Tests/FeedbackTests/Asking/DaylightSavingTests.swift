import Testing

@testable import Feedback

/// What opens and closes in hours that the clock skips or shows twice.
@Suite struct DaylightSavingTests {
    /// One zone's change: a window, a moment and the next open one.
    struct Change: Sendable, CustomTestStringConvertible {
        let zone: String
        let window: String
        let now: String
        let expected: String

        init(_ zone: String, _ window: String, _ now: String, _ expected: String) {
            self.zone = zone
            self.window = window
            self.now = now
            self.expected = expected
        }

        var testDescription: String { "\(zone) \(window) at \(now)" }
    }

    @Test(arguments: [
        // 8 March 2026, 02:00 EST becomes 03:00 EDT at 07:00 UTC.
        Change("America/New_York", "02:30-05:00", "2026-03-08T06:00:00Z", "2026-03-08T07:00:00Z"),
        Change("America/New_York", "08:00-21:00", "2026-03-08T03:00:00Z", "2026-03-08T12:00:00Z"),
        // 29 March 2026, 01:00 GMT becomes 02:00 BST at 01:00 UTC.
        Change("Europe/London", "01:30-05:00", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z"),
        Change("Europe/London", "08:00-21:00", "2026-03-29T00:00:00Z", "2026-03-29T07:00:00Z"),
        // 4 October 2026, 02:00 becomes 02:30 at 15:30 UTC of the day before.
        Change("Australia/Lord_Howe", "02:15-05:00", "2026-10-03T15:00:00Z", "2026-10-03T15:30:00Z"),
        Change("Australia/Lord_Howe", "08:00-21:00", "2026-10-03T15:00:00Z", "2026-10-03T21:00:00Z"),
        // The date line: Samoa had no 30 December 2011, a Friday.
        Change("Pacific/Apia", "00:00-24:00", "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z"),
        Change("Pacific/Apia", "08:00-21:00", "2011-12-30T08:00:00Z", "2011-12-30T18:00:00Z"),
    ])
    func aTimeInTheGapOpensAtTheFirstMomentBehindIt(change: Change) throws {
        #expect(try opening(change.now, [hours(change.window)], [change.zone]) == change.expected)
    }

    @Test(arguments: [
        Change("America/New_York", "02:00-03:00", "2026-03-08T06:00:00Z", "2026-03-09T06:00:00Z"),
        Change("Europe/London", "01:10-01:50", "2026-03-29T00:00:00Z", "2026-03-30T00:10:00Z"),
        Change("Australia/Lord_Howe", "02:00-02:30", "2026-10-03T15:00:00Z", "2026-10-04T15:00:00Z"),
    ])
    func aWindowThatTheGapSwallowsIsLeftOutThatDay(change: Change) throws {
        #expect(try opening(change.now, [hours(change.window)], [change.zone]) == change.expected)
    }

    @Test(arguments: [
        // 1 November 2026, 02:00 EDT becomes 01:00 EST at 06:00 UTC.
        Change("America/New_York", "01:30-02:00", "2026-11-01T05:00:00Z", "2026-11-01T05:30:00Z"),
        Change("America/New_York", "01:30-02:00", "2026-11-01T06:00:00Z", "2026-11-01T06:30:00Z"),
        Change("America/New_York", "00:30-01:30", "2026-11-01T05:45:00Z", "2026-11-01T06:00:00Z"),
        Change("America/New_York", "08:00-21:00", "2026-11-01T05:45:00Z", "2026-11-01T13:00:00Z"),
        // 25 October 2026, the last Sunday of the month, 02:00 BST becomes 01:00 GMT at 01:00 UTC.
        Change("Europe/London", "01:30-02:00", "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z"),
        Change("Europe/London", "01:30-02:00", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z"),
        Change("Europe/London", "08:00-21:00", "2026-10-25T00:30:00Z", "2026-10-25T08:00:00Z"),
        // 5 April 2026, 02:00 becomes 01:30 at 15:00 UTC of the day before.
        Change("Australia/Lord_Howe", "01:45-02:00", "2026-04-04T14:00:00Z", "2026-04-04T14:45:00Z"),
        Change("Australia/Lord_Howe", "01:45-02:00", "2026-04-04T15:00:00Z", "2026-04-04T15:15:00Z"),
        Change("Australia/Lord_Howe", "08:00-21:00", "2026-04-04T15:00:00Z", "2026-04-04T21:30:00Z"),
    ])
    func anHourThatComesTwiceIsOpenTwice(change: Change) throws {
        #expect(try opening(change.now, [hours(change.window)], [change.zone]) == change.expected)
    }

    @Test func aDayThatAZoneNeverHadDoesNotOpen() throws {
        let fridays = hours("08:00-21:00", [.friday])
        // Its Thursday, the 29th, ends at 10:00 UTC and Saturday, the 31st, begins.
        #expect(try opening("2011-12-30T00:00:00Z", [fridays], ["Pacific/Apia"]) == "2012-01-05T18:00:00Z")
    }
}
