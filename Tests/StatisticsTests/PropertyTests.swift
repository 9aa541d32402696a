import Statistics
import Testing

/// Truths that hold for every input, tried on many generated ones.
@Suite struct PropertyTests {
    private static func counts(_ generator: inout SeededGenerator) -> NPSCounts {
        let most = [1, 5, 40, 3000].randomElement(using: &generator) ?? 1
        let draw = { (generator: inout SeededGenerator) in
            // Every third count is 0, so that the ends of the scale come up often.
            Int.random(in: 0...2, using: &generator) == 0 ? 0 : Int.random(in: 0...most, using: &generator)
        }
        return NPSCounts(
            detractors: draw(&generator), passives: draw(&generator), promoters: draw(&generator))
    }

    private static func share(_ generator: inout SeededGenerator) -> Share {
        let n = Int.random(in: 1...([1, 6, 50, 5000].randomElement(using: &generator) ?? 1), using: &generator)
        return Share(Int.random(in: 0...n, using: &generator), of: n)
    }

    @Test func npsIntervalsAreClampedOrderedAndSymmetricUnderSwappingPromotersAndDetractors() throws {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<3000 {
            let counts = Self.counts(&generator)
            guard counts.n > 0 else {
                #expect(counts.estimate() == nil)
                continue
            }
            let swapped = NPSCounts(
                detractors: counts.promoters, passives: counts.passives, promoters: counts.detractors)
            let pairs = [
                (counts.estimate(), swapped.estimate()), (counts.scoreEstimate(), swapped.scoreEstimate()),
            ]
            for (estimate, mirror) in pairs {
                let (estimate, mirror) = (try #require(estimate), try #require(mirror))
                #expect(-1 <= estimate.lower && estimate.lower < estimate.upper && estimate.upper <= 1)
                #expect(estimate.point == -mirror.point)
                #expect(isClose(estimate.lower, -mirror.upper, 1e-9) && isClose(estimate.upper, -mirror.lower, 1e-9))
            }
            let score = try #require(counts.scoreEstimate())
            #expect(score.lower <= score.point && score.point <= score.upper)
        }
    }

    @Test func intervalsNarrowAsTheSameAnswersCountTenTimes() throws {
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<1000 {
            let counts = Self.counts(&generator) + NPSCounts(detractors: 1, passives: 0, promoters: 1)
            let tenfold = (0..<10).reduce(NPSCounts.none) { sum, _ in sum + counts }
            #expect(try width(tenfold.estimate()) < width(counts.estimate()))
            #expect(try width(tenfold.scoreEstimate()) < width(counts.scoreEstimate()))
            let share = Self.share(&generator)
            #expect(try width(Share(share.count * 10, of: share.total * 10).estimate()) < width(share.estimate()))
        }
    }

    @Test func wilsonContainsItsPointAndMirrorsUnderCountingTheOthers() throws {
        var generator = SeededGenerator(seed: 3)
        let ninetyNine = try #require(Confidence(level: 0.99))
        for _ in 0..<3000 {
            let share = Self.share(&generator)
            let estimate = try #require(share.estimate())
            let mirror = try #require(Share(share.total - share.count, of: share.total).estimate())
            #expect(0 <= estimate.lower && estimate.lower <= estimate.point)
            #expect(estimate.point <= estimate.upper && estimate.upper <= 1 && estimate.lower < estimate.upper)
            #expect(isClose(estimate.lower, 1 - mirror.upper) && isClose(estimate.upper, 1 - mirror.lower))
            let wider = try #require(share.estimate(confidence: ninetyNine))
            #expect(wider.lower <= estimate.lower && estimate.upper <= wider.upper)
        }
    }

    @Test func wilsonLimitsRiseWithTheCount() throws {
        for n in [1, 7, 60] {
            let estimates = (0...n).compactMap { Share($0, of: n).estimate() }
            #expect(zip(estimates, estimates.dropFirst()).allSatisfy { $0.lower < $1.lower && $0.upper < $1.upper })
        }
    }

    @Test func differencesContainTheirPointStayInRangeAndReverse() throws {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<2000 {
            let (a, b) = (Self.share(&generator), Self.share(&generator))
            let (forward, back) = (try #require(a.difference(from: b)), try #require(b.difference(from: a)))
            #expect(-1 <= forward.lower && forward.lower <= forward.point)
            #expect(forward.point <= forward.upper && forward.upper <= 1)
            #expect(isClose(forward.lower, -back.upper) && isClose(forward.upper, -back.lower))
        }
    }

    @Test func npsChangeReversesAndItsTestAgreesWithItsInterval() throws {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<2000 {
            let (a, b) = (Self.counts(&generator), Self.counts(&generator))
            guard a.n > 0, b.n > 0 else { continue }
            let (forward, back) = (try #require(a.change(from: b)), try #require(b.change(from: a)))
            #expect(forward.point == -back.point)
            #expect(isClose(forward.lower, -back.upper) && isClose(forward.upper, -back.lower))
            let pValue = try #require(forward.test).pValue
            #expect((pValue < 0.05) == forward.isDetectable || abs(pValue - 0.05) < 1e-9)
            #expect(pValue >= 0 && pValue <= 1)
        }
    }

    @Test func mergingCountsIsCountingTheMerged() throws {
        var generator = SeededGenerator(seed: 6)
        for _ in 0..<300 {
            let days = (0..<3).map { _ in
                (0..<Int.random(in: 0...40, using: &generator)).map { _ in Int.random(in: 0...10, using: &generator) }
            }
            let all = days.flatMap(\.self)
            #expect(days.map { Moments($0) }.reduce(.none, +) == Moments(all))
            #expect(
                days.map { DurationHistogram(seconds: $0) }.reduce(DurationHistogram(seconds: []), +)
                    == DurationHistogram(seconds: all))
            let (merged, whole) = (try days.map(tally).reduce(.none, +), try tally(all))
            #expect(merged == whole && merged.estimate() == whole.estimate())
        }
    }

    @Test func exactMomentsAgreeWithTheTwoPassVariance() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<300 {
            let values = (0..<Int.random(in: 2...50, using: &generator)).map { _ in
                Int.random(in: 0...100_000, using: &generator)
            }
            let mean = Double(values.reduce(0, +)) / Double(values.count)
            let squares = values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
            #expect(isClose(Moments(values).variance, squares / Double(values.count - 1), 1e-9))
            let estimate = try #require(Moments(values).estimate())
            #expect(estimate.lower <= mean && mean <= estimate.upper)
        }
    }

    @Test func shrunkenSharesLieBetweenTheRawShareAndThePrior() throws {
        var generator = SeededGenerator(seed: 8)
        let prior = try #require(BetaDistribution(alpha: 6, beta: 2))
        for _ in 0..<500 {
            let share = Self.share(&generator)
            let (raw, shrunk) = (try #require(share.proportion), try #require(prior.shrunkEstimate(of: share)))
            #expect(min(raw, prior.mean) - 1e-12 <= shrunk.point && shrunk.point <= max(raw, prior.mean) + 1e-12)
            #expect(
                0 <= shrunk.lower && shrunk.lower < shrunk.point && shrunk.point < shrunk.upper && shrunk.upper <= 1)
        }
    }

    @Test func comparisonsOfAnyGroupsGivePossibleRanksAndNeverNotANumber() throws {
        var generator = SeededGenerator(seed: 9)
        var ranked = 0
        for _ in 0..<60 {
            let shares = (0..<Int.random(in: 2...12, using: &generator)).map { _ in Self.share(&generator) }
            let comparison = try #require(GroupComparison(shares))
            #expect((0...1).contains(comparison.heterogeneity.pValue))
            guard let places = comparison.places else { continue }
            ranked += 1
            #expect(places.count == shares.count)
            for place in places {
                #expect(place.ranks.lowerBound >= 1 && place.ranks.upperBound <= shares.count)
                #expect(place.shrunk.lower <= place.shrunk.point && place.shrunk.point <= place.shrunk.upper)
            }
        }
        #expect(ranked > 20)
    }

    @Test func chartLimitsHoldTheCentreAndStayInRange() throws {
        var generator = SeededGenerator(seed: 10)
        for _ in 0..<500 {
            let shares = (0..<Int.random(in: 2...30, using: &generator)).map { _ in Self.share(&generator) }
            for method in [ShareChart.Method.pChart, .laney] {
                let chart = try #require(
                    ShareChart(shares, periods: ChartPeriods(lastIsUnfinished: false), method: method))
                #expect(chart.limits.allSatisfy { limits in limits?.contains(chart.centre) ?? false })
                #expect(chart.limits.allSatisfy { ($0?.lowerBound ?? -1) >= 0 && ($0?.upperBound ?? 2) <= 1 })
            }
        }
    }

    private func width(_ estimate: Estimate?) throws -> Double {
        let estimate = try #require(estimate)
        return estimate.upper - estimate.lower
    }

    private func tally(_ scores: [Int]) throws -> NPSCounts {
        let counts = (0...10).map { point in scores.count { $0 == point } }
        let answers = try #require(AnswerCounts(scale: 0...10, counts: counts))
        return try #require(NPSCounts(answers))
    }
}
