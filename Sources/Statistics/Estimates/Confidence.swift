import Foundation

/// States how sure an interval is: its level and the two-sided normal multiplier that belongs to it.
public struct Confidence: Sendable, Equatable {
    /// Holds the probability that the interval covers the true value, between 0 and 1.
    public let level: Double

    /// Holds the normal quantile at (1 + level) / 2.
    public let z: Double

    /// Is the level every measure is shown with: 95 %, z = 1.959963984540054.
    public static let ninetyFive = Confidence(level: 0.95, z: 1.959963984540054)

    /// Creates a confidence of the given level; nil unless the level lies strictly between 0 and 1.
    public init?(level: Double) {
        guard level > 0, level < 1, let z = StandardNormal.upperQuantile((1 - level) / 2) else { return nil }
        self.init(level: level, z: z)
    }

    private init(level: Double, z: Double) {
        self.level = level
        self.z = z
    }

    /// Returns the multiplier of Student's t distribution that belongs to the level; nil unless there are degrees of freedom.
    func t(degreesOfFreedom: Int) -> Double? {
        if self == .ninetyFive, Self.knownT.indices.contains(degreesOfFreedom) { return Self.knownT[degreesOfFreedom] }
        return StudentT(degreesOfFreedom: Double(degreesOfFreedom))?.upperQuantile(tail)
    }

    /// The multipliers of 95 % for so many degrees of freedom: pages ask for the same few again and again.
    private static let knownT = (0..<1000).map {
        StudentT(degreesOfFreedom: Double($0))?.upperQuantile(ninetyFive.tail)
    }

    /// The probability left out on each side of the interval.
    var tail: Double { (1 - level) / 2 }

    /// Widens the level so that `count` independent intervals cover jointly at the original level (Šidák 1967).
    func joint(over count: Int) -> Confidence {
        guard count > 1 else { return self }
        // expm1 and log1p keep the digits of a level that is very near 1.
        let outside = -expm1(log1p(-(1 - level)) / Double(count))
        guard let z = StandardNormal.upperQuantile(outside / 2) else { return self }
        return Confidence(level: 1 - outside, z: z)
    }
}
