import Foundation
import Testing

@testable import People

@Suite struct SignInDelayTests {
    let start = Date(timeIntervalSince1970: 1_800_000_000)

    private func after(_ seconds: TimeInterval) -> Date { start.addingTimeInterval(seconds) }

    private func failures(_ number: Int, _ counter: SignInCounter) -> FailureCount? {
        (0..<number).reduce(nil) { earlier, _ in .counting(oneMoreThan: earlier, counter, now: start) }
    }

    private func delay(_ count: FailureCount?, _ counter: SignInCounter, _ now: Date) -> SignInDelay {
        SignInDelay(count.map { [counter: $0] } ?? [:], now: now)
    }

    @Test(arguments: SignInCounter.allCases)
    func aNumberOfFailuresPassAtOnce(counter: SignInCounter) {
        #expect(delay(nil, counter, start) == .allowed)
        #expect(delay(failures(counter.burst - 1, counter), counter, start) == .allowed)
        #expect(
            delay(failures(counter.burst, counter), counter, start) == .wait(until: after(counter.span)))
    }

    @Test(arguments: SignInCounter.allCases)
    func afterOneSpanOneMoreAttemptPasses(counter: SignInCounter) {
        let full = failures(counter.burst, counter)
        let next = after(counter.span)
        #expect(delay(full, counter, next.addingTimeInterval(-0.001)) == .wait(until: next))
        #expect(delay(full, counter, next) == .allowed)
        let again = FailureCount.counting(oneMoreThan: full, counter, now: next)
        #expect(again.level == Double(counter.burst))
        #expect(delay(again, counter, next) == .wait(until: after(2 * counter.span)))
    }

    @Test(arguments: SignInCounter.allCases)
    func afterAllSpansEverythingIsForgotten(counter: SignInCounter) {
        let full = failures(counter.burst, counter)
        let later = after(Double(counter.burst) * counter.span)
        #expect(FailureCount.counting(oneMoreThan: full, counter, now: later).level == 1)
        #expect(FailureCount.counting(oneMoreThan: full, counter, now: .distantFuture).level == 1)
        #expect(
            FailureCount.counting(oneMoreThan: full, counter, now: after(counter.span / 2)).level
                == Double(counter.burst))
    }

    @Test(arguments: SignInCounter.allCases)
    func nobodyWaitsLongerThanOneSpanHoweverManyGuess(counter: SignInCounter) {
        #expect(delay(failures(10 * counter.burst, counter), counter, start) == .wait(until: after(counter.span)))
        let stored = FailureCount(level: .infinity, at: start)
        #expect(delay(stored, counter, start) == .wait(until: after(counter.span)))
        #expect(delay(stored, counter, after(counter.span)) == .allowed)
    }

    @Test(arguments: SignInCounter.allCases)
    func guessesOfADayAreBounded(counter: SignInCounter) {
        // Tries whenever that is allowed, for a day.
        var count: FailureCount?
        var now = start
        var guesses = 0
        while now < after(86_400) {
            switch delay(count, counter, now) {
            case .allowed:
                count = .counting(oneMoreThan: count, counter, now: now)
                guesses += 1
            case .wait(let until): now = until
            }
        }
        let bound = Double(counter.burst) + 86_400 / counter.span
        #expect(Double(guesses) <= bound && Double(guesses) >= bound - 2)
    }

    @Test func theStrictestCounterDecides() {
        let counts: [SignInCounter: FailureCount] = [
            .accountAndNetwork: FailureCount(level: 5, at: start), .account: FailureCount(level: 20, at: start),
            .network: FailureCount(level: 3, at: start),
        ]
        #expect(SignInDelay(counts, now: start) == .wait(until: after(900)))
        #expect(SignInDelay(counts, now: after(300)) == .wait(until: after(900)))
        #expect(SignInDelay(counts, now: after(900)) == .allowed)
        #expect(SignInDelay([:], now: start) == .allowed)
    }

    @Test func strangersNeverSlowAKnownDeviceNorACode() {
        #expect(SignInCounter.ofPassword(fromDeviceThat: true) == [.device])
        #expect(SignInCounter.ofCode(fromDeviceThat: true) == [.device])
        #expect(SignInCounter.ofPassword(fromDeviceThat: false) == [.accountAndNetwork, .account, .network])
        #expect(SignInCounter.ofCode(fromDeviceThat: false) == [.code])
    }

    @Test(arguments: [.device, .accountAndNetwork, .code] as [SignInCounter])
    func signingInClearsThePersonsOwnCounters(counter: SignInCounter) throws {
        let full = try #require(failures(counter.burst, counter))
        #expect(full.afterSuccess(counter, now: start).level == 0)
    }

    @Test(arguments: [.account, .network] as [SignInCounter])
    func signingInTakesOnlyItsOwnAttemptFromSharedCounters(counter: SignInCounter) throws {
        let full = try #require(failures(counter.burst, counter))
        #expect(full.afterSuccess(counter, now: start).level == Double(counter.burst - 1))
        #expect(full.afterSuccess(counter, now: after(counter.span)).level == Double(counter.burst - 2))
        #expect(full.afterSuccess(counter, now: .distantFuture).level == 0)
    }

    @Test(arguments: SignInCounter.allCases)
    func aClockThatWasWrongLocksNobodyOut(counter: SignInCounter) throws {
        let full = try #require(failures(counter.burst, counter))
        // A little: the wait goes on. More: it is forgotten.
        #expect(delay(full, counter, after(-counter.span)) == .wait(until: after(counter.span)))
        #expect(delay(full, counter, after(-counter.span - 1)) == .allowed)
        let future = FailureCount(level: .infinity, at: .distantFuture)
        #expect(delay(future, counter, start) == .allowed)
        #expect(FailureCount.counting(oneMoreThan: future, counter, now: start) == FailureCount(level: 1, at: start))
    }

    @Test(arguments: SignInCounter.allCases)
    func aClockThatIsALittleBehindAddsNothing(counter: SignInCounter) {
        let earlier = after(-counter.span / 2)
        #expect(FailureCount.counting(oneMoreThan: failures(1, counter), counter, now: earlier).level == 2)
    }

    @Test(arguments: [-1, -.infinity, .nan, -0.0] as [Double])
    func whatIsNoCountIsNone(level: Double) {
        #expect(FailureCount(level: level, at: start).level == 0)
    }
}
