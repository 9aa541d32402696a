import DemoCentre
import Feedback
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Store

/// Every part of a whole adds up to it: what is told apart within a scope sums to the scope's own figures.
@Suite(.migrated) struct ScopeSumTests {
    @Test(arguments: [31, 32]) func theValuesOfEveryScopeAndDimensionSumToTheScope(seed: Int) async throws {
        let store = try TestDatabase.store
        try await store.fillHistory(seed: seed)
        let (teams, portfolios, agents) = try await store.readingFigures {
            (
                try await $0.names(of: .team).keys, try await $0.names(of: .portfolio).keys,
                try await $0.names(of: .agent).keys
            )
        }
        // 0 is the team, portfolio or agent that is not recorded.
        let scopes =
            [.everything] + ([0] + teams).map(FigureScope.team) + ([0] + portfolios).map(FigureScope.portfolio)
            + ([0] + agents).map(FigureScope.agent) + [
                .teams(teams.sorted()), .portfolios(Array(portfolios.sorted().prefix(2))),
            ]
        var compared = 0
        for scope in scopes {
            let whole = flat(try await store.counts(scope))
            for dimension in MeasureDimension.allCases where dimension != .all && dimension != .category {
                let kept = kept(scope, dimension)
                let rows = try await store.counts(scope, by: dimension)
                if kept.isEmpty || dimension == scope.dimension {
                    #expect(Set(rows.map(\.value)).isSubset(of: scope.values))
                    continue
                }
                #expect(Set(rows.map(\.value)).count == rows.count)
                let sum = rows.map { flat($0.counts) }.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
                let expected = whole.filter { key, _ in kept.contains { key.hasPrefix($0) } }
                #expect(sum == expected, "\(scope) by \(dimension): \(difference(sum, expected))")
                compared += sum.count
            }
        }
        #expect(compared > 5_000)
    }

    @Test(arguments: MeasureDimension.allCases)
    func severalTeamsOrPortfoliosAreTheSumOfEach(dimension: MeasureDimension) async throws {
        let store = try TestDatabase.store
        try await store.fillHistory(seed: 36)
        for scopes in [[FigureScope.team(1), .team(2), .team(3)], [.portfolio(1), .portfolio(3)]] {
            let together: FigureScope =
                scopes[0].dimension == .team ? .teams(scopes.flatMap(\.values)) : .portfolios(scopes.flatMap(\.values))
            var sum: [CellPlace: MeasureCounts] = [:]
            for scope in scopes {
                for row in try await store.counts(scope, by: dimension, cut: .month) {
                    sum[CellPlace(start: row.start, within: 0, value: row.value), default: MeasureCounts()].add(
                        row.counts)
                }
            }
            let rows = try await store.counts(together, by: dimension, cut: .month)
            #expect(rows == sum.rows && !rows.isEmpty)
        }
    }

    @Test(arguments: [33, 34]) func everyResolutionIsWaitingSkippedOrInvited(seed: Int) async throws {
        let store = try TestDatabase.store
        try await store.fillHistory(seed: seed)
        let all = try await store.counts().asking
        let facts = try await store.pool.query(
            """
            select (select count(*) from resolution), (select count(*) from resolution where not decided),
                (select count(*) from invitation), (select count(*) from response)
            """
        ).decodeOnly(Int.self, Int.self, Int.self, Int.self)
        #expect((all.resolutions, all.waiting, all.invited, all.answered) == facts)
        #expect(all.waiting > 0 && all.skipped.count > 1 && all.answered > all.complete)
        for dimension in [MeasureDimension.all, .team, .portfolio, .agent, .topic, .channel] {
            for cut in [PeriodCut.whole, .day] {
                for row in try await store.counts(by: dimension, cut: cut) {
                    let asking = row.counts.asking
                    let skipped = asking.skipped.values.reduce(0, +)
                    #expect(asking.resolutions == asking.waiting + skipped + asking.invited)
                    #expect(asking.complete <= asking.answered && asking.answered <= asking.invited)
                }
            }
        }
    }

    @Test func whatIsNoComplaintHasNoCategory() async throws {
        let store = try TestDatabase.store
        try await store.fillHistory(seed: 35)
        let rows = try await store.counts(by: .category)
        let facts = try await store.pool.query(
            """
            select (select count(*) from resolution where complaint_id is not null),
                (select count(*) from response join invitation using (invitation_id) where complaint_id is not null)
            """
        ).decodeOnly(Int.self, Int.self)
        #expect(rows.map(\.counts.asking.resolutions).reduce(0, +) == facts.0)
        #expect(rows.map(\.counts.asking.answered).reduce(0, +) == facts.1)
        #expect(facts.0 > 0 && facts.1 > 0)
    }

    /// What is told apart by a dimension within a scope, by the beginnings of the counts' names.
    private func kept(_ scope: FigureScope, _ dimension: MeasureDimension) -> [String] {
        let asked =
            ["scores", "suspectScores", "asking.resolutions", "asking.waiting", "asking.invited"]
            + ["asking.answered", "asking.complete"]
        let isAboutWork = ![.category, .language, .surveyChannel, .surveyVersion].contains(dimension)
        let isAboutComplaints = ![.segment, .outcome].contains(dimension) && isAboutWork
        switch scope {
        case .agent:
            return dimension == .topic
                ? asked + ["contacts", "complaints"] + handlingSums : []
        case .everything:
            return asked + (isAboutWork ? ["contacts", "wholeContacts", "legs"] : [])
                + (isAboutComplaints ? ["complaints", "windows", "asking.skipped"] : [])
        case .teams, .portfolios:
            return asked + (isAboutWork ? ["contacts"] + handlingSums : [])
                + (isAboutComplaints ? ["complaints", "asking.skipped"] : [])
                + (dimension == .agent ? ["legs.buckets", "wholeContacts.buckets"] : [])
        }
    }

    /// Handle times without their histogram.
    private var handlingSums: [String] {
        let counts = Mirror(reflecting: HandlingCounts()).children.compactMap(\.label)
        return counts.filter { $0 != "buckets" }.map { "legs.\($0)" }
    }

    /// Every count by the path of its name, zeros left out.
    private func flat(_ value: Any, _ path: String = "") -> [String: Int] {
        if let number = value as? Int { return number == 0 ? [:] : [path: number] }
        let parts: [(String, Any)] =
            switch value {
            case let table as [String: [Int]]: table.map { ($0.key, $0.value) }
            case let table as [String: Int]: table.map { ($0.key, $0.value) }
            case let table as [Int: Int]: table.map { ("\($0.key)", $0.value) }
            case let list as [Any]: list.enumerated().map { ("\($0.offset)", $0.element) }
            default: Mirror(reflecting: value).children.map { ($0.label ?? "", $0.value) }
            }
        return parts.reduce(into: [:]) { found, part in
            found.merge(flat(part.1, path.isEmpty ? part.0 : "\(path).\(part.0)")) { $1 }
        }
    }

    private func difference(_ sum: [String: Int], _ whole: [String: Int]) -> String {
        Set(sum.keys).union(whole.keys).filter { sum[$0] != whole[$0] }.sorted().prefix(5)
            .map { "\($0): \(sum[$0] ?? 0) of \(whole[$0] ?? 0)" }.joined(separator: ", ")
    }
}
