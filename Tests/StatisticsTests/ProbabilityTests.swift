import Foundation
import Testing

@testable import Statistics

@Suite struct ProbabilityTests {
    @Test func normalProbabilitiesAgreeWithTheReferenceFarIntoTheTail() {
        for row in ProbabilityReference.normal {
            #expect(isRelativelyClose(StandardNormal.cumulative(row.z), row.lower, 1e-13), "z = \(row.z)")
            #expect(isRelativelyClose(StandardNormal.upperTail(-row.z), row.lower, 1e-13), "z = \(row.z)")
        }
    }

    @Test func normalQuantilesAgreeWithTheReference() {
        for row in ProbabilityReference.normalQuantiles {
            #expect(isClose(StandardNormal.quantile(row.p), row.z, 1e-14), "p = \(row.p)")
        }
    }

    @Test func studentTailsAndQuantilesAgreeWithTheReference() throws {
        for row in ProbabilityReference.studentT {
            let t = try #require(StudentT(degreesOfFreedom: row.degrees))
            #expect(isRelativelyClose(t.upperTail(row.t), row.tail, 1e-12), "\(row)")
            #expect(isRelativelyClose(t.upperQuantile(row.tail), row.t, 1e-12), "\(row)")
            #expect(isRelativelyClose(t.cumulative(-row.t), row.tail, 1e-12), "\(row)")
            #expect(isRelativelyClose(t.quantile(row.tail), -row.t, 1e-12), "\(row)")
        }
    }

    @Test func chiSquareTailsAgreeWithTheReferenceOnBothSides() throws {
        for row in ProbabilityReference.chiSquare {
            let distribution = try #require(ChiSquare(degreesOfFreedom: row.degrees))
            #expect(isRelativelyClose(distribution.cumulative(row.x), row.lower, 1e-12), "\(row)")
            #expect(isRelativelyClose(distribution.upperTail(row.x), row.upper, 1e-11), "\(row)")
        }
    }

    @Test func chiSquareQuantilesAgreeWithTheReference() throws {
        for row in ProbabilityReference.chiSquareQuantiles {
            let distribution = try #require(ChiSquare(degreesOfFreedom: row.degrees))
            #expect(isRelativelyClose(distribution.quantile(row.p), row.x, 1e-12), "\(row)")
        }
    }

    @Test func betaQuantilesAgreeWithTheReference() throws {
        for row in ProbabilityReference.betaQuantiles {
            let distribution = try #require(BetaDistribution(alpha: row.alpha, beta: row.beta))
            #expect(isClose(distribution.quantile(row.p), row.x, 1e-13), "\(row)")
            #expect(isRelativelyClose(distribution.cumulative(row.x), row.p, 1e-11), "\(row)")
        }
    }

    @Test func binomialTailAgreesWithThePublishedNoiseOfASmallSample() throws {
        let vector = try Vectors.load().copcCsatNoise
        let binomial = try #require(Binomial(trials: vector.n, probability: vector.trueShare))
        #expect(isClose(binomial.probability(ofAtMost: 13), vector.probabilityAtMost13))
        #expect(isClose(binomial.probability(ofAtLeast: 14), 1 - vector.probabilityAtMost13))
    }

    @Test func binomialTailIsTheSumOfItsTerms() throws {
        for (n, p) in [(1, 0.5), (7, 0.1), (20, 0.93), (60, 0.5)] {
            let binomial = try #require(Binomial(trials: n, probability: p))
            var term = (0..<n).reduce(1.0) { product, _ in product * (1 - p) }
            var sum = 0.0
            for count in 0...n {
                sum += term
                #expect(isClose(binomial.probability(ofAtMost: count), sum), "n = \(n), count = \(count)")
                term *= Double(n - count) / Double(count + 1) * p / (1 - p)
            }
        }
    }

    @Test func binomialTailOfACertainOrImpossibleEventHasNoSpread() throws {
        let never = try #require(Binomial(trials: 4, probability: 0))
        let always = try #require(Binomial(trials: 4, probability: 1))
        let noTrials = try #require(Binomial(trials: 0, probability: 0.5))
        #expect([-1, 0, 4].map(never.probability(ofAtMost:)) == [0, 1, 1])
        #expect([-1, 0, 3, 4].map(always.probability(ofAtMost:)) == [0, 0, 0, 1])
        #expect([-1, 0].map(noTrials.probability(ofAtMost:)) == [0, 1])
        #expect([0, 1].map(noTrials.probability(ofAtLeast:)) == [1, 0])
    }

    @Test func quantilesUndoProbabilities() throws {
        let t = try #require(StudentT(degreesOfFreedom: 7))
        let chiSquare = try #require(ChiSquare(degreesOfFreedom: 7))
        let beta = try #require(BetaDistribution(alpha: 3, beta: 8))
        for p in [1e-6, 0.01, 0.2, 0.5, 0.77, 0.999] {
            #expect(isRelativelyClose(StandardNormal.quantile(p).map(StandardNormal.cumulative), p, 1e-12))
            #expect(isRelativelyClose(t.quantile(p).map(t.cumulative), p, 1e-12))
            #expect(isRelativelyClose(chiSquare.quantile(p).map(chiSquare.cumulative), p, 1e-12))
            #expect(isRelativelyClose(beta.quantile(p).map(beta.cumulative), p, 1e-12))
        }
    }

    @Test(arguments: [-0.1, 0, 1, 1.1, .nan]) func thereIsNoQuantileOutsideTheOpenUnitInterval(p: Double) throws {
        #expect(StandardNormal.quantile(p) == nil)
        #expect(try #require(StudentT(degreesOfFreedom: 3)).quantile(p) == nil)
        #expect(try #require(ChiSquare(degreesOfFreedom: 3)).quantile(p) == nil)
        #expect(try #require(BetaDistribution(alpha: 1, beta: 1)).quantile(p) == nil)
    }

    @Test(arguments: [-1, 0, .infinity, .nan]) func shapesOutsideTheirDomainMakeNoDistribution(shape: Double) {
        #expect(StudentT(degreesOfFreedom: shape) == nil)
        #expect(ChiSquare(degreesOfFreedom: shape) == nil)
        #expect(BetaDistribution(alpha: shape, beta: 1) == nil)
        #expect(BetaDistribution(alpha: 1, beta: shape) == nil)
        #expect(Binomial(trials: -1, probability: 0.5) == nil)
        #expect(Binomial(trials: 1, probability: .nan) == nil)
    }

    @Test func veryLargeShapesKeepTheirAccuracy() throws {
        // By the normal limit: chi-square and t of ten million degrees, binomial of ten million trials.
        let t = try #require(StudentT(degreesOfFreedom: 1e7))
        #expect(isClose(t.upperQuantile(0.025), 1.959963984540054, 1e-6))
        let binomial = try #require(Binomial(trials: 9_999_999, probability: 0.5))
        #expect(isClose(binomial.probability(ofAtMost: 4_999_999), 0.5, 1e-9))
        let chiSquare = try #require(ChiSquare(degreesOfFreedom: 1e7))
        let tails = (chiSquare.cumulative(1e7), chiSquare.upperTail(1e7))
        #expect(isClose(tails.0 + tails.1, 1) && tails.0 > 0.5 && tails.0 < 0.5001)
    }

    @Test func newtonEndsAtTheRootAndDoesNotHalveTheBracketWhenAStepIsLostInRounding() {
        var generator = SeededGenerator(seed: 27)
        for _ in 0..<500 {
            let root = Double.random(in: 1e-6...1, using: &generator)
            var steps = 0
            let found = safeguardedNewton(in: 0...1, from: min(1, root * 1.1)) { x in
                steps += 1
                // Rounding leaves a rest of the value at the root, too small to move x.
                return (log(x / root) + 1e-17, 1 / x)
            }
            #expect(isRelativelyClose(found, root, 1e-15) && steps <= 6, "\(root): \(steps) steps")
        }
    }

    @Test func betaQuantilesOfSharesOfAnySizeAreInverseToTheirProbabilities() throws {
        var generator = SeededGenerator(seed: 28)
        for _ in 0..<1000 {
            let shapes = (0..<2).map { _ in exp(Double.random(in: -1...14, using: &generator)) }
            let distribution = try #require(BetaDistribution(alpha: shapes[0], beta: shapes[1]))
            let p = exp(Double.random(in: -14 ... -0.7, using: &generator))
            #expect(isRelativelyClose(distribution.quantile(p).map(distribution.cumulative), p, 1e-7), "\(shapes) \(p)")
        }
    }
}
