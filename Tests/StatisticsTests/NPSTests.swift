import Testing

@testable import Statistics

@Suite struct NPSTests {
    @Test func scoreVarianceAndIntervalsAgreeWithTheVectors() throws {
        for vector in try Vectors.load().nps {
            let counts = NPSCounts(vector.counts)
            #expect(isClose(counts.score, vector.nps), "\(vector.counts)")
            #expect(isClose(counts.variance, vector.variance), "\(vector.counts)")
            #expect(isClose(counts.standardError, vector.se), "\(vector.counts)")

            let adjusted = try #require(counts.adjusted)
            #expect(isClose(adjusted.score, vector.adjEst), "\(vector.counts)")
            #expect(isClose(adjusted.standardError, vector.adjSe), "\(vector.counts)")

            let estimate = try #require(counts.estimate())
            let clamped = vector.adjWaldUnclamped.map { min(1, max(-1, $0)) }
            #expect(areClose([estimate.lower, estimate.upper], clamped), "\(vector.counts)")
            #expect(estimate.point == counts.score)
            #expect((estimate.numerator, estimate.denominator) == (vector.counts[2] - vector.counts[0], counts.n))

            let score = try #require(counts.scoreEstimate())
            #expect(areClose([score.lower, score.upper], vector.score, 1e-10), "\(vector.counts)")
        }
    }

    @Test func thePlainWaldIntervalOfTheVectorsIsTheScoreAndItsStandardError() throws {
        for vector in try Vectors.load().nps {
            let counts = NPSCounts(vector.counts)
            let (score, error) = (try #require(counts.score), try #require(counts.standardError))
            #expect(areClose([score - 1.959963984540054 * error, score + 1.959963984540054 * error], vector.wald))
        }
    }

    @Test func changeBetweenTwoPeriodsAgreesWithTheVectors() throws {
        for vector in try Vectors.load().npsTwoPeriod {
            let (before, after) = (NPSCounts(vector.a), NPSCounts(vector.b))
            let change = try #require(after.change(from: before))
            let test = try #require(change.test)
            #expect(isClose(change.point, vector.wald.diff))
            #expect(isClose(test.estimate, vector.adj.diff))
            #expect(isClose(test.standardError, vector.adj.se))
            #expect(isClose(test.z, vector.adj.z))
            #expect(isClose(test.pValue, vector.adj.p))
            #expect(areClose([change.lower, change.upper], vector.adj.ci))
            #expect(change.isDetectable == (vector.adj.p < 0.05))

            let (a, b) = (try #require(before.standardError), try #require(after.standardError))
            let plain = try #require(
                Difference.Test(estimate: change.point, standardError: (a * a + b * b).squareRoot()))
            #expect(isClose(plain.standardError, vector.wald.se))
            #expect(isClose(plain.z, vector.wald.z))
            #expect(isClose(plain.pValue, vector.wald.p))
            let reach = 1.959963984540054 * plain.standardError
            #expect(areClose([plain.estimate - reach, plain.estimate + reach], vector.wald.ci))
        }
    }

    @Test(arguments: [
        ([2, 2, 5], 33), ([5, 2, 2], -33), ([0, 1, 0], 0), ([0, 0, 7], 100), ([7, 0, 0], -100),
        ([0, 199, 1], 1), ([1, 199, 0], -1), ([0, 201, 1], 0), ([0, 7, 1], 13), ([1, 7, 0], -13),
    ]) func theShownScoreIsRoundedOnceFromTheCounts(counts: [Int], points: Int) {
        #expect(NPSCounts(counts).wholePoints == points)
    }

    @Test func noAnswersAreNotEnoughData() {
        for counts in [NPSCounts.none, NPSCounts([-1, 2, 3])] {
            #expect(counts.score == nil && counts.wholePoints == nil && counts.variance == nil)
            #expect(counts.standardError == nil && counts.estimate() == nil && counts.scoreEstimate() == nil)
            #expect(counts.change(from: NPSCounts([1, 1, 1])) == nil)
            #expect(NPSCounts([1, 1, 1]).change(from: counts) == nil)
        }
    }

    @Test func scoresAreGroupedAtSixSevenEightAndNine() throws {
        let answers = try #require(AnswerCounts(scale: 0...10, counts: [1, 0, 0, 0, 0, 0, 2, 4, 8, 16, 32]))
        #expect(NPSCounts(answers) == NPSCounts(detractors: 3, passives: 12, promoters: 48))
        #expect(NPSCounts(try #require(AnswerCounts(scale: 1...5, counts: [1, 1, 1, 1, 1]))) == nil)
    }
}

extension NPSCounts {
    /// Reads counts in the vectors' order: detractor, passive, promoter.
    init(_ counts: [Int]) {
        self.init(detractors: counts[0], passives: counts[1], promoters: counts[2])
    }
}
