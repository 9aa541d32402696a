import Foundation
import Hummingbird
import HummingbirdTesting
import Postgres
import Store
import TestSupport
import Testing

@testable import Web

@Suite(.migrated) struct RecordRouteTests {
    @Test func changesAreReadBeforeAndAfterAndPageByPage() async throws {
        try await TestServer.run { server in
            let browser = try await SignedIn.person(.administrator, on: server)
            try await server.store.setOrganisation(name: "Meridian", timeZone: nil)
            for number in 0..<60 {
                try await server.store.record(
                    AuditEvent("test.row", of: "thing \(number)"), by: Actor(name: "key 7"), now: .test)
            }
            let first = try await browser.get("/record?what=test").text
            #expect(first.contains("thing 59") && !first.contains("thing 9<") && !first.contains("key 7</bdi> from"))
            let older = try #require(first.firstMatch(of: /href="(\/record\?[^"]+)"/)).1
            let second = try await browser.get(String(older).replacing("&amp;", with: "&")).text
            #expect(second.contains("thing 9<") && !second.contains("thing 59") && second.contains("thing 0<"))
            #expect(!second.contains("Older rows"))
            let change = try await browser.get("/record?what=organisation").text
            #expect(change.contains("Customer care") && change.contains("Meridian") && change.contains("<dt>name</dt>"))
            // What stayed is not shown.
            #expect(!change.contains("<dt>time zone</dt>"))
            let own = try await browser.get("/record?who=person+1").text
            #expect(own.contains("<b>sign-in</b>") && own.contains("Ada (person 1)") && !own.contains("thing 1"))
        }
    }

    @Test(arguments: [
        "from=x", "to=2026-13-01", "before=x", "before=-1", "who=%27+or+1%3D1+--", "what=%00", "%ff", "who=a&who=b",
    ])
    func hostileQueriesAreAnswered(query: String) async throws {
        try await TestServer.run { server in
            let browser = try await SignedIn.person(.administrator, on: server)
            #expect(try await browser.get("/record?\(query)").status == .ok)
        }
    }

    @Test(arguments: [
        ("/dashboards/answers/2026-11.csv", true), ("/dashboards/for/teams-0a/answers/2026-11.csv", true),
        ("/dashboards/answers/2026-11.html", false), ("/dashboards/index.csv", false),
        ("/dashboards/answers.csv", false),
    ])
    func answersAsAFileAreAnExport(path: String, isExport: Bool) throws {
        #expect(try #require(SitePath(path)).isExport == isExport)
    }

    @Test func theWholeRecordIsCheckedOnDemand() async throws {
        try await TestServer.run { server in
            let browser = try await SignedIn.person(.administrator, on: server)
            let whole = try await browser.submit("/record", on: "/record", [])
            #expect(whole.text.contains("rows are as they were written"))
            try await server.store.pool.withConnection { connection in
                try await connection.execute(
                    script: "alter table audit disable trigger user; update audit set actor = 'x' where audit_id = 2")
            }
            let broken = try await browser.submit("/record", on: "/record", [])
            #expect(broken.text.contains("Row 2 is not as it was written: it was changed."))
        }
    }

    @Test func failuresExportsAndWhatIsNotTheirsAreRecorded() async throws {
        let folder = try SiteFolder()
        try folder.write("comments", to: "answers/2026-11.csv")
        let path = folder.path
        try await TestServer.run(siteFolder: path, isSiteOpen: false) { server in
            let manager = try await SignedIn.person(.manager, on: server)
            #expect(
                try await SignedIn(server).signIn("quinn@example.com", "not the password").status
                    == .unprocessableContent)
            #expect(
                try await SignedIn(server).signIn("eve@example.com", "not the password").status == .unprocessableContent
            )
            for _ in 0..<3 { #expect(try await manager.get("/people").status == .forbidden) }
            for _ in 0..<2 { #expect(try await manager.get("/dashboards/answers/2026-11.csv").status == .ok) }
            let key = try await server.store.createAPIKey(
                name: "x", scopes: [.read], secret: [UInt8](repeating: 1, count: 32), by: .program, now: .test)
            let export = try await server.client.execute(
                uri: "/api/v1/responses.csv?from=2026-11-01", method: .get, headers: [.authorization: "Bearer \(key)"])
            #expect(export.status == .ok)
            let rows = try await server.store.auditRows(limit: 20)
            let told = rows.map { "\($0.actor.name) \($0.action) \($0.subject ?? "")" }
            #expect(
                told.prefix(7) == [
                    "key 1 export.responses ", "hearback key.create key 1",
                    "person 1 export.answers answers/2026-11.csv",
                    "person 1 export.answers answers/2026-11.csv", "person 1 refused GET /people",
                    "nobody sign-in.refused ", "nobody sign-in.refused person 1",
                ])
            #expect(rows.first?.after == #"{"from":"2026-11-01"}"#)
            #expect(!rows.contains { "\($0)".contains("not the password") || "\($0)".contains("eve@") })
        }
    }
}
