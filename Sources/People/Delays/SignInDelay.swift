import Foundation

/// Whether an attempt to sign in is tried now or has to come again later.
public enum SignInDelay: Sendable, Equatable {
    /// The attempt may be tried now.
    case allowed
    /// The attempt must not be tried, nor counted, before this time.
    case wait(until: Date)

    /// Decides on an attempt.
    ///
    /// - Parameter counts: What is stored for the attempt's counters, which ``SignInCounter/ofPassword(fromDeviceThat:)`` or
    ///   ``SignInCounter/ofCode(fromDeviceThat:)`` names; the strictest decides.
    public init(_ counts: [SignInCounter: FailureCount], now: Date) {
        let latest = counts.compactMap { counter, count in count.wait(counter, now: now) }.max()
        self = latest.map(SignInDelay.wait) ?? .allowed
    }
}
