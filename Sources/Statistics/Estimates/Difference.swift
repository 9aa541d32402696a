/// Carries the change from one period or group to another, with its interval and, where there is one, its test.
public struct Difference: Sendable, Equatable {
    /// Holds the difference of the two values as they are shown, unrounded.
    public let point: Double

    /// Holds the lower limit of the interval.
    public let lower: Double

    /// Holds the upper limit of the interval.
    public let upper: Double

    /// Holds the two-sided test of no difference; nil where only the interval is defined.
    public let test: Test?

    /// Tells whether the interval leaves out 0; when it does not, say "no detectable change".
    public var isDetectable: Bool { lower > 0 || upper < 0 }

    /// Carries a two-sided normal test of no difference.
    public struct Test: Sendable, Equatable {
        /// Holds the difference the test and its interval are centred on.
        public let estimate: Double

        /// Holds the standard error of that difference.
        public let standardError: Double

        /// Holds the difference divided by its standard error.
        public let z: Double

        /// Holds the probability of so large a |z| when nothing has changed.
        public let pValue: Double

        init?(estimate: Double, standardError: Double) {
            guard standardError > 0, estimate.isFinite, standardError.isFinite else { return nil }
            self.estimate = estimate
            self.standardError = standardError
            z = estimate / standardError
            pValue = 2 * StandardNormal.upperTail(abs(z))
        }
    }
}
