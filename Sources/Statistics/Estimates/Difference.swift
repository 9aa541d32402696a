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

    /// Carries a two-sided test of no difference: a normal one, or Student's t.
    public struct Test: Sendable, Equatable {
        /// Holds the difference the test and its interval are centred on.
        public let estimate: Double

        /// Holds the standard error of that difference.
        public let standardError: Double

        /// Holds the difference divided by its standard error.
        public let statistic: Double

        /// Holds the degrees of freedom of a t test; nil of a normal one.
        public let degreesOfFreedom: Double?

        /// Holds the probability of a statistic so far from 0 when nothing has changed.
        public let pValue: Double

        /// Returns the statistic of a normal test; nil of a t test.
        public var z: Double? { degreesOfFreedom == nil ? statistic : nil }

        init?(estimate: Double, standardError: Double) {
            self.init(estimate, standardError, upperTail: StandardNormal.upperTail)
        }

        init?(estimate: Double, standardError: Double, distribution: StudentT) {
            self.init(
                estimate, standardError, degreesOfFreedom: distribution.degreesOfFreedom,
                upperTail: distribution.upperTail)
        }

        private init?(
            _ estimate: Double, _ standardError: Double, degreesOfFreedom: Double? = nil,
            upperTail: (Double) -> Double
        ) {
            guard standardError > 0, estimate.isFinite, standardError.isFinite else { return nil }
            self.estimate = estimate
            self.standardError = standardError
            self.degreesOfFreedom = degreesOfFreedom
            statistic = estimate / standardError
            pValue = 2 * upperTail(abs(statistic))
        }
    }
}
