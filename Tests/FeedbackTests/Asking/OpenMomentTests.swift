import Foundation
import Testing

@testable import Feedback

@Suite struct OpenMomentTests {
    let quiet = hours("08:00-21:00")

    /// From midnight Eastern time on, in winter and in summer.
    @Test(arguments: ["2026-01-15T05:00:00Z", "2026-07-15T04:00:00Z"])
    func easternAndPacificTimeLeaveElevenToTwentyOneEastern(midnight: String) throws {
        let zones = CandidateZones(PhoneZones.zones(ofPhone: "+12125550100", country: nil) + ["America/Los_Angeles"])
        #expect(zones.known == ["America/New_York", "America/Los_Angeles"])
        let midnight = try moment(midnight)
        for minute in 0..<1440 {
            let now = midnight.addingTimeInterval(Double(minute) * 60)
            let found = nextOpenMoment(at: now, hours: [quiet], zones: zones, before: now + 86_400)
            let next = minute < 11 * 60 ? 11 * 60 : minute < 21 * 60 ? minute : (24 + 11) * 60
            #expect(found == midnight.addingTimeInterval(Double(next) * 60))
        }
    }

    @Test(arguments: [
        ("2026-06-01T06:59:59Z", "2026-06-01T07:00:00Z"), ("2026-06-01T07:00:00Z", "2026-06-01T07:00:00Z"),
        ("2026-06-01T19:59:59Z", "2026-06-01T19:59:59Z"), ("2026-06-01T20:00:00Z", "2026-06-02T07:00:00Z"),
    ])
    func openingIsInclusiveAndClosingExclusive(now: String, expected: String) throws {
        #expect(try opening(now, [quiet], ["Europe/London"]) == expected)
    }

    @Test func partsOfASecondCountForTheSecondTheyAreIn() throws {
        let zones = CandidateZones(["Europe/London"])
        let early = try moment("2026-06-01T06:59:59Z") + 0.5
        let late = try moment("2026-06-01T19:59:59Z") + 0.9
        #expect(nextOpenMoment(at: early, hours: [quiet], zones: zones, before: early + 1) == early + 0.5)
        #expect(nextOpenMoment(at: late, hours: [quiet], zones: zones, before: late + 1) == late)
    }

    @Test(arguments: [
        // Saturday evening, and a Sunday that is also the last one of October: the clock goes back.
        ("2026-10-24T20:00:00Z", "2026-10-26T08:00:00Z"), ("2026-10-25T12:00:00Z", "2026-10-26T08:00:00Z"),
        ("2026-10-24T19:00:00Z", "2026-10-24T19:00:00Z"), ("2026-03-28T21:00:00Z", "2026-03-30T07:00:00Z"),
    ])
    func inBritainSundaysAreClosed(now: String, expected: String) throws {
        #expect(try opening(now, [hours("08:00-21:00", everyDay(but: [.sunday]))], ["Europe/London"]) == expected)
    }

    @Test func aCustomersOwnHoursNarrowTheOthers() throws {
        let notSundays = hours("00:00-24:00", everyDay(but: [.sunday]))
        let afterSix = hours("18:00-24:00")
        let zones = ["America/Chicago"]
        // Sunday, 7 June 2026.
        #expect(try opening("2026-06-07T15:00:00Z", [quiet, notSundays], zones) == "2026-06-08T13:00:00Z")
        #expect(try opening("2026-06-08T15:00:00Z", [quiet, afterSix], zones) == "2026-06-08T23:00:00Z")
        #expect(try opening("2026-06-09T02:00:00Z", [quiet, afterSix], zones) == "2026-06-09T23:00:00Z")
        #expect(try opening("2026-06-07T02:00:00Z", [quiet, notSundays, afterSix], zones) == "2026-06-08T23:00:00Z")
        #expect(try opening("2026-06-08T15:00:00Z", [hours("08:00-18:00"), afterSix], zones) == nil)
    }

    @Test func holidaysAreTheZonesOwnDates() throws {
        let window = hours("08:00-21:00", everyDay(but: [.sunday]), holidays: ["2026-12-25", "2026-12-26"])
        // Friday and Saturday are holidays, then comes a Sunday.
        #expect(try opening("2026-12-24T21:00:00Z", [window], ["Europe/London"]) == "2026-12-28T08:00:00Z")
        // In Kiritimati Christmas begins on the 24th at 10:00 UTC and ends on the 25th at 10:00.
        let christmas = hours("00:00-24:00", holidays: ["2026-12-25"])
        #expect(try opening("2026-12-24T09:59:59Z", [christmas], ["Pacific/Kiritimati"]) == "2026-12-24T09:59:59Z")
        #expect(try opening("2026-12-24T10:00:00Z", [christmas], ["Pacific/Kiritimati"]) == "2026-12-25T10:00:00Z")
    }

    @Test(arguments: [
        ("Asia/Kolkata", "2026-06-07T02:30:00Z"), ("Pacific/Kiritimati", "2026-06-06T18:00:00Z"),
        ("Pacific/Pago_Pago", "2026-06-07T19:00:00Z"), ("Asia/Kathmandu", "2026-06-07T02:15:00Z"),
        ("Australia/Eucla", "2026-06-06T23:15:00Z"), ("UTC", "2026-06-07T08:00:00Z"),
    ])
    func aDayIsTheZonesOwn(zone: String, expected: String) throws {
        #expect(try opening("2026-06-05T12:00:00Z", [hours("08:00-21:00", [.sunday])], [zone]) == expected)
    }

    @Test func theTwentyNinthOfFebruaryIsADay() throws {
        // 29 February 2028 is a Tuesday.
        let tuesdays = hours("08:00-21:00", [.tuesday])
        let other = hours("08:00-21:00", [.tuesday], holidays: ["2028-02-29"])
        #expect(try opening("2028-02-27T12:00:00Z", [tuesdays], ["UTC"]) == "2028-02-29T08:00:00Z")
        #expect(try opening("2028-02-27T12:00:00Z", [other], ["UTC"]) == "2028-03-07T08:00:00Z")
        // In 2027 the day after 28 February, a Sunday, is 1 March.
        #expect(
            try opening("2027-02-28T12:00:00Z", [hours("08:00-21:00", [.monday])], ["UTC"]) == "2027-03-01T08:00:00Z")
    }

    @Test func nothingIsFoundAtTheLimitOrBehindIt() throws {
        let zones = ["Europe/London"]
        let now = "2026-06-01T05:00:00Z"
        #expect(try opening(now, [quiet], zones, before: "2026-06-01T07:00:00Z") == nil)
        #expect(try opening(now, [quiet], zones, before: "2026-06-01T07:00:01Z") == "2026-06-01T07:00:00Z")
        #expect(try opening("2026-06-01T12:00:00Z", [quiet], zones, before: "2026-06-01T12:00:00Z") == nil)
        #expect(try opening("2026-06-01T12:00:00Z", [quiet], zones, before: "2026-06-01T11:00:00Z") == nil)
    }

    @Test func windowsThatNeverMeetEndTheSearch() throws {
        let now = try moment("2026-06-01T12:00:00Z")
        let zones = CandidateZones(["America/New_York", "America/Los_Angeles"])
        for limit in [now + 14 * 86_400, .distantFuture, Date(timeIntervalSince1970: .infinity)] {
            #expect(nextOpenMoment(at: now, hours: [hours("08:00-09:00")], zones: zones, before: limit) == nil)
            #expect(nextOpenMoment(at: now, hours: [hours("08:00-09:00", [])], zones: zones, before: limit) == nil)
        }
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300, -1e300])
    func aMomentThatIsNoneIsNotOpen(seconds: Double) {
        let now = Date(timeIntervalSince1970: seconds)
        #expect(nextOpenMoment(at: now, hours: [quiet], zones: CandidateZones(["UTC"]), before: .distantFuture) == nil)
        let start = Date(timeIntervalSince1970: 0)
        let limit = Date(timeIntervalSince1970: -abs(seconds))
        #expect(nextOpenMoment(at: start, hours: [quiet], zones: CandidateZones(["UTC"]), before: limit) == nil)
    }

    @Test func withoutAKnownZoneNothingIsOpenAndWithoutHoursEverythingIs() throws {
        #expect(try opening("2026-06-01T12:00:00Z", [quiet], []) == nil)
        #expect(try opening("2026-06-01T12:00:00Z", [], []) == nil)
        #expect(try opening("2026-06-01T12:00:00Z", [quiet], ["Mars/Phobos"]) == nil)
        #expect(try opening("2026-06-01T12:00:00Z", [], ["Asia/Tokyo"]) == "2026-06-01T12:00:00Z")
    }

    @Test func aTollFreeNumberLeavesTheTimeThatSuitsAllOfNorthAmerica() throws {
        // From 08:00 in Guam to 21:00 in Newfoundland.
        let zones = PhoneZones.zones(ofPhone: "+18005550100", country: nil)
        #expect(zones.count > 40)
        #expect(try opening("2026-07-01T00:00:00Z", [quiet], zones) == "2026-07-01T22:00:00Z")
        #expect(try opening("2026-07-01T23:29:59Z", [quiet], zones) == "2026-07-01T23:29:59Z")
        #expect(try opening("2026-07-01T23:30:00Z", [quiet], zones) == "2026-07-02T22:00:00Z")
    }
}
