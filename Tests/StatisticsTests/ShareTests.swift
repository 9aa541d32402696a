import Statistics
import Testing

@Suite struct ShareTests {
    @Test func wilsonIntervalsAgreeWithTheVectors() throws {
        for vector in try Vectors.load().wilson95 {
            let estimate = try #require(Share(vector.x, of: vector.n).estimate())
            #expect(areClose([estimate.lower, estimate.upper], vector.ci), "\(vector)")
            #expect(estimate.point == Double(vector.x) / Double(vector.n))
            #expect((estimate.numerator, estimate.denominator, estimate.n) == (vector.x, vector.n, vector.n))
        }
    }

    @Test func newcombeDifferenceAgreesWithTheVector() throws {
        let vector = try Vectors.load().newcombeDiff95
        let (first, second) = (Share(vector.x1, of: vector.n1), Share(vector.x2, of: vector.n2))
        let difference = try #require(first.difference(from: second))
        #expect(isClose(difference.point, vector.diff))
        #expect(areClose([difference.lower, difference.upper], vector.ci))
        let reversed = try #require(second.difference(from: first))
        #expect(areClose([-reversed.upper, -reversed.lower], vector.ci))
    }

    @Test(arguments: [Share.none, Share(-1, of: 3), Share(4, of: 3), Share(0, of: -1)])
    func aShareOfNothingOrAnImpossibleOneIsNotEnoughData(share: Share) {
        #expect(share.proportion == nil && share.estimate() == nil)
        #expect(share.difference(from: Share(1, of: 2)) == nil)
        #expect(Share(1, of: 2).difference(from: share) == nil)
        #expect(share.funnelScore(target: 0.5) == nil)
    }

    @Test func aShareAtTheEndOfTheScaleHasItsLimitThere() throws {
        let none = try #require(Share(0, of: 7).estimate())
        let all = try #require(Share(7, of: 7).estimate())
        #expect(none.lower == 0 && none.upper > 0.3)
        #expect(all.upper == 1 && all.lower < 0.7)
    }
}
