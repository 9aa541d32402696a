import Foundation

/// The failures of one counter that are not forgotten yet, as they were at some time.
///
/// One is forgotten in each ``SignInCounter/span``, evenly. Attempts made too early are not counted, for they are not tried.
public struct FailureCount: Sendable, Equatable {
    /// How many failures, with the fraction that is not forgotten yet.
    public let level: Double
    /// When it was so many.
    public let at: Date

    /// Takes a stored count; a level that is no count of anything becomes 0.
    public init(level: Double, at: Date) {
        self.level = level >= 0 ? level : 0
        self.at = at
    }

    /// The count with one attempt more.
    ///
    /// To be stored before the password is looked at, or many attempts at once would pass as one; a complete sign-in then
    /// takes it back with ``afterSuccess(_:now:)``.
    public static func counting(
        oneMoreThan earlier: FailureCount?, _ counter: SignInCounter, now: Date
    ) -> FailureCount {
        let level = earlier?.level(of: counter, now: now) ?? 0
        // Attempts that came at the same time may be more than the counter lets pass; the wait stays one span.
        return FailureCount(level: min(level + 1, Double(counter.burst)), at: now)
    }

    /// The count after what was typed was right: nothing, or without the attempt that succeeded.
    public func afterSuccess(_ counter: SignInCounter, now: Date) -> FailureCount {
        FailureCount(level: counter.isClearedBySuccess ? 0 : level(of: counter, now: now) - 1, at: now)
    }

    /// When the counter lets the next attempt pass; nil if it does so now.
    func wait(_ counter: SignInCounter, now: Date) -> Date? {
        let excess = min(level, Double(counter.burst)) - Double(counter.burst - 1)
        guard excess > 0, !isFromTheFuture(counter, now: now) else { return nil }
        let next = at.addingTimeInterval(excess * counter.span)
        return next > now ? next : nil
    }

    private func level(of counter: SignInCounter, now: Date) -> Double {
        if isFromTheFuture(counter, now: now) { return 0 }
        let forgotten = max(0, now.timeIntervalSince(at)) / counter.span
        return max(0, min(level, Double(counter.burst)) - forgotten)
    }

    /// A clock that was wrong and set back must not lock anybody out; small differences between servers do not matter.
    private func isFromTheFuture(_ counter: SignInCounter, now: Date) -> Bool {
        at.timeIntervalSince(now) > counter.span
    }
}
