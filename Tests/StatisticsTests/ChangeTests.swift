import Statistics
import Testing

@Suite struct ChangeTests {
    @Test func theTestOfTwoSharesIsThePooledOne() throws {
        for row in ChangeReference.shares {
            let (later, earlier) = (
                Share(row.later.0, of: row.later.1), Share(row.earlier.0, of: row.earlier.1)
            )
            let test = try #require(later.difference(from: earlier)?.test, "\(row)")
            #expect(isClose(test.z, row.z) && isRelativelyClose(test.pValue, row.p, 1e-10), "\(row)")
            #expect(test.statistic == test.z && test.degreesOfFreedom == nil)
        }
    }

    @Test func twoSharesThatCannotVaryHaveAnIntervalAndNoTest() throws {
        for (count, other) in [(0, 0), (9, 20)] {
            let difference = try #require(Share(count, of: 9).difference(from: Share(other, of: 20)))
            #expect(difference.test == nil && difference.point == 0)
            #expect(difference.lower < 0 && difference.upper > 0)
        }
    }

    @Test func whatIsDetectableOfTwoSharesGoesByTheIntervalEvenWhereTheTestRejects() throws {
        let difference = try #require(Share(2, of: 10).difference(from: Share(0, of: 20)))
        #expect(isClose(difference.test?.pValue, 0.03843393023678171, 1e-11))
        #expect(isClose(difference.lower, -0.015641652445191223) && !difference.isDetectable)
    }

    @Test func theChangeOfAMeanIsWelchs() throws {
        for row in ChangeReference.means {
            let change = try #require(Moments(row.later).change(from: Moments(row.earlier)), "\(row)")
            let test = try #require(change.test)
            #expect(isClose(test.statistic, row.t) && isClose(test.degreesOfFreedom, row.degrees), "\(row)")
            #expect(isClose(test.pValue, row.p, 1e-11), "\(row)")
            #expect(areClose([change.lower, change.upper], row.interval, 1e-10), "\(row)")
            #expect(test.z == nil && test.estimate == change.point)
        }
    }

    @Test func theChangeOfTheMeanOfManyContactsIsWelchs() throws {
        let later = Moments(n: 120_000, sum: 36_150_000, sumOfSquares: 14_800_000_000)
        let earlier = Moments(n: 95_000, sum: 28_500_000, sumOfSquares: 12_350_000_000)
        let change = try #require(later.change(from: earlier))
        let test = try #require(change.test)
        // SciPy 1.17, ttest_ind_from_stats of the same means and deviations with equal_var=False.
        #expect(isClose(test.statistic, 1.5020240795268522, 1e-11))
        #expect(isClose(test.degreesOfFreedom, 193366.30481664694, 1e-11))
        #expect(isClose(test.pValue, 0.13309252313050032, 1e-11))
        #expect(areClose([change.lower, change.upper], [-0.3811125430734783, 2.8811125430734785], 1e-10))
        #expect(change.point == 1.25 && !change.isDetectable)
    }

    @Test func aMeanOfOneOrOfNothingButEqualsHasNoChange() {
        let some = Moments([3, 4, 5])
        for few in [Moments.none, Moments([4]), Moments(n: 2, sum: 10, sumOfSquares: 49)] {
            #expect(some.change(from: few) == nil && few.change(from: some) == nil)
        }
        #expect(Moments([5, 5, 5]).change(from: Moments([4, 4])) == nil)
        #expect(Moments([5, 5, 5]).change(from: Moments([5, 5])) == nil)
        #expect(Moments([5, 5, 5]).change(from: some) != nil)
    }

    @Test func theChangeOfAMeanReversesShiftsAndAgreesWithItsTest() throws {
        var generator = SeededGenerator(seed: 20)
        for _ in 0..<500 {
            let (first, second) = (sample(&generator), sample(&generator))
            let (a, b) = (Moments(first), Moments(second))
            guard let forward = a.change(from: b) else {
                #expect(a.variance == 0 && b.variance == 0)
                continue
            }
            let back = try #require(b.change(from: a))
            #expect(isClose(forward.lower, -back.upper) && isClose(forward.upper, -back.lower))
            #expect(forward.lower < forward.point && forward.point < forward.upper)
            let pValue = try #require(forward.test).pValue
            #expect((pValue < 0.05) == forward.isDetectable || abs(pValue - 0.05) < 1e-9)
            let shifted = try #require(Moments(first.map { $0 + 1000 }).change(from: Moments(second.map { $0 + 1000 })))
            #expect(isClose(shifted.lower, forward.lower, 1e-9) && isClose(shifted.upper, forward.upper, 1e-9))
            // Welch's degrees of freedom lie between the smaller sample's and both together.
            let degrees = try #require(forward.test?.degreesOfFreedom)
            #expect(degrees >= Double(min(a.n, b.n) - 1) - 1e-9 && degrees <= Double(a.n + b.n - 2) + 1e-9)
        }
    }

    @Test func netEasyChangesLikeAScoreOfTheSameCounts() throws {
        let later = try #require(CESCounts(.ease, counts: [4, 6, 8, 12, 15, 25, 30]))
        let earlier = try #require(CESCounts(.ease, counts: [9, 6, 8, 20, 5, 5, 7]))
        let score = NPSCounts(detractors: 18, passives: 12, promoters: 70)
        #expect(later.netEasyCounts == score)
        #expect(
            try later.change(from: earlier)
                == score.change(from: NPSCounts(detractors: 23, passives: 20, promoters: 17)))
        let effort = try #require(CESCounts(.effort, counts: [30, 25, 20, 15, 10]))
        #expect(effort.netEasyCounts == NPSCounts(detractors: 25, passives: 20, promoters: 55))
        #expect(throws: CESCounts.MixedInstruments.self) { try later.change(from: effort) }
        let empty = try #require(CESCounts(.ease, counts: [0, 0, 0, 0, 0, 0, 0]))
        #expect(try later.change(from: empty) == nil && empty.change(from: later) == nil)
    }

    private func sample(_ generator: inout SeededGenerator) -> [Int] {
        let most = [0, 4, 600].randomElement(using: &generator) ?? 4
        return (0..<Int.random(in: 2...40, using: &generator)).map { _ in Int.random(in: 0...most, using: &generator) }
    }
}
