/// How long to wait before something that failed is tried again.
///
/// Exponential with full jitter (M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015): a uniform draw
/// between nothing and a ceiling that doubles with every attempt, so that what failed together does not return together.
public struct Backoff: Equatable, Sendable {
    /// The ceiling of the wait after the first attempt.
    public let base: Duration
    /// The highest ceiling.
    public let cap: Duration

    /// Creates a backoff; nil unless `0 < base <= cap`.
    public init?(base: Duration, cap: Duration) {
        guard base > .zero, base <= cap else { return nil }
        self.base = base
        self.cap = cap
    }

    /// The longest wait that can be drawn after an attempt: `min(cap, base · 2^(attempt - 1))`.
    ///
    /// - Parameter attempt: The attempts so far, from 1; a lower number counts as 1.
    public func ceiling(afterAttempt attempt: Int) -> Duration {
        var ceiling = base
        var doublings = max(attempt, 1) - 1
        while doublings > 0, ceiling < cap {
            // Compared by halves, as the double of a large duration is past what can be held.
            ceiling = ceiling > cap / 2 ? cap : ceiling * 2
            doublings -= 1
        }
        return ceiling
    }

    /// Draws the wait after an attempt.
    ///
    /// - Parameters:
    ///   - attempt: The attempts so far, from 1.
    ///   - retryAfter: What the receiver asked for, read with a limit. The draw is added to it: never earlier than asked, and
    ///     not everything at the same moment.
    public func delay(
        afterAttempt attempt: Int, retryAfter: Duration? = nil, using generator: inout some RandomNumberGenerator
    ) -> Duration {
        let ceiling = ceiling(afterAttempt: attempt)
        let draw = min(ceiling, ceiling * Double.random(in: 0..<1, using: &generator))
        return max(.zero, retryAfter ?? .zero) + draw
    }
}
