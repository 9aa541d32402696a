import Foundation

/// The earliest moment, `now` or later, at which all hours are open in all zones that the customer may be in.
///
/// A collector who knows of several places must find the time convenient at each of them (12 CFR 1006.6(b)(1)(i) and
/// comment 6(b)(1)(i)-2). Hours are read off the wall clock of each zone. A time that the clock skips opens at the
/// first moment behind the gap; one that it shows twice is open twice.
///
/// - Parameters:
///   - hours: What has to be open; with none of them, every moment is.
///   - zones: At least one zone. Without any, the hour is not known anywhere and no moment is open, so that the caller
///     has to provide for customers in no known zone.
///   - limit: The first moment that is too late. Nothing is looked for later than 366 days after `now`.
/// - Returns: `now` itself if it is open, else the second of an opening, or nil if there is none before the limit.
public func nextOpenMoment(
    at now: Date, hours: [ContactHours], zones: CandidateZones, before limit: Date
) -> Date? {
    // Beyond, time zones are not known to anybody; this also keeps the arithmetic within its bounds.
    guard now < limit, abs(now.timeIntervalSince1970) < 1e11, !zones.clocks.isEmpty else { return nil }
    let end = Int(min(limit, now + 366 * 86_400).timeIntervalSince1970.rounded(.up))
    let start = Int(now.timeIntervalSince1970.rounded(.down))
    var moment = start
    var before: Int
    repeat {
        before = moment
        for clock in zones.clocks {
            for window in hours {
                guard let opening = window.opening(from: moment, before: end, on: clock) else { return nil }
                moment = opening
            }
        }
    } while moment != before
    return moment == start ? now : Date(timeIntervalSince1970: Double(moment))
}

extension ContactHours {
    /// The first second at or after `moment`, and before `end`, at which the zone's clock shows an open time.
    fileprivate func opening(from moment: Int, before end: Int, on clock: ZoneClock) -> Int? {
        var moment = moment
        while moment < end {
            let stretch = clock.stretch(at: moment)
            let wallEnd = min(stretch.end, end) + stretch.offset
            if let opening = opening(from: moment + stretch.offset, before: wallEnd) { return opening - stretch.offset }
            moment = stretch.end
        }
        return nil
    }
}
