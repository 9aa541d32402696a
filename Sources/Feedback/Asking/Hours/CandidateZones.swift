import Synchronization

/// The time zones that a customer may be in, looked up by their names in the IANA database.
public struct CandidateZones: Sendable {
    /// The names that no zone has, in the order given.
    public let unknown: [String]
    let clocks: [ZoneClock]

    /// Every clock that was ever asked for. There are no more than zones with a name.
    private static let all = Mutex<[String: ZoneClock]>([:])

    /// Looks up zones by their names; one that is named twice counts once.
    public init(_ names: [String]) {
        var clocks: [ZoneClock] = []
        var unknown: [String] = []
        clocks.reserveCapacity(names.count)
        Self.all.withLock { all in
            for name in names {
                if let clock = all[name] ?? Self.addClock(name, to: &all) {
                    if !clocks.contains(where: { $0 === clock }) { clocks.append(clock) }
                } else {
                    unknown.append(name)
                }
            }
        }
        self.clocks = clocks
        self.unknown = unknown
    }

    private static func addClock(_ name: String, to all: inout [String: ZoneClock]) -> ZoneClock? {
        let clock = ZoneClock(name)
        // A name that is not known is not kept: there is no end of them.
        if let clock { all[name] = clock }
        return clock
    }

    /// The names of the zones that were found, in the order given.
    public var known: [String] { clocks.map(\.name) }

    /// Whether no zone was found.
    public var isEmpty: Bool { clocks.isEmpty }
}
