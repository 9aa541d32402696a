import Statistics
import Testing

@Suite struct EventTests {
    @Test func theLimitsOfACountAreGarwoods() throws {
        for row in ChangeReference.counts {
            let estimate = try #require(EventCount(row.count, over: 30).estimate())
            #expect(estimate.point == Double(row.count) && estimate.n == row.count, "\(row)")
            #expect(areClose([estimate.lower, estimate.upper], [row.lower, row.upper], 1e-11), "\(row)")
        }
    }

    @Test func aRateIsTheCountScaledToTheExposureAskedFor() throws {
        let month = EventCount(150, over: 30)
        let (count, week) = (try #require(month.estimate()), try #require(month.rate(per: 7)))
        #expect(isClose(week.point, 35) && month.rate()?.point == 5)
        #expect(areClose([week.lower, week.upper], [count.lower * 7 / 30, count.upper * 7 / 30]))
        #expect([0, -1, .nan, .infinity].allSatisfy { month.rate(per: $0) == nil })
    }

    @Test func theRatioOfTwoRatesAgreesWithTheConditionalBinomial() throws {
        for row in ChangeReference.ratios {
            let change = try #require(
                EventCount(row.later.0, over: row.later.1).change(
                    from: EventCount(row.earlier.0, over: row.earlier.1)), "\(row)")
            #expect(isRelativelyClose(change.pValue, row.p, 1e-9), "\(row)")
            #expect(isClose(change.lower, row.lower, 1e-10), "\(row)")
            #expect(change.upper == row.upper || isClose(change.upper, row.upper, 1e-10), "\(row)")
        }
    }

    @Test func aRatioToNoEventsHasNoPointAndNoUpperLimit() throws {
        let none = EventCount(0, over: 5)
        let rise = try #require(EventCount(12, over: 5).change(from: none))
        #expect(rise.point == nil && rise.upper == .infinity && rise.lower > 1 && rise.isDetectable)
        let fall = try #require(none.change(from: EventCount(12, over: 5)))
        #expect(fall.point == 0 && fall.lower == 0 && fall.upper < 1 && fall.isDetectable)
        let still = try #require(none.change(from: none))
        #expect(still.point == nil && still.pValue == 1 && !still.isDetectable)
    }

    @Test func theTestAgreesWithTheIntervalAndTheRatioReverses() throws {
        var generator = SeededGenerator(seed: 21)
        for _ in 0..<1500 {
            let (a, b) = (events(&generator), events(&generator))
            let (forward, back) = (try #require(a.change(from: b)), try #require(b.change(from: a)))
            #expect((forward.pValue < 0.05) == forward.isDetectable)
            #expect((0...1).contains(forward.pValue) && isClose(forward.pValue, back.pValue, 1e-9))
            #expect(forward.lower < forward.upper)
            #expect(forward.lower == 0 ? back.upper == .infinity : isClose(back.upper * forward.lower, 1, 1e-9))
            if let point = forward.point { #expect(forward.lower <= point && point <= forward.upper) }
        }
    }

    @Test func theLimitsRiseWithTheCountAndContainIt() {
        let estimates = (0...80).compactMap { EventCount($0, over: 1).estimate() }
        #expect(estimates.count == 81)
        #expect(estimates.allSatisfy { $0.lower <= $0.point && $0.point < $0.upper })
        #expect(zip(estimates, estimates.dropFirst()).allSatisfy { $0.lower < $1.lower && $0.upper < $1.upper })
    }

    @Test func countsOfSeparateTimesAddUp() {
        let weeks = [EventCount(3, over: 7), EventCount(0, over: 7), EventCount(5, over: 3.5)]
        #expect(weeks.reduce(.none, +) == EventCount(8, over: 17.5))
    }

    @Test(arguments: [
        EventCount.none, EventCount(-1, over: 5), EventCount(3, over: -2), EventCount(3, over: .nan),
        EventCount(3, over: .infinity),
    ]) func aCountOverNoTimeOrAnImpossibleOneIsNotEnoughData(events: EventCount) {
        let other = EventCount(3, over: 5)
        #expect(events.estimate() == nil && events.rate() == nil)
        #expect(events.change(from: other) == nil && other.change(from: events) == nil)
    }

    private func events(_ generator: inout SeededGenerator) -> EventCount {
        let most = [0, 3, 40, 2000].randomElement(using: &generator) ?? 3
        return EventCount(
            Int.random(in: 0...most, using: &generator), over: Double(Int.random(in: 1...40, using: &generator)))
    }
}
