import Foundation
import HummingbirdTesting
import Store
import TestSupport
import Testing

@testable import Web

@Suite(.migrated) struct MeasureRouteTests {
    private struct Reply: Decodable {
        struct Row: Decodable {
            let measure: String
            let name: String?
            let value: Double?
            let n: Int
        }

        let from: String
        let to: String
        let figures: [Row]
    }

    private struct Refusal: Decodable {
        let status: Int
        let detail: String
    }

    /// Asks for measures with a good key, after one interaction.
    private func get(_ query: String) async throws -> TestResponse {
        let replies = Replies()
        try await TestServer.run { server in
            _ = try await server.store.invite(1)
            try await server.store.refreshCells(now: .test)
            let key = try await server.store.createAPIKey(
                name: "test", scopes: [.read], secret: [UInt8](repeating: 9, count: 32), by: .program, now: .test)
            await replies.keep(
                try await server.client.execute(
                    uri: "/api/v1/measures\(query)", method: .get, headers: [.authorization: "Bearer \(key)"]))
        }
        return try #require(await replies.last)
    }

    private actor Replies {
        private(set) var last: TestResponse?

        func keep(_ reply: TestResponse) { last = reply }
    }

    @Test(arguments: [
        ("?from=2026-11-24&to=2026-11-23", "The period ends (2026-11-23) before it starts (2026-11-24)."),
        ("?from=2026-11-31", "\"2026-11-31\" is no day; from is written YYYY-MM-DD."),
        (
            "?by=zodiac",
            "by cannot be \"zodiac\"; it is one of: all, team, portfolio, agent, topic, channel, segment, outcome,"
                + " category, language, survey_channel, survey_version."
        ),
        ("?cut=hour", "cut cannot be \"hour\"; it is one of: whole, day, week, month, quarter."),
        ("?cut=day&from=2024-01-01&to=2026-01-01", "Cut into days, a period has at most 400 of them."),
        (
            "?zone=Mars",
            "There is no parameter \"zone\"; there are: from, to, by, cut, measures, team, portfolio, agent, format."
        ),
        ("?team=West&agent=A1", "Choose one of team, portfolio and agent."),
        ("?agent=A1&agent=A2", "The parameter agent comes twice."),
        ("?agent=A1&by=team", "Figures of an agent are not kept by team; they are by all, agent, topic."),
    ])
    func whatCannotBeToldIsAProblem(query: String, detail: String) async throws {
        let response = try await get(query)
        let refusal = try JSONDecoder().decode(Refusal.self, from: Data(response.body.readableBytesView))
        #expect(response.status == .badRequest && refusal.status == 400 && refusal.detail == detail)
        #expect(response.headers[.contentType] == "application/problem+json")
    }

    @Test func aTimeWithoutDataHasFiguresOfNothing() async throws {
        let response = try await get("?from=2019-01-01&to=2019-03-31&cut=month")
        let reply = try JSONDecoder().decode(Reply.self, from: Data(response.body.readableBytesView))
        #expect(response.status == .ok && reply.from == "2019-01-01" && reply.to == "2019-03-31")
        #expect(reply.figures.allSatisfy { $0.value == nil && $0.n == 0 })
    }

    @Test func aSurveyWithoutAnswersHasFiguresOfNothing() async throws {
        let response = try await get("?by=survey_version")
        let reply = try JSONDecoder().decode(Reply.self, from: Data(response.body.readableBytesView))
        let scores = reply.figures.filter { $0.measure == "nps" }
        #expect(scores.map(\.name) == ["after-contact 1"] && scores.allSatisfy { $0.value == nil && $0.n == 0 })
    }

    /// What is not counted by language is not zero.
    @Test func measuresThatAreNotKeptByWhatIsToldApartAreLeftOut() async throws {
        let response = try await get("?by=language&measures=all")
        let reply = try JSONDecoder().decode(Reply.self, from: Data(response.body.readableBytesView))
        let told = Set(reply.figures.map(\.measure))
        #expect(told.isSuperset(of: ["nps", "csat-mean", "fcr-stated", "response-rate"]))
        for kept in ["aht", "fcr-observed", "complaints-received", "invitation-rate", "contact-aht"] {
            #expect(!told.contains(kept), "\(kept)")
        }
    }

    @Test func anAgentWithoutATeamIsTold() async throws {
        let response = try await get("?by=agent&measures=all")
        let reply = try JSONDecoder().decode(Reply.self, from: Data(response.body.readableBytesView))
        #expect(Set(reply.figures.map(\.name)) == ["A1"])
    }
}
