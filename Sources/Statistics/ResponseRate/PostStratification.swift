/// Weights the strata of those who answered to their sizes among all, so that who answers matters less.
///
/// Source: S. L. Lohr 2010, *Sampling: Design and Analysis*, 2nd edition, equations 3.1 to 3.5 (estimate and error with
/// finite population correction); L. Kish 1965, *Survey Sampling*, section 11.7 (design effect of unequal weights).
public struct PostStratification: Sendable, Equatable {
    /// Holds one stratum: how many there are of it, and what those of it who answered said.
    public struct Stratum: Sendable, Equatable {
        /// Holds the size of the stratum among all.
        public let population: Int

        /// Holds how many of it answered.
        public let n: Int

        /// Holds the mean of their answers, or their share.
        public let mean: Double

        /// Holds the sample variance of their answers, dividing by n − 1.
        public let variance: Double

        /// Creates a stratum of a share; nil unless two or more answered.
        public init?(population: Int, share: Share) {
            guard share.total >= 2, let mean = share.proportion else { return nil }
            let n = Double(share.total)
            self.init(population: population, n: share.total, mean: mean, variance: mean * (1 - mean) * n / (n - 1))
        }

        /// Creates a stratum of answers; nil unless two or more answered.
        public init?(population: Int, answers: Moments) {
            guard let mean = answers.mean, let variance = answers.variance else { return nil }
            self.init(population: population, n: answers.n, mean: mean, variance: variance)
        }

        private init?(population: Int, n: Int, mean: Double, variance: Double) {
            guard population >= n else { return nil }
            self.population = population
            self.n = n
            self.mean = mean
            self.variance = variance
        }
    }

    /// Holds the unweighted mean of all who answered.
    public let raw: Double

    /// Holds the weighted mean with a normal interval; its n is the number who answered.
    public let weighted: Estimate

    /// Holds the standard error of the weighted mean.
    public let standardError: Double

    /// Holds Kish's design effect, n · Σw² / (Σw)²: how much the unequal weights inflate the variance, 1 or more.
    public let designEffect: Double

    /// Holds the effective number of answers, (Σw)² / Σw².
    public let effectiveN: Double

    /// Weights the strata; nil of none. A stratum in which fewer than two answered must be joined to another first.
    public init?(_ strata: [Stratum], confidence: Confidence = .ninetyFive) {
        let population = Double(strata.reduce(0) { $0 + $1.population })
        let n = strata.reduce(0) { $0 + $1.n }
        guard n > 0 else { return nil }
        var (raw, mean, variance, squaredWeights) = (0.0, 0.0, 0.0, 0.0)
        for stratum in strata {
            let (size, answered) = (Double(stratum.population), Double(stratum.n))
            let part = size / population
            raw += stratum.mean * answered / Double(n)
            mean += part * stratum.mean
            variance += part * part * (1 - answered / size) * stratum.variance / answered
            // Each of the stratum's answers stands for size / answered; their sum is the population.
            squaredWeights += size * size / answered
        }
        self.raw = raw
        standardError = variance.squareRoot()
        effectiveN = population * population / squaredWeights
        designEffect = Double(n) / effectiveN
        let halfWidth = confidence.z * standardError
        weighted = Estimate(point: mean, lower: mean - halfWidth, upper: mean + halfWidth, n: n)
    }
}
