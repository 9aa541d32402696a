import Foundation
import Testing

@testable import Feedback

/// Compares with a search that asks Foundation's calendar for the wall clock of every minute.
@Suite struct OpenMomentOracleTests {
    static let zones = [
        "America/New_York", "America/Los_Angeles", "America/St_Johns", "America/Sao_Paulo", "Europe/London",
        "Europe/Istanbul",
        "Africa/Casablanca", "Africa/Cairo", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tehran", "Asia/Pyongyang",
        "Asia/Almaty", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Apia",
        "Pacific/Kiritimati",
        "America/Caracas", "America/Mexico_City", "UTC",
    ]

    @Test(arguments: 0..<10)
    func theNextOpenMomentIsTheOneFoundMinuteByMinute(seed: UInt64) throws {
        var random = Seeded(state: seed)
        var found = 0
        for _ in 0..<40 {
            let zoneCount = max(1, Int.random(in: -1...3, using: &random))
            let names = Array(Self.zones.shuffled(using: &random).prefix(zoneCount))
            let now = try self.now(in: names[0], using: &random)
            let windowCount = max(1, Int.random(in: 0...2, using: &random))
            let windows = (0..<windowCount).map { _ in window(near: now, using: &random) }
            let limit = now + Double.random(in: 1...2.5 * 86_400, using: &random)
            let mine = nextOpenMoment(at: now, hours: windows, zones: CandidateZones(names), before: limit)
            let expected = try slowly(at: now, hours: windows, names: names, before: limit)
            #expect(mine == expected, "\(names) \(windows) at \(now.timeIntervalSince1970)")
            if let mine, mine > now { found += 1 }
        }
        // A comparison of moments that are all open at once, or never, would prove little.
        #expect(found >= 5)
    }

    /// Some moment of 2010 to 2040, every other one in the day and a half around a change of the zone's clock.
    private func now(in name: String, using random: inout Seeded) throws -> Date {
        let zone = try #require(TimeZone(identifier: name))
        let any = Date(timeIntervalSince1970: Double.random(in: 1_262_304_000...2_208_988_800, using: &random))
        guard Bool.random(using: &random), let change = zone.nextDaylightSavingTimeTransition(after: any) else {
            return any
        }
        let near = change + Double.random(in: -30...6, using: &random) * 3600
        return Bool.random(using: &random) ? near : Date(timeIntervalSince1970: near.timeIntervalSince1970.rounded())
    }

    private func window(near now: Date, using random: inout Seeded) -> ContactHours {
        let opens = Int.random(in: 0..<(Bool.random(using: &random) ? 240 : 1440), using: &random)
        let longest = min(1440 - opens, Bool.random(using: &random) ? 90 : 1440)
        var holidays: Set<CalendarDate> = []
        if Int.random(in: 0..<3, using: &random) == 0 {
            let day = Int(now.timeIntervalSince1970 / 86_400) + Int.random(in: -1...2, using: &random)
            holidays = [CalendarDate(dayNumber: day)]
        }
        return ContactHours(
            days: Set(Weekday.allCases.filter { _ in Int.random(in: 0..<5, using: &random) > 0 }),
            opens: opens, closes: opens + Int.random(in: 1...longest, using: &random), holidays: holidays)
    }

    private func slowly(at now: Date, hours: [ContactHours], names: [String], before limit: Date) throws -> Date? {
        let calendars = try names.map { name in
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = try #require(TimeZone(identifier: name))
            return calendar
        }
        var moment = now
        while moment < limit {
            if calendars.allSatisfy({ calendar in
                let wall = calendar.dateComponents([.year, .month, .day, .weekday, .hour, .minute], from: moment)
                return hours.allSatisfy { isOpen($0, at: wall) }
            }) {
                return moment
            }
            moment = Date(timeIntervalSince1970: (moment.timeIntervalSince1970 / 60).rounded(.down) * 60 + 60)
        }
        return nil
    }

    private func isOpen(_ hours: ContactHours, at wall: DateComponents) -> Bool {
        guard let year = wall.year, let month = wall.month, let day = wall.day, let weekday = wall.weekday,
            let hour = wall.hour, let minute = wall.minute, let date = CalendarDate(year: year, month: month, day: day)
        else { return false }
        let names: [Weekday] = [.sunday, .monday, .tuesday, .wednesday, .thursday, .friday, .saturday]
        return (hours.opens..<hours.closes).contains(hour * 60 + minute) && hours.days.contains(names[weekday - 1])
            && !hours.holidays.contains(date)
    }
}

/// SplitMix64 (Steele, Lea, Flood, 2014): the same numbers in every run.
private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
