import Foundation
import Testing

@testable import People

@Suite struct SessionTimesTests {
    let created = Date(timeIntervalSince1970: 1_800_000_000)

    private func after(_ seconds: TimeInterval) -> Date { created.addingTimeInterval(seconds) }

    @Test func administratorsHaveTheShortestSessions() {
        #expect(SessionTimes(.administrator) == SessionTimes(idle: 1_800, absolute: 43_200))
        #expect(SessionTimes(.qualityManager) == SessionTimes(idle: 28_800, absolute: 86_400))
        #expect(SessionTimes(.agent) == SessionTimes(.qualityManager))
    }

    @Test(arguments: Role.allCases)
    func aSessionEndsWhenNothingHappensInIt(role: Role) {
        let times = SessionTimes(role)
        let seen = after(100)
        #expect(times.isAlive(created: created, lastSeen: seen, now: seen))
        #expect(times.isAlive(created: created, lastSeen: seen, now: seen.addingTimeInterval(times.idle - 0.001)))
        #expect(!times.isAlive(created: created, lastSeen: seen, now: seen.addingTimeInterval(times.idle)))
    }

    @Test(arguments: Role.allCases)
    func aSessionEndsWhateverHappensInIt(role: Role) {
        let times = SessionTimes(role)
        let last = after(times.absolute - 0.001)
        #expect(times.isAlive(created: created, lastSeen: last, now: last))
        #expect(!times.isAlive(created: created, lastSeen: last, now: after(times.absolute)))
        #expect(!times.isAlive(created: created, lastSeen: .distantFuture, now: after(times.absolute)))
    }

    @Test func clocksMayDifferByAMinuteAndNoMore() {
        let times = SessionTimes(.agent)
        #expect(times.isAlive(created: created, lastSeen: created, now: after(-60)))
        #expect(!times.isAlive(created: created, lastSeen: created, now: after(-60.001)))
        #expect(!times.isAlive(created: .distantFuture, lastSeen: .distantFuture, now: created))
        #expect(!times.isAlive(created: .distantPast, lastSeen: .distantPast, now: created))
    }

    @Test func theLastRequestIsStoredOnceAMinute() {
        #expect(!SessionTimes.isWorthStoring(created, lastSeen: created))
        #expect(!SessionTimes.isWorthStoring(after(59.999), lastSeen: created))
        #expect(SessionTimes.isWorthStoring(after(60), lastSeen: created))
        #expect(!SessionTimes.isWorthStoring(after(-3_600), lastSeen: created))
    }
}
