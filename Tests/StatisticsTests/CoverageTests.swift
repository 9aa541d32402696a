import Statistics
import Testing

/// Computes exactly how often an interval holds the true value, over every sample there can be.
@Suite struct CoverageTests {
    @Test(arguments: [(0.1, 0.6), (0.2, 0.5), (0.33, 0.33), (0.05, 0.8)])
    func bothNPSIntervalsHoldTheTrueScoreAboutAsOftenAsTheySay(detractor: Double, promoter: Double) throws {
        let n = 25
        let truth = promoter - detractor
        var (wald, score) = (0.0, 0.0)
        for promoters in 0...n {
            let first = probability(promoters, of: n, promoter)
            for detractors in 0...(n - promoters) {
                // Among those who are not promoters, a detractor is that much likelier.
                let weight = first * probability(detractors, of: n - promoters, detractor / (1 - promoter))
                let counts = NPSCounts(
                    detractors: detractors, passives: n - promoters - detractors, promoters: promoters)
                wald += try holds(counts.estimate(), truth) ? weight : 0
                score += try holds(counts.scoreEstimate(), truth) ? weight : 0
            }
        }
        #expect((0.93...0.985).contains(wald))
        #expect((0.93...0.985).contains(score))
    }

    @Test(arguments: [0.1, 0.3, 0.5, 0.85]) func wilsonHoldsTheTrueShareAboutAsOftenAsItSays(truth: Double) throws {
        let n = 40
        let coverage = try (0...n).reduce(0.0) { sum, count in
            sum + (try holds(Share(count, of: n).estimate(), truth) ? probability(count, of: n, truth) : 0)
        }
        #expect((0.92...0.985).contains(coverage))
    }

    private func holds(_ estimate: Estimate?, _ truth: Double) throws -> Bool {
        let estimate = try #require(estimate)
        return estimate.lower <= truth && truth <= estimate.upper
    }

    private func probability(_ count: Int, of n: Int, _ share: Double) -> Double {
        let orders = (0..<count).reduce(1.0) { $0 * Double(n - $1) / Double($1 + 1) }
        let yes = (0..<count).reduce(1.0) { product, _ in product * share }
        return (0..<(n - count)).reduce(orders * yes) { product, _ in product * (1 - share) }
    }
}
