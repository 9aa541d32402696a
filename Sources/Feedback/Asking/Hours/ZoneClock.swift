import Foundation
import Synchronization

/// A time zone's clock, which remembers its last distance from UTC for as long as that holds.
final class ZoneClock: Sendable {
    /// A stretch of time with one distance from UTC. Seconds since 1970.
    struct Stretch: Sendable {
        var start: Int
        var end: Int
        /// Seconds to add to UTC.
        var offset: Int
    }

    let name: String
    private let zone: TimeZone
    private let last = Mutex(Stretch(start: 0, end: 0, offset: 0))

    /// Creates the clock of a zone in the IANA database.
    ///
    /// A name has a slash in it, or is UTC or GMT. Foundation also takes abbreviations, but reads them in its own way:
    /// BST, British summer time, as the time of Bangladesh.
    init?(_ name: String) {
        guard name.utf8.count <= 64, name.utf8.contains(UInt8(ascii: "/")) || name == "UTC" || name == "GMT",
            name.utf8.allSatisfy(Self.isPartOfName), let zone = TimeZone(identifier: name)
        else { return nil }
        self.name = name
        self.zone = zone
    }

    /// The stretch that a moment falls into, which begins at that moment or before it and ends with the next change.
    func stretch(at moment: Int) -> Stretch {
        last.withLock { last in
            if last.start <= moment, moment < last.end { return last }
            let date = Date(timeIntervalSince1970: Double(moment))
            var end = Int.max
            if let change = zone.nextDaylightSavingTimeTransition(after: date) {
                end = max(moment + 1, Int(change.timeIntervalSince1970.rounded(.up)))
            }
            last = Stretch(start: moment, end: end, offset: zone.secondsFromGMT(for: date))
            return last
        }
    }

    private static func isPartOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: "+"),
            UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
