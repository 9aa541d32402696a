import Foundation
import Postgres
import TestSupport
import Testing

@testable import Store

/// Periods that were announced are summed from days that they share, and weeks too: the sums are those of each read by itself.
@Suite(.migrated) struct SharedReadingTests {
    private static let periods = [
        day(-27)...day(0), day(-55)...day(-28), day(-364)...day(0), day(-6)...day(0), day(-40)...day(-12),
    ]
    private static let places: [(scope: FigureScope, dimension: MeasureDimension, values: [Int32]?)] = [
        (.everything, .all, nil), (.everything, .agent, nil), (.everything, .topic, [1, 2]), (.team(1), .agent, nil),
        (.portfolio(1), .team, nil), (.agent(1), .topic, nil),
    ]
    private static let trends = [day(-97)...day(0), day(-97)...day(-12)]

    @Test(arguments: [CountParts.all, .plain, .headline, [.answers, .handling]])
    func announcedPeriodsAndWeeksAreWhatTheyAreByThemselves(parts: CountParts) async throws {
        let store = try TestDatabase.store
        try await store.take(History(seed: 71, contacts: 250, isOrderly: false).threads[...])
        _ = try await store.decideDueResolutions(now: .test.days(-5))
        try await store.refreshCells(now: .test)

        let queries = Self.places.flatMap { place in
            let periods = Self.periods.map {
                FigureQuery(place.scope, by: place.dimension, $0, values: place.values, parts: parts)
            }
            let weeks = Self.trends.map {
                FigureQuery(place.scope, by: place.dimension, $0, cut: .week, values: place.values, parts: parts)
            }
            return periods + weeks + periods
        }
        // Nothing was announced, so each is read by itself.
        let alone = try await store.readingFigures { figures in
            var rows: [[MeasureRow]] = []
            for query in queries { rows.append(try await figures.measureCounts(query)) }
            return rows
        }
        let shared = try await store.readingFigures { figures in
            await figures.announce(Self.periods, trends: Self.trends)
            var rows: [[MeasureRow]] = []
            for query in queries { rows.append(try await figures.measureCounts(query)) }
            return rows
        }
        #expect(alone.joined().contains { $0.counts != MeasureCounts() })
        for (index, query) in queries.enumerated() {
            #expect(shared[index] == alone[index], "\(query.scope) \(query.dimension) \(query.cut) \(query.days)")
        }
    }

    @Test func twoWhoAskAtOnceGetTheSame() async throws {
        let store = try TestDatabase.store
        try await store.take(History(seed: 72, contacts: 50, isOrderly: true).threads[...])
        try await store.refreshCells(now: .test)
        let query = FigureQuery(by: .agent, Self.periods[2], parts: .plain)
        try await store.readingFigures { figures in
            await figures.announce(Self.periods, trends: [])
            async let one = figures.measureCounts(query)
            async let other = figures.measureCounts(query)
            let (first, second) = try await (one, other)
            #expect(first == second && !first.isEmpty)
        }
    }
}

/// A day so many days from the tests' own.
private func day(_ days: Int) -> CalendarDay {
    CalendarDay(.test, in: .gmt).adding(days: days)
}
