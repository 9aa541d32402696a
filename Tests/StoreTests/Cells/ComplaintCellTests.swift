import Foundation
import Postgres
import TestSupport
import Testing

@testable import Store

/// Complaints against a plain count over made-up lives.
@Suite(.migrated) struct ComplaintCellTests {
    private let zone = TimeZone(identifier: "America/New_York") ?? .gmt

    private func day(_ moment: Date) -> CalendarDay { CalendarDay(moment, in: zone) }

    @Test(arguments: [(seed: 21, contacts: 80), (22, 400)])
    func receivedClosedAndReopenedAreWhatHappened(seed: Int, contacts: Int) async throws {
        let store = try TestDatabase.store
        try await store.setOrganisation(name: nil, timeZone: zone.identifier)
        let history = History(seed: seed, contacts: contacts, days: 120, isOrderly: true)
        try await store.take(history.threads[...])
        try await store.refreshCells(now: .test)
        for dimension in [MeasureDimension.all, .topic, .agent, .portfolio] {
            let names = try await store.readingFigures { try await $0.names(of: dimension) }
            let rows = try await store.counts(by: dimension, cut: .day).filter { $0.counts.complaints != .init() }
            let found = rows.map { row in
                ("\(row.start) \(dimension == .all ? "" : names[row.value] ?? "none")", row.counts.complaints)
            }
            #expect(Dictionary(uniqueKeysWithValues: found) == expected(history, by: dimension), "\(dimension)")
        }
        let all = try await store.counts().complaints
        #expect(all.received == history.complaints.count && all.reopened > 0 && all.linked > 0)
    }

    @Test func openOnesAreCountedByTheDayTheyWereReceived() async throws {
        let store = try TestDatabase.store
        try await store.setOrganisation(name: nil, timeZone: zone.identifier)
        let history = History(seed: 23, contacts: 300, days: 60, isOrderly: true)
        try await store.take(history.threads[...])
        try await store.refreshCells(now: .test)
        let agents = try await store.readingFigures { try await $0.names(of: .agent) }
        let someone = try #require(agents.first { $0.value == "A1" })
        for back in stride(from: 0, to: 60, by: 7) {
            let at = day(.test).adding(days: -back)
            for (scope, lives) in [
                (FigureScope.everything, history.complaints),
                (.agent(someone.key), history.complaints.filter { $0.agent == "A1" }),
            ] {
                let open = lives.filter { life in
                    day(life.received) <= at && (closing(of: life).map { day($0) > at } ?? true)
                }
                let rows = try await store.readingFigures { try await $0.openComplaints(scope, at: at) }
                let expected = Dictionary(grouping: open) { day($0.received) }.mapValues(\.count)
                #expect(rows.map(\.received) == rows.map(\.received).sorted())
                #expect(Dictionary(uniqueKeysWithValues: rows.map { ($0.received, $0.complaints) }) == expected)
            }
        }
    }

    /// When a complaint was closed for good.
    private func closing(of life: ComplaintLife) -> Date? {
        guard let last = life.steps.last, ["resolved", "confirmed"].contains(last.state) else { return nil }
        return life.steps.last { $0.state == "resolved" }?.at
    }

    private func expected(_ history: History, by dimension: MeasureDimension) -> [String: ComplaintCounts] {
        let linked = Set(history.legs.compactMap(\.complaint))
        var counts: [String: ComplaintCounts] = [:]
        for life in history.complaints {
            let value =
                switch dimension {
                case .topic: life.topic ?? "none"
                case .agent: life.agent ?? "none"
                case .portfolio: life.portfolio ?? "none"
                default: ""
                }
            counts["\(day(life.received)) \(value)", default: .init()].received += 1
            counts["\(day(life.received)) \(value)", default: .init()].linked += linked.contains(life.ref) ? 1 : 0
            for (index, step) in life.steps.enumerated() where step.state == "resolved" {
                let minutes = Int((step.at.timeIntervalSince(life.received) / 60).rounded())
                let doublings = max(0, Int.bitWidth - minutes.leadingZeroBitCount - 6)
                let isReopened = life.steps[index...].contains { $0.state == "reopened" }
                counts["\(day(step.at)) \(value)", default: .init()].add(
                    minutes, bucket: 32 * doublings + minutes >> doublings, isReopened: isReopened)
            }
        }
        return counts
    }
}

extension ComplaintCounts {
    fileprivate mutating func add(_ minutes: Int, bucket: Int, isReopened: Bool) {
        closings += 1
        reopened += isReopened ? 1 : 0
        self.minutes += minutes
        squares += minutes * minutes
        buckets[bucket, default: 0] += 1
    }
}
