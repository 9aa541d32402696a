import Foundation
import Hummingbird
import HummingbirdTesting
import Store
import TestSupport
import Testing

@testable import Web

@Suite(.migrated) struct KeyAndSessionTests {
    @Test func aKeyIsShownOnceWorksAndIsRevoked() async throws {
        try await TestServer.run { server in
            let browser = try await SignedIn.person(.administrator, on: server)
            let made = try await browser.submit(
                "/keys", on: "/keys",
                [("action", "create"), ("name", "CRM <i>"), ("scope", "ingest"), ("scope", "read")])
            #expect(made.status == .ok && made.headers[.cacheControl] == "no-store")
            let key = String(try #require(made.text.firstMatch(of: /hb_[0-9a-f]{64}/)).0)
            let listed = try await browser.get("/keys").text
            #expect(!listed.contains(key) && listed.contains("CRM &lt;i&gt;") && listed.contains("ingest, read"))
            #expect(listed.contains("Ada") && listed.contains("never"))
            let headers: HTTPFields = [.authorization: "Bearer \(key)"]
            let read = try await server.client.execute(uri: "/api/v1/measures", method: .get, headers: headers)
            #expect(read.status == .ok)
            #expect(try await !browser.get("/keys").text.contains("never"))
            let id = try #require(try await server.store.apiKeys().first).id
            #expect(try await browser.submit("/keys", on: "/keys", [("revoke", "\(id)")]).status == .seeOther)
            let after = try await server.client.execute(uri: "/api/v1/measures", method: .get, headers: headers)
            #expect(after.status == .unauthorized)
            #expect(try await browser.submit("/keys", on: "/keys", [("revoke", "\(id)")]).status == .ok)
            #expect(try await server.store.auditRows(limit: 2).map(\.action) == ["key.revoke", "key.create"])
            #expect(try await !server.store.auditRows(limit: 9).contains { "\($0)".contains(key) })
        }
    }

    @Test func aKeyWithoutNameOrScopeIsRefusedBesideTheField() async throws {
        try await TestServer.run { server in
            let browser = try await SignedIn.person(.administrator, on: server)
            for (name, scope) in [
                ("", "read"), ("x", "everything"), ("a\nb", "read"), (String(repeating: "x", count: 121), "read"),
            ] {
                let reply = try await browser.submit(
                    "/keys", on: "/keys", [("action", "create"), ("name", name), ("scope", scope)])
                #expect(reply.status == .unprocessableContent && reply.text.contains("field-problem"))
            }
            #expect(try await server.store.apiKeys().isEmpty)
        }
    }

    @Test func sessionsOfOthersAreSeenAndEnded() async throws {
        try await TestServer.run { server in
            let browser = try await SignedIn.person(.administrator, on: server)
            let first = try await SignedIn.person(.manager, on: server)
            let second = SignedIn(server)
            _ = try await second.signIn("quinn@example.com")
            let page = try await browser.get("/sessions")
            #expect(page.text.contains("quinn@example.com") && page.text.contains("this session"))
            let sessions = try await server.store.sessions(of: nil, now: .test).filter { $0.name == "Quinn" }
            #expect(sessions.count == 2)
            let one = try await browser.submit("/sessions", on: "/sessions", [("end", "\(sessions[0].id)")])
            #expect(one.headers[.location] == "/sessions?ended=1")
            #expect(try await [first.isIn, second.isIn].count { $0 } == 1)
            let all = try await browser.submit("/sessions", on: "/sessions", [("end-all", "\(sessions[0].person)")])
            #expect(all.headers[.location] == "/sessions?ended=1")
            #expect(try await !first.isIn)
            #expect(try await !second.isIn)
            #expect(try await browser.isIn)
            #expect(try await server.store.auditRows(limit: 2).map(\.action) == ["session.end-all", "session.end"])
            for hostile in ["x", "-1", "9999999999999999999", "1' or true --"] {
                let reply = try await browser.submit("/sessions", on: "/sessions", [("end", hostile)])
                #expect(reply.status == .badRequest || reply.headers[.location] == "/sessions?ended=0")
            }
        }
    }
}
