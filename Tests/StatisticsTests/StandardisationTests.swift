import Statistics
import Testing

@Suite struct StandardisationTests {
    @Test func aMeanIsComparedWithTheSameMixOfCases() throws {
        let strata = [
            (observed: Moments([310, 280, 295, 402, 333]), reference: 290.5),
            (observed: Moments([120, 95, 101]), reference: 110.25), (observed: Moments([640]), reference: 600),
        ]
        let compared = try #require(IndirectStandardisation(strata))
        // SciPy 1.17, ttest_1samp of each case's distance from its reference.
        let test = try #require(compared.difference.test)
        #expect(isClose(compared.observed.point, 286.22222222222223) && compared.observed.n == 9)
        #expect(isClose(compared.expected, 264.80555555555554))
        #expect(isClose(compared.difference.point, 21.416666666666668))
        #expect(isClose(test.statistic, 1.6167439482834491) && test.degreesOfFreedom == 8)
        #expect(isClose(test.pValue, 0.1445956414064727, 1e-11))
        let limits = [compared.difference.lower, compared.difference.upper]
        #expect(areClose(limits, [-9.130484567799552, 51.963817901132884], 1e-10))
        let ratio = try #require(compared.ratio)
        #expect(isClose(ratio.point, 286.22222222222223 / 264.80555555555554))
        #expect(isClose(ratio.lower, 1 - 9.130484567799552 / 264.80555555555554))
        #expect(compared.observed == strata.map(\.observed).reduce(.none, +).estimate())
    }

    @Test func aShareIsComparedWithTheSameMixOfCases() throws {
        let compared = try #require(
            IndirectStandardisation([
                (observed: Share(18, of: 20), reference: 0.85), (observed: Share(9, of: 15), reference: 0.5),
                (observed: Share(30, of: 40), reference: 0.7),
            ]))
        // SciPy 1.17, binomtest(57, 75).proportion_ci(method="wilson") less 0.7; norm.sf of the score.
        #expect(isClose(compared.expected, 0.7) && isClose(compared.difference.point, 0.06))
        let limits = [compared.difference.lower, compared.difference.upper]
        #expect(areClose(limits, [-0.047787661491029754, 0.14245126339997083]))
        let test = try #require(compared.difference.test)
        #expect(isClose(test.z, 1.1338934190276826) && isClose(test.pValue, 0.25683925795785634))
        #expect((compared.observed.numerator, compared.observed.denominator) == (57, 75))
        #expect(isClose(compared.ratio?.point, 0.76 / 0.7))
    }

    @Test func aGroupThatIsLikeItsReferencesShowsNoDifferenceWhateverItsMix() throws {
        // 300 short cases and 10 long ones, or the reverse: each topic's mean is the reference.
        let (short, long) = (Moments([90, 100, 110]), Moments([880, 900, 920]))
        for (many, few) in [(300, 10), (10, 300)] {
            let compared = try #require(
                IndirectStandardisation([
                    (observed: repeated(short, many), reference: 100), (observed: repeated(long, few), reference: 900),
                ]))
            #expect(abs(compared.difference.point) < 1e-9 && !compared.difference.isDetectable)
            // The spread between topics, hundreds of seconds, is no part of the doubt.
            let width = compared.difference.upper - compared.difference.lower
            #expect(compared.observed.upper - compared.observed.lower > 5 * width)
        }
    }

    @Test func oneStratumIsItsOwnEstimateShifted() throws {
        let moments = Moments([12, 15, 9, 30, 22])
        let mean = try #require(IndirectStandardisation([(observed: moments, reference: 10.5)]))
        let estimate = try #require(moments.estimate())
        #expect(
            areClose([mean.difference.lower, mean.difference.upper], [estimate.lower - 10.5, estimate.upper - 10.5]))
        let share = try #require(IndirectStandardisation([(observed: Share(3, of: 9), reference: 0.25)]))
        let wilson = try #require(Share(3, of: 9).estimate())
        #expect(
            areClose([share.difference.lower, share.difference.upper], [wilson.lower - 0.25, wilson.upper - 0.25]))
    }

    @Test func splittingAStratumOfOneReferenceChangesNothing() throws {
        var generator = SeededGenerator(seed: 22)
        for _ in 0..<200 {
            let parts = (0..<3).map { _ in
                Moments((0..<8).map { _ in Int.random(in: 20...900, using: &generator) })
            }
            let split = try #require(IndirectStandardisation(parts.map { (observed: $0, reference: 333.3) }))
            let whole = try #require(
                IndirectStandardisation([(observed: parts.reduce(.none, +), reference: 333.3)]))
            #expect(areClose([split.difference.lower, split.difference.upper], limits(of: whole), 1e-9))
            #expect(isClose(split.difference.test?.pValue, try #require(whole.difference.test).pValue, 1e-9))
        }
    }

    @Test func theTestOfAShareAgreesWithItsShiftedInterval() throws {
        var generator = SeededGenerator(seed: 23)
        for _ in 0..<1000 {
            let strata = (0..<3).map { _ in
                let n = Int.random(in: 1...60, using: &generator)
                return (
                    observed: Share(Int.random(in: 0...n, using: &generator), of: n),
                    reference: Double.random(in: 0.05...0.95, using: &generator)
                )
            }
            let compared = try #require(IndirectStandardisation(strata))
            let pValue = try #require(compared.difference.test).pValue
            #expect((pValue < 0.05) == compared.difference.isDetectable || abs(pValue - 0.05) < 1e-9)
            let ratio = try #require(compared.ratio)
            #expect(ratio.lower <= ratio.point && ratio.point <= ratio.upper && ratio.lower > -1e-12)
        }
    }

    @Test func strataWithoutCasesTakeNoPartAndImpossibleOnesAreRefused() throws {
        let some = (observed: Moments([3, 5]), reference: 4.5)
        let withEmpty = IndirectStandardisation([some, (observed: Moments.none, reference: .nan)])
        #expect(withEmpty != nil && withEmpty == IndirectStandardisation([some]))
        #expect(IndirectStandardisation([(observed: Moments, reference: Double)]()) == nil)
        #expect(IndirectStandardisation([(observed: Moments([3]), reference: 4)]) == nil)
        #expect(IndirectStandardisation([(observed: Moments([3, 3]), reference: 4)]) == nil)
        #expect(IndirectStandardisation([some, (observed: Moments([3]), reference: .infinity)]) == nil)
        #expect(
            IndirectStandardisation([some, (observed: Moments(n: -1, sum: 0, sumOfSquares: 0), reference: 1)]) == nil)

        let share = (observed: Share(2, of: 4), reference: 0.5)
        let sharesWithEmpty = IndirectStandardisation([share, (observed: Share.none, reference: 7)])
        #expect(sharesWithEmpty != nil && sharesWithEmpty == IndirectStandardisation([share]))
        #expect(IndirectStandardisation([(observed: Share.none, reference: 0.5)]) == nil)
        #expect(IndirectStandardisation([share, (observed: Share(5, of: 4), reference: 0.5)]) == nil)
        #expect(
            [-0.1, 1.1, .nan].allSatisfy {
                IndirectStandardisation([(observed: Share(1, of: 4), reference: $0)]) == nil
            })
    }

    @Test func noneExpectedAndNoneObservedHasNoRatioAndNoTest() throws {
        let compared = try #require(IndirectStandardisation([(observed: Share(0, of: 8), reference: 0)]))
        #expect(compared.ratio == nil && compared.difference.test == nil)
        #expect(compared.difference.point == 0 && compared.difference.upper > 0.3)
    }

    private func repeated(_ moments: Moments, _ times: Int) -> Moments {
        (0..<times).reduce(.none) { sum, _ in sum + moments }
    }

    private func limits(of compared: IndirectStandardisation) -> [Double] {
        [compared.difference.lower, compared.difference.upper]
    }
}
