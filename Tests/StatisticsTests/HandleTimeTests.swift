import Statistics
import Testing

@Suite struct HandleTimeTests {
    @Test func meanMedianPercentilesAndTrimmedMeanAgreeWithTheVector() throws {
        let vector = try Vectors.load().ahtTrap
        let ordered = OrderStatistics(vector.seconds.shuffled(by: 7).map(Double.init))
        #expect(isClose(Moments(vector.seconds).mean, vector.mean))
        #expect(ordered.median == vector.median)
        #expect(isClose(ordered.quantile(0.9), vector.p90))
        #expect(isClose(ordered.quantile(0.95), vector.p95))
        #expect(isClose(ordered.trimmedMean(0.1), vector.trim10))
    }

    @Test func everyHandledContactCountsInEveryPart() throws {
        let vector = try Vectors.load().ahtComponents
        let total = vector.rows.map { HandleTime(talk: $0.talk, hold: $0.hold, afterContactWork: $0.acw) }
            .reduce(.none, +)
        #expect(total.average == vector.aht)
        #expect(total.handled == vector.rows.count)
        let parts = try #require(total.averageParts)
        #expect(isClose(parts.talk + parts.hold + parts.afterContactWork, vector.aht))
        #expect([parts.talk, parts.hold, parts.afterContactWork] == [195, 42.5, 47.5])

        // What leaving the zeros out would give, so that the difference is seen to matter.
        let trap = vector.trap
        let withoutZeros = { (part: [Int]) in Moments(part.filter { $0 > 0 }).mean }
        #expect(isClose(withoutZeros(vector.rows.map(\.talk)), trap.talk, 1e-10))
        #expect(isClose(withoutZeros(vector.rows.map(\.hold)), trap.hold, 1e-10))
        #expect(isClose(withoutZeros(vector.rows.map(\.acw)), trap.acw, 1e-10))
        #expect(isClose(trap.talk + trap.hold + trap.acw, trap.sum, 1e-10) && trap.sum != vector.aht)
    }

    @Test func theIntervalOfTheAverageUsesTheSpreadOfWholeContacts() throws {
        let total =
            HandleTime(talk: 10, hold: 0, afterContactWork: 0) + HandleTime(talk: 0, hold: 5, afterContactWork: 15)
        #expect(total.moments == Moments([10, 20]))
        #expect(total.moments.estimate() != nil)
    }

    @Test func noContactIsNotEnoughData() {
        #expect(HandleTime.none.average == nil && HandleTime.none.averageParts == nil)
        let nothing = OrderStatistics([])
        #expect(nothing.median == nil && nothing.trimmedMean(0.1) == nil)
        #expect(DurationHistogram(seconds: []).quantile(0.5) == nil)
    }

    @Test func percentilesOutsideTheirDomainAreRefused() {
        let ordered = OrderStatistics([3, 1, .nan, 2])
        #expect(ordered.sorted == [1, 2, 3])
        #expect([-0.1, 1.1, .nan].allSatisfy { ordered.quantile($0) == nil })
        #expect([ordered.quantile(0), ordered.quantile(1)] == [1, 3])
        #expect([-0.1, 0.5, .nan].allSatisfy { ordered.trimmedMean($0) == nil })
        #expect(ordered.trimmedMean(0) == 2)
    }

    @Test func histogramBucketsAreExactBelowSixtyFourAndConsecutive() {
        #expect((0..<64).allSatisfy { DurationHistogram.bucket(of: $0) == $0 })
        #expect((0..<64).allSatisfy { DurationHistogram.middle(ofBucket: $0) == Double($0) })
        let buckets = (0...200_000).map(DurationHistogram.bucket(of:))
        #expect(zip(buckets, buckets.dropFirst()).allSatisfy { $1 - $0 == 0 || $1 - $0 == 1 })
        #expect(DurationHistogram.bucket(of: -5) == 0)
        #expect(DurationHistogram.bucket(of: .max) < 2000)
        #expect(DurationHistogram(buckets: [3: 1, 4: -1]) == nil)
        #expect(DurationHistogram(buckets: [-1: 1]) == nil)
        #expect(DurationHistogram(buckets: [.max: 1]) == nil)
    }

    @Test func histogramPercentilesStayWithinTheStatedError() throws {
        var generator = SeededGenerator(seed: 11)
        for size in [1, 2, 10, 1000] {
            let seconds = (0..<size).map { _ in
                Int.random(in: 0...(Bool.random(using: &generator) ? 90 : 40_000), using: &generator)
            }
            let (ordered, histogram) = (OrderStatistics(seconds.map(Double.init)), DurationHistogram(seconds: seconds))
            #expect(histogram.n == size)
            for p in [0, 0.1, 0.5, 0.9, 0.95, 1] {
                let exact = try #require(ordered.quantile(p))
                let read = try #require(histogram.quantile(p))
                #expect(abs(read - exact) <= DurationHistogram.relativeError * exact + 1e-9, "n = \(size), p = \(p)")
            }
        }
    }
}

extension Array {
    fileprivate func shuffled(by seed: UInt64) -> [Element] {
        var generator = SeededGenerator(seed: seed)
        return shuffled(using: &generator)
    }
}
