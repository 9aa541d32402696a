import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import InMemoryLogging
import Logging
import Store
import TestSupport
import Testing

@testable import Web

/// What is refused stands in the log, in bounds, with nothing of what was sent.
@Suite(.migrated) struct RefusalTests {
    /// Runs the body against a server, with its lines about refusals: reason, route and network.
    private func withServer(
        isSiteOpen: Bool = false,
        _ body: @escaping @Sendable (TestServer, @escaping @Sendable () -> [[String]]) async throws -> Void
    ) async throws {
        let log = InMemoryLogHandler()
        try await TestServer.run(isSiteOpen: isSiteOpen, logger: Logger(label: "test") { _ in log }) { server in
            try await body(server) {
                log.entries.filter { "\($0.message)" == "refused" }.map { entry in
                    ["reason", "route", "network"].map { entry.metadata[$0].map { "\($0)" } ?? "" }
                }
            }
        }
    }

    @Test func whoTriesPasswordsIsLoggedOnceAMinute() async throws {
        try await withServer { server, lines in
            _ = try await SignedIn.add(.administrator, to: server.store)
            let stranger = SignedIn(server)
            for _ in 0..<5 { _ = try await stranger.signIn("ada@example.com", "guess number one of many") }
            #expect(lines().isEmpty)
            for _ in 0..<3 {
                #expect(try await stranger.signIn("ada@example.com").status == .tooManyRequests)
            }
            let line = ["429", "POST /sign-in", "127.0.0.1/32"]
            #expect(lines() == [line])
            server.clock.move(to: .test.addingTimeInterval(61))
            #expect(try await stranger.signIn("ada@example.com").status == .tooManyRequests)
            #expect(lines() == [line, line])
        }
    }

    @Test func forgedAndEndedSessionsAreLogged() async throws {
        try await withServer { server, lines in
            let browser = try await SignedIn.person(.administrator, on: server)
            let thief = SignedIn(server)
            thief.steal(from: browser)
            #expect(try await browser.submit("/sign-out", on: "/account", []).status == .seeOther)
            #expect(lines().isEmpty)
            for stolen in [thief.cookies["hearback"], "x", String(repeating: "A", count: 43)] {
                thief.set("hearback", stolen)
                #expect(try await thief.get("/account").status == .seeOther)
            }
            #expect(lines() == [["no such session", "GET /account", "127.0.0.1/32"]])
            // Nobody tried anything who just has not signed in.
            #expect(try await SignedIn(server).get("/people").status == .seeOther)
            #expect(lines().count == 1)
        }
    }

    @Test(arguments: [
        (HTTPRequest.Method.get, "/api/v1/measures?by=team", "Bearer hbk_0_forged", ["401", "GET /api/v1/measures"]),
        (.post, "/api/v1/agents", "Basic YTpi", ["401", "POST /api/v1/agents"]),
        (.get, "/dashboards/%2e%2e/%2e%2e/etc/passwd", "", ["404", "GET /dashboards/**"]),
        (.get, "/nowhere/at/all", "", ["404", "GET NotFound"]),
        (.get, "/password/forged-token", "", ["404", "GET /password/{token}"]),
        (.post, "/hooks/sms", "", ["404", "POST /hooks/sms"]),
        (.post, "/sign-in", "", ["400", "POST /sign-in"]),
    ])
    func whatComesFromElsewhereIsLogged(
        method: HTTPRequest.Method, path: String, authorization: String, expected: [String]
    ) async throws {
        try await withServer(isSiteOpen: true) { server, lines in
            let headers: HTTPFields = authorization.isEmpty ? [:] : [.authorization: authorization]
            for _ in 0..<2 {
                _ = try await server.client.execute(uri: path, method: method, headers: headers)
            }
            #expect(lines() == [expected + ["127.0.0.1/32"]])
        }
    }

    @Test func aKeyThatDoesNotReachSoFarIsLogged() async throws {
        try await withServer { server, lines in
            let key = try await server.store.createAPIKey(
                name: "CRM", scopes: [.ingest], secret: [UInt8](repeating: 7, count: 32), by: .program, now: .test)
            let reply = try await server.client.execute(
                uri: "/api/v1/measures", method: .get, headers: [.authorization: "Bearer \(key)"])
            #expect(reply.status == .forbidden)
            #expect(lines() == [["403", "GET /api/v1/measures", "127.0.0.1/32"]])
            #expect(!lines().joined().contains { $0.contains(key) })
        }
    }

    @Test func linksOfCustomersAreLoggedWithoutWhereTheyComeFrom() async throws {
        try await withServer { server, lines in
            for path in ["/s/forged", "/s/forged2", "/c/forged"] {
                #expect(try await server.client.execute(uri: path, method: .get).status == .notFound)
            }
            #expect(lines() == [["404", "GET /s/{token}", ""], ["404", "GET /c/{token}", ""]])
            let invitation = try await server.store.invite(1)[0]
            #expect(try await server.client.execute(uri: server.path(invitation), method: .get).status == .ok)
            #expect(lines().count == 2)
        }
    }

    @Test func whatARoleDoesNotIncludeIsLoggedAndRecordedOnce() async throws {
        try await withServer { server, lines in
            let browser = try await SignedIn.person(.manager, on: server)
            for _ in 0..<3 { #expect(try await browser.get("/people").status == .forbidden) }
            #expect(lines() == [["403", "GET /people", "127.0.0.1/32"]])
            let rows = try await server.store.auditRows(limit: 9).filter { $0.action == "refused" }
            #expect(rows.count == 1 && rows[0].subject == "GET /people")
        }
    }

    @Test func nobodyFillsTheLog() throws {
        let log = InMemoryLogHandler()
        let logger = Logger(label: "test") { _ in log }
        let refusals = Refusals(store: try TestDatabase.store, capacity: 10) { .test }
        for number in 0..<1000 {
            refusals.log(.notFound, of: "GET NotFound", from: "10.0.\(number / 250).\(number % 250)", to: logger)
        }
        #expect(log.entries.count == 11 && "\(log.entries[10].message)" == "more is refused than the log tells")
        // Another reason has lines of its own.
        refusals.log(.forbidden, of: "GET /people", from: "10.0.0.1", to: logger)
        #expect(log.entries.count == 12)
    }
}
