/// Adds up the handle time of contacts (or of legs, for an agent), in seconds, with its three parts.
///
/// Every handled contact counts in every part, zeros included: averaging each part over its non-zero rows overstates it.
/// Handle times of separate groups add up with `+`.
public struct HandleTime: Sendable, Equatable {
    /// Holds the seconds spent talking.
    public let talk: Int

    /// Holds the seconds on hold.
    public let hold: Int

    /// Holds the seconds of work after the contact.
    public let afterContactWork: Int

    /// Holds how many contacts were handled, and the sum of squares of their handle times in seconds.
    public let handled: Int
    private let sumOfSquares: Int

    /// Creates totals over `handled` contacts; `sumOfSquares` is of each contact's talk + hold + after-contact work.
    public init(handled: Int, talk: Int, hold: Int, afterContactWork: Int, sumOfSquares: Int) {
        self.handled = handled
        self.talk = talk
        self.hold = hold
        self.afterContactWork = afterContactWork
        self.sumOfSquares = sumOfSquares
    }

    /// Creates the totals of one contact.
    public init(talk: Int, hold: Int, afterContactWork: Int) {
        let seconds = talk + hold + afterContactWork
        self.init(
            handled: 1, talk: talk, hold: hold, afterContactWork: afterContactWork, sumOfSquares: seconds * seconds)
    }

    /// Is the totals of no contact, the neutral element of `+`.
    public static let none = HandleTime(handled: 0, talk: 0, hold: 0, afterContactWork: 0, sumOfSquares: 0)

    /// Adds the totals of two separate groups.
    public static func + (left: HandleTime, right: HandleTime) -> HandleTime {
        HandleTime(
            handled: left.handled + right.handled,
            talk: left.talk + right.talk,
            hold: left.hold + right.hold,
            afterContactWork: left.afterContactWork + right.afterContactWork,
            sumOfSquares: left.sumOfSquares + right.sumOfSquares)
    }

    /// Returns the moments of the handle times, for AHT with its t interval.
    public var moments: Moments {
        Moments(n: handled, sum: talk + hold + afterContactWork, sumOfSquares: sumOfSquares)
    }

    /// Returns the average handle time, Σ(talk + hold + after-contact work) / handled, in seconds; nil of no contact.
    public var average: Double? { moments.mean }

    /// Returns the average of each part over all handled contacts, in seconds; they add up to AHT; nil of no contact.
    public var averageParts: Parts? {
        guard average != nil else { return nil }
        let n = Double(handled)
        return Parts(
            talk: Double(talk) / n, hold: Double(hold) / n, afterContactWork: Double(afterContactWork) / n)
    }

    /// Carries the three parts of AHT, in seconds.
    public struct Parts: Sendable, Equatable {
        /// Holds the average talk time.
        public let talk: Double

        /// Holds the average hold time.
        public let hold: Double

        /// Holds the average after-contact work.
        public let afterContactWork: Double
    }
}
