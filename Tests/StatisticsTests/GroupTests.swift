import Foundation
import Testing

@testable import Statistics

@Suite struct GroupTests {
    private let vector: BetaBinomialVector
    private let shares: [Share]

    init() throws {
        vector = try Vectors.load().betaBinomialEb
        shares = zip(vector.k, vector.n).map { Share($0, of: $1) }
    }

    @Test func momentsOfTheBetweenGroupVariationAgreeWithTheVector() throws {
        let variation = try #require(BetweenGroupVariation(shares))
        #expect(isClose(variation.pooled, vector.anova.pooled))
        #expect(isClose(variation.meanSquareBetween, vector.anova.msb))
        #expect(isClose(variation.meanSquareWithin, vector.anova.msw))
        #expect(isClose(variation.effectiveSize, vector.anova.n0))
        #expect(isClose(variation.correlation, vector.anova.rho))
        let prior = try #require(variation.prior)
        #expect(isClose(prior.alpha + prior.beta, vector.anova.strength))
        #expect(areClose(shares.compactMap { prior.shrunkEstimate(of: $0)?.point }, vector.anova.shrunk))
    }

    @Test func theMostLikelyPriorAndItsIntervalsAgreeWithTheVector() throws {
        let prior = try #require(BetaDistribution.mostLikelyPrior(for: shares))
        #expect(isClose(prior.alpha, vector.alpha, 1e-6) && isClose(prior.beta, vector.beta, 1e-6))
        let estimates = shares.compactMap { prior.shrunkEstimate(of: $0) }
        #expect(areClose(estimates.map(\.point), vector.shrunk, 1e-7))
        #expect(areClose(estimates.flatMap { [$0.lower, $0.upper] }, vector.intervals.flatMap(\.self), 1e-7))
    }

    @Test func theLikelihoodSharedByGroupsIsTheSumOverTheGroups() throws {
        var generator = SeededGenerator(seed: 29)
        let groups = (0..<40).map { _ in
            let n = Int.random(in: 1...60, using: &generator)
            return Share(Int.random(in: 0...n, using: &generator), of: n)
        }
        let prior = try #require(BetaDistribution(alpha: 3.25, beta: 1.5))
        let rising = { (start: Double, count: Int) in
            (0..<count).reduce(0.0) { $0 + log(start + Double($1)) }
        }
        let apart = groups.reduce(0.0) { sum, group in
            sum + rising(3.25, group.count) + rising(1.5, group.total - group.count) - rising(4.75, group.total)
        }
        let likelihood = BetaBinomialLikelihood(groups)
        #expect(isClose(likelihood.logarithm(at: prior), apart))
        // The slope in ln a and ln b, against small steps to both sides.
        let step = 1e-5
        let height = { (a: Double, b: Double) in
            BetaDistribution(alpha: 3.25 * exp(a), beta: 1.5 * exp(b)).map(likelihood.logarithm) ?? .nan
        }
        let slope = likelihood.slope(at: prior)
        #expect(isClose((height(step, 0) - height(-step, 0)) / (2 * step), slope.alpha, 1e-6))
        #expect(isClose((height(0, step) - height(0, -step)) / (2 * step), slope.beta, 1e-6))
    }

    @Test func posteriorIntervalsOfTheVectorsOwnPriorAreExact() throws {
        let prior = try #require(BetaDistribution(alpha: vector.alpha, beta: vector.beta))
        let estimates = shares.compactMap { prior.shrunkEstimate(of: $0) }
        #expect(areClose(estimates.map(\.point), vector.shrunk))
        #expect(areClose(estimates.flatMap { [$0.lower, $0.upper] }, vector.intervals.flatMap(\.self), 1e-10))
    }

    @Test func funnelScoresAgreeWithTheVector() throws {
        let target = try #require(shares.reduce(.none, +).proportion)
        #expect(areClose(shares.compactMap { $0.funnelScore(target: target) }, vector.funnelZ))
        #expect(shares[0].funnelScore(target: 0) == nil && shares[0].funnelScore(target: 1) == nil)
    }

    @Test func baseballAveragesShrinkAsEfronAndMorrisPublished() throws {
        let vector = try Vectors.load().efronMorris
        let averages = vector.hits.map { Double($0) / Double(vector.n) }
        let mean = averages.reduce(0, +) / Double(averages.count)
        let shrunk = try #require(JamesStein(averages, variance: mean * (1 - mean) / Double(vector.n)))
        #expect(isClose(shrunk.mean, vector.mean))
        #expect(isClose(shrunk.factor, vector.shrinkC))
        #expect(isClose(shrunk.shrunk.first, vector.first) && isClose(shrunk.shrunk.last, vector.last))
    }

    @Test func shrinkingNeverOvershootsTheMean() throws {
        let close = try #require(JamesStein([0.5, 0.51, 0.49, 0.5], variance: 1))
        #expect(close.factor == 0 && close.shrunk == [0.5, 0.5, 0.5, 0.5])
        #expect(JamesStein([1, 1, 1, 1], variance: 1)?.factor == 0)
        #expect(JamesStein([1, 2, 3], variance: 1) == nil)
        #expect(JamesStein([1, 2, 3, 4], variance: 0) == nil)
    }

    @Test func heterogeneityIsPearsonsChiSquareOfTheTwoByKTable() throws {
        // SciPy 1.17, chi2 of the same table.
        let test = try #require(Heterogeneity(shares))
        #expect(isClose(test.chiSquare, 64.9483726808422) && test.degreesOfFreedom == 9)
        #expect(isRelativelyClose(test.pValue, 1.4764698480314206e-10, 1e-10))
        // It is also the sum of the squared funnel scores against the pooled share.
        #expect(isClose(test.chiSquare, vector.funnelZ.reduce(0) { $0 + $1 * $1 }))
    }

    @Test func heterogeneityOfMeansIsCochransQ() throws {
        let test = try #require(Heterogeneity(values: [1, 2, 6], squaredErrors: [1, 1, 2]))
        // Weights 1, 1, ½: the mean is 6 / 2.5, and Q = 1.96 + 0.16 + ½ · 12.96.
        #expect(isClose(test.chiSquare, 8.6) && test.degreesOfFreedom == 2)
        #expect(Heterogeneity(values: [1], squaredErrors: [1]) == nil)
        #expect(Heterogeneity(values: [1, 2], squaredErrors: [1, 0]) == nil)
        #expect(Heterogeneity(values: [1, 2], squaredErrors: [1]) == nil)
    }

    @Test func groupsThatDoNotDifferAreNotRanked() throws {
        let alike = try #require(GroupComparison([Share(15, of: 18), Share(13, of: 18), Share(16, of: 18)]))
        #expect(alike.places == nil && alike.pooled.numerator == 44)
        #expect(alike.heterogeneity.pValue > 0.05)
        let unanimous = try #require(GroupComparison([Share(5, of: 5), Share(9, of: 9)]))
        #expect(unanimous.places == nil && unanimous.heterogeneity.chiSquare == 0)
    }

    @Test func groupsThatDifferAreShrunkAndGivenRankRanges() throws {
        let comparison = try #require(GroupComparison(shares + [.none]))
        let places = try #require(comparison.places)
        #expect(places.count == 11)
        #expect(areClose(places.prefix(10).map(\.shrunk.point), vector.anova.shrunk))
        // 50 of 52 may be first and is surely not last; 8 of 20 the reverse. The group without answers may be anywhere.
        #expect(places[3].ranks == 1...8 && places[4].ranks == 3...11)
        #expect(places[10].ranks == 1...11 && places[10].shrunk.n == 0)
        #expect(isClose(places[10].shrunk.point, vector.anova.pooled))
        #expect(places.allSatisfy { $0.ranks.lowerBound >= 1 && $0.ranks.upperBound <= 11 })
    }

    @Test func rankRangesCountTheGroupsSurelyAboveAndBelow() {
        let estimates = [(0.1, 0.2), (0.15, 0.4), (0.5, 0.6), (0.7, 0.9), (0.6, 0.7)].map {
            Estimate(point: ($0.0 + $0.1) / 2, lower: $0.0, upper: $0.1, n: 10)
        }
        // Intervals that touch are not surely apart.
        #expect(rankRanges(of: estimates) == [4...5, 4...5, 2...3, 1...2, 1...3])
        #expect(rankRanges(of: []).isEmpty)
    }

    @Test func lessSpreadThanChanceMakesPoolsFully() throws {
        let variation = try #require(BetweenGroupVariation([Share(10, of: 20), Share(10, of: 20), Share(10, of: 20)]))
        #expect(variation.correlation <= 0 && variation.prior == nil)
        #expect(BetaDistribution.mostLikelyPrior(for: [Share(10, of: 20), Share(10, of: 20)]) == nil)
    }

    @Test func groupsOfNothingAreNotEnoughData() {
        #expect(Heterogeneity([Share]()) == nil && Heterogeneity([Share(1, of: 2), .none]) == nil)
        #expect(BetweenGroupVariation([]) == nil && BetweenGroupVariation([.none, .none]) == nil)
        #expect(BetweenGroupVariation([Share(1, of: 1), Share(0, of: 1)]) == nil)
        #expect(BetweenGroupVariation([Share(4, of: 4), Share(5, of: 5)]) == nil)
        #expect(GroupComparison([.none, .none]) == nil)
        #expect(GroupComparison([Share(3, of: 2), Share(1, of: 2), Share(1, of: 3)]) == nil)
        #expect(BetaDistribution(alpha: 1, beta: 1)?.shrunkEstimate(of: Share(3, of: 2)) == nil)
    }
}
