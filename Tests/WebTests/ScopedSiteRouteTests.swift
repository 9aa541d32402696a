import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Postgres
import Store
import TestSupport
import Testing

@testable import Web

/// Sites of teams and portfolios: each is read by those whose scope it is, and by those who see everything.
@Suite(.migrated) struct ScopedSiteRouteTests {
    private struct Centre {
        let server: TestServer
        let folder: SiteFolder
        /// The sites of two teams together, of one of them, and of the portfolio.
        let both, first, cards: String
    }

    /// Runs the body with two teams, a site for each scope, and the whole one.
    private func withSites(_ body: @escaping @Sendable (Centre) async throws -> Void) async throws {
        let folder = try SiteFolder()
        try await TestServer.run(siteFolder: folder.path, isSiteOpen: false) { server in
            try await server.store.take(
                .agents, #"[{"ref": "A1", "name": "A", "team": "Early"}, {"ref": "A2", "name": "B", "team": "Late"}]"#)
            _ = try await server.store.invite(1)
            let teams = try await server.store.pool.query("select team_id from team order by ref").decode(Int32.self)
            let cards = try await server.store.pool.query("select portfolio_id from portfolio").decodeOnly(Int32.self)
            let centre = Centre(
                server: server, folder: folder, both: FigureScope.teams(teams).siteKey,
                first: FigureScope.team(teams[0]).siteKey, cards: FigureScope.portfolio(cards).siteKey)
            for (name, text) in [
                ("", "whole"), (centre.both, "both"), (centre.first, "first"), (centre.cards, "cards"),
            ] {
                let path = name.isEmpty ? "" : "for/\(name)/"
                try folder.write("figures of \(text)", to: path + "index.html")
                try folder.write("csv of \(text)", to: path + "overview.csv")
            }
            try await body(centre)
        }
    }

    private func manager(_ teams: [String], _ portfolios: [String] = [], on server: TestServer) async throws -> SignedIn
    {
        try await .person(
            PersonSettings(
                email: "m\(teams.count)\(portfolios.count)@example.com", name: "M", role: .qualityManager, teams: teams,
                portfolios: portfolios), on: server)
    }

    /// Asks on a connection of its own, where files in memory are answered from the request's bytes.
    private func fromMemory(
        _ path: String, _ browser: SignedIn
    ) async throws -> (status: HTTPResponse.Status, text: String) {
        let cookie = browser.cookies.map { "\($0)=\($1)" }.joined(separator: "; ")
        let reply = try await TestClient.withClient(host: "127.0.0.1", port: browser.server.port) { client in
            try await client.execute(
                TestClient.Request(path, method: .get, authority: "localhost", headers: [.cookie: cookie], body: nil))
        }
        return (reply.status, String(buffer: reply.body ?? ByteBuffer()))
    }

    /// A reply of the router, and one from memory where there is one.
    private func both(
        _ path: String, _ browser: SignedIn
    ) async throws -> [(status: HTTPResponse.Status, text: String)] {
        let reply = try await browser.get(path)
        return [(reply.status, reply.text), try await fromMemory(path, browser)]
    }

    @Test func aManagerReadsTheirOwnSiteAndNoOther() async throws {
        try await withSites { centre in
            let browser = try await manager(["Early"], on: centre.server)
            let own = "/dashboards/for/\(centre.first)/"
            #expect(try await browser.get("/").headers[.location] == own)
            #expect(try await browser.get(own).text == "figures of first")
            #expect(try await fromMemory(own, browser).text == "figures of first")
            #expect(try await browser.get(own + "overview.csv").text == "csv of first")
            let others = [
                "/dashboards", "/dashboards/", "/dashboards/index.html", "/dashboards/overview.csv", "/dashboards/for/",
                "/dashboards/for/\(centre.both)/", "/dashboards/for/\(centre.cards)/overview.csv",
                "/dashboards/for/\(centre.both)", "/dashboards/%66or/\(centre.both)/",
                "/dashboards/for/\(centre.first.dropLast())/", "/dashboards/for/\(centre.first)x/index.html",
            ]
            let administrator = try await SignedIn.person(.administrator, on: centre.server)
            for path in others {
                // Whoever may read it has it put into memory first.
                _ = try await administrator.get(path)
                for reply in try await both(path, browser) {
                    #expect(
                        reply.status == .forbidden && !reply.text.contains("figures of")
                            && !reply.text.contains("csv of"), "\(path)")
                }
            }
            for path in [
                own + "../\(centre.both)/", own + "%2e%2e/\(centre.both)/index.html", own + "..%2f..%2findex.html",
                own + "../../index.html", "/dashboards/for//\(centre.both)/", "/dashboards//for/\(centre.both)/",
            ] {
                for reply in try await both(path, browser) {
                    #expect(
                        [.forbidden, .notFound].contains(reply.status) && !reply.text.contains("figures of")
                            && !reply.text.contains("csv of"), "\(path)")
                }
            }
            let missing = try await browser.get(own + "teams.html")
            #expect(missing.status == .notFound && missing.text.contains("href=\"\(own)\""))
        }
    }

    @Test func whoSeesTeamsAndPortfoliosHasASiteOfEach() async throws {
        try await withSites { centre in
            let browser = try await manager(["Late", "Early"], ["Cards"], on: centre.server)
            #expect(try await browser.get("/dashboards/for/\(centre.both)/").text == "figures of both")
            #expect(try await browser.get("/dashboards/for/\(centre.cards)/").text == "figures of cards")
            #expect(try await browser.get("/dashboards/for/\(centre.first)/").status == .forbidden)
            let account = try await browser.get("/account").text
            #expect(account.contains("for/\(centre.both)/") && account.contains("for/\(centre.cards)/"))
            let scopes = try await centre.server.store.seenScopes()
            #expect(Set(scopes.map(\.siteKey)) == [centre.both, centre.cards])
        }
    }

    @Test func everyPartIsReadByThoseWhoSeeEverythingAndNoneByOthers() async throws {
        try await withSites { centre in
            let manager = try await SignedIn.person(.manager, on: centre.server)
            let agent = try await SignedIn.person(.agent, on: centre.server)
            for key in [centre.both, centre.first, centre.cards] {
                #expect(try await manager.get("/dashboards/for/\(key)/").status == .ok)
                #expect(try await agent.get("/dashboards/for/\(key)/").status == .forbidden)
                let nobody = try await SignedIn(centre.server).get("/dashboards/for/\(key)/")
                #expect(nobody.status == .seeOther && nobody.headers[.location]?.hasPrefix("/sign-in") == true)
            }
            #expect(try await centre.server.store.seenScopes() == [])
        }
    }

    @Test func aChangedScopeCountsAtOnce() async throws {
        try await withSites { centre in
            let browser = try await manager(["Early"], on: centre.server)
            let own = "/dashboards/for/\(centre.first)/"
            #expect(try await browser.get(own).status == .ok)
            let person = try #require(try await centre.server.store.person(email: "m10@example.com"))
            try await centre.server.store.changePerson(
                person.id,
                to: PersonSettings(email: person.email, name: "M", role: .qualityManager, teams: ["Early", "Late"]),
                by: .program, now: .test)
            var status = HTTPResponse.Status.ok
            while status == .ok { status = try await browser.get(own).status }
            #expect(status == .forbidden)
            #expect(try await fromMemory(own, browser).status == .forbidden)
            #expect(try await browser.get("/dashboards/for/\(centre.both)/").text == "figures of both")
        }
    }
}
