import Statistics
import Testing

@Suite struct AnswerTests {
    @Test func csatSharesAndMeanAgreeWithTheVector() throws {
        let vector = try Vectors.load().csat
        let csat = try #require(CSATCounts(vector.counts))
        #expect(csat.topTwo.proportion == vector.top2)
        #expect(csat.topBox.proportion == vector.top1)
        #expect(csat.bottomTwo.proportion == vector.bottom2)
        #expect(isClose(csat.moments.mean, vector.mean))
        #expect(isClose(csat.moments.standardDeviation, vector.sd))

        let mean = try #require(csat.moments.estimate())
        #expect(areClose([mean.lower, mean.upper], vector.tInterval))
        #expect((mean.numerator, mean.denominator, mean.n) == (390, 100, 100))
        let topTwo = try #require(csat.topTwo.estimate())
        #expect(areClose([topTwo.lower, topTwo.upper], vector.wilsonTop2))
    }

    @Test func effortAndEaseAgreeWithTheVectorEachInItsOwnDirection() throws {
        let vector = try Vectors.load().ces
        let effort = try #require(CESCounts(.effort, counts: vector.effortCounts))
        #expect(effort.moments.mean == vector.effortMean)
        #expect(effort.easy.proportion == vector.lowEffort)
        #expect(effort.hard.proportion == vector.highEffort)

        let ease = try #require(CESCounts(.ease, counts: vector.easeCounts))
        #expect(isClose(ease.moments.mean, vector.easeMean))
        #expect(ease.easy.proportion == vector.agree)
        #expect(isClose(ease.netEasy()?.point, vector.netEasy))
        let netEasy = try #require(ease.netEasy())
        #expect(netEasy.lower < vector.netEasy && vector.netEasy < netEasy.upper && netEasy.n == 100)
    }

    @Test func twoEffortInstrumentsAreNeverPooled() throws {
        let effort = try #require(CESCounts(.effort, counts: [1, 2, 3, 4, 5]))
        let ease = try #require(CESCounts(.ease, counts: [1, 2, 3, 4, 5, 6, 7]))
        let reversedInstrument = try #require(CESInstrument(points: 5, direction: .higherIsBetter))
        let reversed = try #require(CESCounts(reversedInstrument, counts: [1, 2, 3, 4, 5]))
        #expect(throws: CESCounts.MixedInstruments.self) { try effort.merged(with: ease) }
        #expect(throws: CESCounts.MixedInstruments.self) { try effort.merged(with: reversed) }
        #expect(try effort.merged(with: effort).answers.counts == [2, 4, 6, 8, 10])
        #expect(reversed.easy == effort.hard && reversed.hard == effort.easy)
    }

    @Test func countsThatDoNotFitTheirScaleAreRefused() throws {
        #expect(CSATCounts([1, 2, 3, 4]) == nil)
        #expect(CSATCounts([1, 2, 3, 4, -5]) == nil)
        #expect(CESCounts(.ease, counts: [1, 2, 3, 4, 5]) == nil)
        #expect([1, 2, 4].allSatisfy { CESInstrument(points: $0, direction: .lowerIsBetter) == nil })
        let five = try #require(AnswerCounts(scale: 1...5, counts: [1, 1, 1, 1, 1]))
        let otherFive = try #require(AnswerCounts(scale: 0...4, counts: [1, 1, 1, 1, 1]))
        #expect(five.merged(with: otherFive) == nil)
        #expect(five.share(of: 6...9) == Share(0, of: 5))
    }

    @Test func noAnswersAreNotEnoughDataAndOneHasNoSpread() throws {
        let empty = try #require(CSATCounts([0, 0, 0, 0, 0]))
        #expect(empty.topTwo.estimate() == nil && empty.moments.mean == nil && empty.moments.estimate() == nil)
        #expect(try #require(CESCounts(.effort, counts: [0, 0, 0, 0, 0])).netEasy() == nil)
        let one = Moments([4])
        #expect(one.mean == 4 && one.variance == nil && one.estimate() == nil)
    }

    @Test func momentsNoObservationsCouldHaveAreRefused() {
        #expect(Moments(n: 2, sum: 10, sumOfSquares: 49).mean == nil)
        #expect(Moments(n: 2, sum: 10, sumOfSquares: 50).variance == 0)
        #expect(Moments(n: -1, sum: 0, sumOfSquares: 0).mean == nil)
    }

    @Test func theSpreadOfLargeNearlyEqualNumbersIsExact() {
        let moments = Moments([1_000_000_000, 1_000_000_001, 1_000_000_002])
        #expect(moments.variance == 1)
    }
}
