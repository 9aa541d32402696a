import Statistics
import Testing

@Suite struct QuantileEstimateTests {
    /// How many seconds, which quantile, and the ranks ⌈np ± z√(np(1 − p))⌉ computed with NumPy 2.4.
    @Test(arguments: [
        (6, 0.5, 1, 6), (21, 0.5, 7, 15), (50, 0.5, 19, 32), (36, 0.9, 29, 36), (100, 0.9, 85, 96),
        (1000, 0.95, 937, 964),
    ]) func theLimitsAreTheObservationsOfTheRanks(n: Int, p: Double, lower: Int, upper: Int) throws {
        // Seconds of 1 to n, so that a rank is its own value; buckets are exact below 64 and within 1/64 above.
        let histogram = DurationHistogram(seconds: 1...n)
        let estimate = try #require(histogram.estimate(of: p))
        let bucketed = { (seconds: Int) in
            DurationHistogram.middle(ofBucket: DurationHistogram.bucket(of: seconds))
        }
        #expect(estimate.lower == bucketed(lower) && estimate.upper == bucketed(upper))
        #expect(estimate.point == histogram.quantile(p) && estimate.n == n)
    }

    @Test(arguments: [(0.5, 6), (0.1, 36), (0.9, 36), (0.95, 72)])
    func fewerThanCanBoundTheQuantileAreNotEnoughData(p: Double, least: Int) {
        #expect(DurationHistogram(seconds: 1..<least).estimate(of: p) == nil)
        #expect(DurationHistogram(seconds: 1...least).estimate(of: p) != nil)
    }

    @Test(arguments: [-0.5, 0, 1, 1.5, .nan]) func onlyQuantilesWithinHaveAnInterval(p: Double) {
        #expect(DurationHistogram(seconds: 1...500).estimate(of: p) == nil)
    }

    @Test func anEmptyHistogramHasNoQuantile() {
        #expect(DurationHistogram(seconds: []).estimate(of: 0.5) == nil)
    }

    /// The number of observations at or below the true quantile is binomial, so how often the interval holds is exact.
    @Test(arguments: [0.5, 0.75, 0.9, 0.95]) func theIntervalHoldsTheQuantileAboutAsOftenAsItSays(p: Double) throws {
        for n in stride(from: 8, through: 600, by: 7) {
            // Every observation stands in its own bucket, so the limits tell their ranks.
            let buckets = Dictionary(uniqueKeysWithValues: (1...n).map { ($0, 1) })
            let rank = Dictionary(uniqueKeysWithValues: (1...n).map { (DurationHistogram.middle(ofBucket: $0), $0) })
            guard let estimate = DurationHistogram(buckets: buckets)?.estimate(of: p) else { continue }
            let (lower, upper) = (try #require(rank[estimate.lower]), try #require(rank[estimate.upper]))
            let below = try #require(Binomial(trials: n, probability: p))
            let coverage = below.probability(ofAtMost: upper - 1) - below.probability(ofAtMost: lower - 1)
            #expect((0.92...0.985).contains(coverage), "n = \(n)")
        }
    }

    @Test func limitsContainThePointAndWidenWithConfidence() throws {
        var generator = SeededGenerator(seed: 26)
        let (half, most) = (try #require(Confidence(level: 0.5)), try #require(Confidence(level: 0.99)))
        for _ in 0..<200 {
            let seconds = (0..<Int.random(in: 60...400, using: &generator)).map { _ in
                Int.random(in: 0...2000, using: &generator)
            }
            let histogram = DurationHistogram(seconds: seconds)
            let estimates = try [half, .ninetyFive, most].map {
                try #require(histogram.estimate(of: 0.5, confidence: $0))
            }
            #expect(estimates.allSatisfy { $0.lower <= $0.point && $0.point <= $0.upper })
            #expect(zip(estimates, estimates.dropFirst()).allSatisfy { $0.lower >= $1.lower && $0.upper <= $1.upper })
        }
    }
}
