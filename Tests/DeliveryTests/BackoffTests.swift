import Testing

@testable import Delivery

@Suite struct BackoffTests {
    let backoff: Backoff

    init() throws {
        backoff = try #require(Backoff(base: .seconds(5), cap: .seconds(3600)))
    }

    @Test(arguments: [
        (Int.min, 5), (0, 5), (1, 5), (2, 10), (3, 20), (10, 2560), (11, 3600), (12, 3600), (64, 3600), (Int.max, 3600),
    ])
    func theCeilingDoublesUpToTheCap(attempt: Int, seconds: Int) {
        #expect(backoff.ceiling(afterAttempt: attempt) == .seconds(seconds))
    }

    @Test func drawsSpreadOverTheWholeRange() {
        var generator = SeededGenerator(seed: 28)
        for attempt in 1...12 {
            let ceiling = backoff.ceiling(afterAttempt: attempt)
            let draws = (0..<2000).map { _ in backoff.delay(afterAttempt: attempt, using: &generator) / ceiling }
            #expect(draws.allSatisfy { (0...1).contains($0) })
            // A tenth of 2,000 uniform draws is 200 with a standard deviation of 13.
            for tenth in 0..<10 {
                let count = draws.count { Int($0 * 10) == tenth }
                #expect((120...280).contains(count))
            }
        }
    }

    @Test func theSameSeedGivesTheSameDelays() {
        var first = SeededGenerator(seed: 29)
        var second = SeededGenerator(seed: 29)
        for attempt in 1...20 {
            #expect(
                backoff.delay(afterAttempt: attempt, using: &first)
                    == backoff.delay(afterAttempt: attempt, using: &second))
        }
    }

    @Test func theReceiversWishIsALowerBound() {
        var generator = SeededGenerator(seed: 30)
        for attempt in 1...20 {
            let delay = backoff.delay(afterAttempt: attempt, retryAfter: .seconds(120), using: &generator)
            #expect(delay >= .seconds(120))
            #expect(delay <= .seconds(120) + backoff.ceiling(afterAttempt: attempt))
            let negative = backoff.delay(afterAttempt: attempt, retryAfter: .seconds(-120), using: &generator)
            #expect(negative >= .zero)
        }
    }

    @Test func boundsThatMakeNoSenseAreRefused() {
        #expect(Backoff(base: .zero, cap: .seconds(1)) == nil)
        #expect(Backoff(base: .seconds(-1), cap: .seconds(1)) == nil)
        #expect(Backoff(base: .seconds(2), cap: .seconds(1)) == nil)
    }

    @Test func extremeBoundsDoNotOverflow() throws {
        let longest = Duration.seconds(Int64.max)
        let wide = try #require(Backoff(base: .nanoseconds(1), cap: longest))
        #expect(wide.ceiling(afterAttempt: Int.max) == longest)
        let narrow = try #require(Backoff(base: longest, cap: longest))
        #expect(narrow.ceiling(afterAttempt: 2) == longest)
        var generator = SeededGenerator(seed: 31)
        #expect((.zero...longest).contains(wide.delay(afterAttempt: 500, using: &generator)))
    }
}
