import Foundation

/// How long a session lasts: without a request, and altogether. Both in seconds.
public struct SessionTimes: Sendable, Equatable {
    /// The time after the last request at which the session ends.
    public let idle: TimeInterval
    /// The time after signing in at which the session ends, whatever happens in it.
    public let absolute: TimeInterval

    /// Creates the times.
    public init(idle: TimeInterval, absolute: TimeInterval) {
        self.idle = idle
        self.absolute = absolute
    }

    /// The times of a role.
    ///
    /// Administrators: 30 min and 12 h. They can let others in, so an unwatched screen must close soon, and a session never
    /// reaches from one working day into the next. NIST SP 800-63B-4, section 2.2.3 allows 1 h and 24 h at AAL2.
    ///
    /// Quality managers and agents: 8 h and 24 h. They leave a page open beside their telephone for a shift, and would choose
    /// worse passwords if they had to type them after every break. Section 2.1.3 asks at AAL1 for an end within 30 days and for
    /// no idle time; the end within 24 h is that of AAL2, its idle time of 1 h is not.
    public init(_ role: Role) {
        switch role {
        case .administrator: self.init(idle: 30 * 60, absolute: 12 * 3600)
        case .qualityManager, .agent: self.init(idle: 8 * 3600, absolute: 24 * 3600)
        }
    }

    /// Whether a session still counts; at the very moment of its end it does not.
    public func isAlive(created: Date, lastSeen: Date, now: Date) -> Bool {
        // Servers' clocks differ a little. What was created later than that is no session, or it would never end.
        now.timeIntervalSince(created) >= -60 && now.timeIntervalSince(created) < absolute
            && now.timeIntervalSince(lastSeen) < idle
    }

    /// Whether the time of this request is worth storing: once a minute, so that not every page writes to the database.
    ///
    /// So a session may end up to a minute early.
    public static func isWorthStoring(_ now: Date, lastSeen: Date) -> Bool {
        now.timeIntervalSince(lastSeen) >= 60
    }
}
