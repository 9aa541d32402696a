/// Counts events over a time or another exposure, such as contacts, complaints or callbacks over days.
///
/// Counts of separate times add up with `+`. All intervals take events to come independently at one rate (Poisson). Events
/// that bring each other about, such as calls in an outage, vary more than that: a control chart of the periods shows it.
public struct EventCount: Sendable, Equatable {
    /// Holds the number of events.
    public let count: Int

    /// Holds how long, or among how many, they were counted: days, unless the caller counts otherwise.
    public let exposure: Double

    /// Creates a count; its measures are nil unless count >= 0 and the exposure is finite and above 0.
    public init(_ count: Int, over exposure: Double) {
        self.count = count
        self.exposure = exposure
    }

    /// Is the count over no time, the neutral element of `+`.
    public static let none = EventCount(0, over: 0)

    /// Adds the counts of two separate times.
    public static func + (left: EventCount, right: EventCount) -> EventCount {
        EventCount(left.count + right.count, over: left.exposure + right.exposure)
    }

    /// Returns the count with its exact interval; nil over no time. No events have the limits 0 and 3.69.
    ///
    /// Source: F. Garwood 1936, *Biometrika* 28, 437–442: half the chi-square quantiles on 2x and 2x + 2 degrees.
    public func estimate(confidence: Confidence = .ninetyFive) -> Estimate? {
        estimate(scaledBy: 1, confidence: confidence)
    }

    /// Returns the rate for so much exposure, such as events per 7 days, with its exact interval; nil over no time.
    public func rate(per exposure: Double = 1, confidence: Confidence = .ninetyFive) -> Estimate? {
        guard exposure > 0, exposure.isFinite else { return nil }
        return estimate(scaledBy: exposure / self.exposure, confidence: confidence)
    }

    private func estimate(scaledBy scale: Double, confidence: Confidence) -> Estimate? {
        guard isDefined,
            let upper = ChiSquare(degreesOfFreedom: 2 * Double(count) + 2)?.quantile(1 - confidence.tail)
        else { return nil }
        let lower = ChiSquare(degreesOfFreedom: 2 * Double(count))?.quantile(confidence.tail) ?? 0
        return Estimate(
            point: Double(count) * scale, lower: lower / 2 * scale, upper: upper / 2 * scale, n: count, numerator: count
        )
    }

    var isDefined: Bool { count >= 0 && exposure > 0 && exposure.isFinite }
}
