import DemoCentre
import Feedback
import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import Store

/// Refreshing piece by piece, with refreshers and writers at once, ends where one full recomputation ends.
@Suite(.migrated) struct RandomHistoryTests {
    @Test(arguments: [(seed: 1, contacts: 40), (2, 120), (3, 200), (4, 300)])
    func incrementalCellsEqualARecomputation(seed: Int, contacts: Int) async throws {
        let store = try TestDatabase.store
        if seed.isMultiple(of: 2) { try await store.setOrganisation(name: nil, timeZone: "America/New_York") }
        let history = History(seed: seed, contacts: contacts, isOrderly: false)
        try await withThrowingTaskGroup(of: Void.self) { group in
            let writers = 4
            let writing = Countdown(writers)
            let size = (history.threads.count + writers - 1) / writers
            for writer in 0..<writers {
                let part = history.threads[min(writer * size, history.threads.count)...].prefix(size)
                group.addTask {
                    defer { writing.step() }
                    try await write(Array(part), seed: seed * 10 + writer)
                }
            }
            for scope in [RefreshScope.totals, .answers, .work, .all] {
                group.addTask {
                    while !writing.isOver { try await store.refreshCells(scope, now: .test) }
                }
            }
            try await group.waitForAll()
        }
        try await checkCells(now: .test)
        // Another window for a topic, and windows that close.
        #expect(try await store.setRepeatDays(3, ofTopic: "t1"))
        try await checkCells(now: .test.days(3))
        try await store.setOrganisation(name: nil, timeZone: nil, repeatDays: 14)
        try await checkCells(now: .test.days(40))
    }

    /// Takes the threads a few at a time, decides now and then, and lets some of the invited answer.
    private func write(_ threads: [History.Thread], seed: Int) async throws {
        let store = try TestDatabase.store
        var random = SeededGenerator(seed: UInt64(seed))
        for start in stride(from: 0, to: threads.count, by: 25) {
            let part = threads[start..<min(start + 25, threads.count)]
            try await again { try await store.take(part) }
            _ = try await store.decideDueResolutions(now: .test)
            let open = try await store.invitations(onlyOpen: true, limit: 20, now: .test)
            for invitation in open where Bool.random(using: &random) {
                let answers = Answers(
                    nps: Int16.random(in: 0...10, using: &random), csat: Bool.random(using: &random) ? 4 : nil,
                    ces: Bool.random(using: &random) ? 2 : nil, resolved: Bool.random(using: &random))
                let said = Submission(invitation: invitation.id, surveyVersion: 1, language: "en", answers: answers)
                // Many within seconds of each other, on both sides of midnight in both zones.
                let midnight = Date.test.hours(Bool.random(using: &random) ? 12 : 17)
                let now = midnight.addingTimeInterval(Double(Int.random(in: -40...40, using: &random)))
                _ = try await store.submitAnswers([said], now: now)
            }
        }
    }

    /// A deadlock is told to the caller, who sends the same again.
    private func again(_ body: @Sendable () async throws -> Void) async throws {
        for _ in 0..<20 {
            do { return try await body() } catch let error as PostgresError where error.isRetryable { continue }
        }
        try await body()
    }

    private func checkCells(now: Date) async throws {
        let store = try TestDatabase.store
        try await store.refreshCells(now: now)
        let incremental = try await store.allCells()
        let check = try await store.verifyCells(now: now)
        #expect(check.differing == 0, "\(check.differences.map { "\($0)" }.joined(separator: "\n"))")
        #expect(check.cells == incremental.count)
        try await store.rebuildCells(now: now)
        let rebuilt = try await store.allCells()
        #expect(incremental == rebuilt, "\(Set(incremental).symmetricDifference(rebuilt).sorted().prefix(20))")
        #expect(!rebuilt.isEmpty)
    }
}

/// Tells refreshers when the last writer is done.
private final class Countdown: Sendable {
    private let left: Mutex<Int>

    init(_ count: Int) { left = Mutex(count) }

    var isOver: Bool { left.withLock { $0 <= 0 } }

    func step() { left.withLock { $0 -= 1 } }
}
