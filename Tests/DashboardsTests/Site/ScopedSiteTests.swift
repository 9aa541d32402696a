import Feedback
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Dashboards
@testable import Store

/// A site of a team, a portfolio or an agent says nothing about others, in any of its files.
@Suite(.migrated) struct ScopedSiteTests {
    /// Who handles what: each agent's team, portfolio and topic.
    private static let work = [
        (agent: "Adamantia", team: "Earlyteam", portfolio: "Cardfolio", topic: "Plantopic"),
        (agent: "Beatrix", team: "Lateteam", portfolio: "Loanfolio", topic: "Feetopic"),
        (agent: "Cemal", team: "Earlyteam", portfolio: "Loanfolio", topic: "Disputetopic"),
    ]

    /// Each agent's customers complain, call, and say of whom they speak.
    private func fill() async throws {
        let store = try TestDatabase.store
        let agents = Self.work.map { #"{"ref": "\#($0.agent)", "name": "\#($0.agent)", "team": "\#($0.team)"}"# }
        try await store.take(.agents, "[\(agents.joined(separator: ","))]")
        let start = Date.test.days(-2).ISO8601Format()
        for work in Self.work {
            let shared = #""topic": "\#(work.topic)", "portfolio": "\#(work.portfolio)", "agent": "\#(work.agent)""#
            let complaints = (0..<6).map { number in
                """
                {"ref": "K\(number)-\(work.agent)", "customer": "k\(number)\(work.agent)", \(shared), "received_at": "\(start)",
                 "state": "resolved", "state_at": "\(Date.test.days(-1).ISO8601Format())"}
                """
            }
            try await store.take(.complaints, "[\(complaints.joined(separator: ","))]")
            let calls = (0..<6).map { number in
                """
                {"ref": "I\(number)-\(work.agent)", "customer": "c\(number)\(work.agent)", \(shared), "started_at": "\(start)",
                 "talk_seconds": 300}
                """
            }
            try await store.take(.interactions, "[\(calls.joined(separator: ","))]")
        }
        _ = try await store.decideDueResolutions(now: .test.days(-1))
        for invitation in try await store.invitations(onlyOpen: true, limit: 100, now: .test.days(-1)) {
            let answers = Answers(nps: 9, csat: 5, resolved: true, comment: "Customer \(invitation.customer) writes.")
            let said = Submission(invitation: invitation.id, surveyVersion: 1, language: "en", answers: answers)
            _ = try await store.submitAnswers([said], now: .test.hours(-2))
        }
        try await store.refreshCells(now: .test)
    }

    private static let everybody = Set(work.flatMap { [$0.agent, $0.team, $0.portfolio, $0.topic] })

    /// The names that a site of each scope has.
    private static let named: [(FigureScope, Set<String>)] = [
        (.everything, everybody),
        (.team(1), ["Earlyteam", "Adamantia", "Cemal", "Cardfolio", "Loanfolio", "Plantopic", "Disputetopic"]),
        (.portfolio(2), ["Loanfolio", "Beatrix", "Cemal", "Earlyteam", "Lateteam", "Feetopic", "Disputetopic"]),
        (.teams([1, 2]), everybody), (.portfolios([1, 2]), everybody),
        (.agent(3), ["Cemal", "Earlyteam", "Disputetopic"]),
    ]

    @Test(arguments: named)
    func aSiteNamesOnlyWhatItsScopeHolds(scope: FigureScope, known: Set<String>) async throws {
        try await fill()
        let site = SiteCopy()
        defer { site.remove() }
        _ = try await SiteBuilder(store: try TestDatabase.store, folder: site.path, scope: scope).build(now: .test)
        let files = try site.files().mapValues { String(decoding: $0, as: UTF8.self) }
        for word in Self.everybody {
            let places = files.filter { $0.value.contains(word) }.keys
            #expect(places.isEmpty != known.contains(word), "\(word): \(places.sorted().prefix(3))")
        }
        // Agents' pages are named by number.
        let pages = Set(files.keys.filter { $0.hasPrefix("agents/") && $0.hasSuffix(".html") })
        let agents = Self.work.indices.filter { known.contains(Self.work[$0].agent) }
        #expect(pages == (scope.dimension == .agent ? [] : Set(agents.map { "agents/\($0 + 1).html" })))
    }

    @Test func aTeamsFiguresAreItsOwn() async throws {
        try await fill()
        let site = SiteCopy()
        defer { site.remove() }
        let store = try TestDatabase.store
        for (scope, answers) in [
            (FigureScope.everything, 36), (.team(1), 24), (.portfolio(1), 12), (.teams([1, 2]), 36), (.agent(2), 12),
        ] {
            _ = try await SiteBuilder(store: store, folder: site.path, scope: scope).build(now: .test)
            let overview = try #require(try site.files()["index.html"])
            #expect(String(decoding: overview, as: UTF8.self).contains("\(answers) answers"))
        }
    }
}
