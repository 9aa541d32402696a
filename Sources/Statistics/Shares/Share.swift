/// Counts how many of a group have a property: CSAT top two, stated and observed FCR, completion, contacts of 10 s or less.
///
/// Shares of separate groups add up with `+`; nothing is lost, so a period's share is the sum of its days' shares.
public struct Share: Sendable, Equatable {
    /// Holds how many have the property.
    public let count: Int

    /// Holds how many there are in all.
    public let total: Int

    /// Creates a share; its measures are nil unless 0 <= count <= total and total > 0.
    public init(_ count: Int, of total: Int) {
        self.count = count
        self.total = total
    }

    /// Is the share of no observations, the neutral element of `+`.
    public static let none = Share(0, of: 0)

    /// Adds the counts of two separate groups.
    public static func + (left: Share, right: Share) -> Share {
        Share(left.count + right.count, of: left.total + right.total)
    }

    /// Returns the share as a fraction from 0 to 1; nil of no observations.
    public var proportion: Double? {
        isDefined ? Double(count) / Double(total) : nil
    }

    var isDefined: Bool { total > 0 && count >= 0 && count <= total }
}
