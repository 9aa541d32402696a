import Delivery
import Feedback
import Foundation
import Hummingbird
import HummingbirdTesting
import Intake
import NIOCore
import People
import Store
import TestSupport
import Testing

@testable import Dashboards
@testable import Web

/// One hostile text in every column that comes from outside, by the real ways in; then every page and every file that shows it.
@Suite(.migrated) struct InjectionTests {
    /// Ends texts and attributes in every way, fills in for templates and statements, and begins a formula.
    ///
    /// - Parameter place: Where it is put, so that no two are the same.
    private static func hostile(_ start: String, _ place: String) -> String {
        "\(start)hb('\(place)')\"><img src=x onerror=hb()></title><script>hb()</script>{{{frame}}}';--$1"
    }

    private static let secret = [UInt8](repeating: 3, count: 32)

    @Test(arguments: ["=", "+", "-", "@"]) func whateverComesInIsATextEverywhere(start: String) async throws {
        let folder = try SiteFolder()
        let path = folder.path
        try await TestServer.run(siteFolder: path, isSiteOpen: false, suppressionKey: SuppressionKey(Self.secret)) {
            server in
            let browser = try await SignedIn.person(
                PersonSettings(email: "ada@example.com", name: Self.hostile(start, "name"), role: .administrator),
                on: server)
            try await bringIn(start, server, browser)
            let invitations = try await answer(start, server)
            try await look(start, browser, server, invitations)
            try await build(path, server)
            try await checkPages(start, browser, server, invitations, folder: path)
            try await checkFiles(browser, server)
            try await checkDatabase(start, server)
        }
    }

    // MARK: The ways in

    private func bringIn(_ start: String, _ server: TestServer, _ browser: SignedIn) async throws {
        func text(_ place: String) -> String { Self.hostile(start, place) }
        let key = try await server.store.createAPIKey(
            name: text("key"), scopes: [.ingest, .read, .manage], secret: Self.secret, by: .program, now: .test)
        let began = Date.test.hours(-1).ISO8601Format()
        let records: [(String, [[String: Any]])] = [
            ("agents", [["ref": text("agent"), "name": text("agent name"), "team": text("team")]]),
            (
                "customers",
                [
                    [
                        "ref": text("customer"), "segment": String(text("s").prefix(60)), "name": text("person"),
                        "street": text("street"), "city": text("city"), "postcode": "\(start)<b>'\"", "language": "en",
                    ]
                ]
            ),
            ("accounts", [["ref": text("account"), "customer": text("customer"), "portfolio": text("portfolio")]]),
            (
                "complaints",
                [
                    [
                        "ref": text("complaint"), "customer": text("customer"), "account": text("account"),
                        "portfolio": text("portfolio"), "agent": text("agent"), "topic": text("topic"),
                        "outcome": text("outcome"), "received_at": Date.test.days(-3).ISO8601Format(),
                        "state": "resolved", "state_at": Date.test.days(-2).ISO8601Format(),
                    ]
                ]
            ),
            (
                "interactions",
                (0..<4).map { number in
                    [
                        "ref": text("interaction \(number)"), "contact": text("contact \(number)"),
                        "customer": text("customer"), "account": text("account"), "portfolio": text("portfolio"),
                        "agent": text("agent"), "queue": String(text("q").prefix(60)), "topic": text("topic"),
                        "started_at": began, "talk_seconds": 100 + number,
                    ]
                }
            ),
            (
                "stops",
                [
                    [
                        "ref": text("stop"), "customer": text("another"), "kind": "opted-out",
                        "source": String(text("o").prefix(60)), "starts_at": began,
                    ]
                ]
            ),
            ("contacts", [["ref": text("reported"), "customer": text("customer"), "contacted_at": began]]),
        ]
        for (kind, items) in records {
            let reply = try await server.client.execute(
                uri: "/api/v1/\(kind)", method: .post,
                headers: [.contentType: "application/json", .authorization: "Bearer \(key)"],
                body: ByteBuffer(bytes: try JSONSerialization.data(withJSONObject: items)))
            #expect(reply.status == .ok && !reply.text.contains("\"refused\":1"), "\(kind): \(reply.text)")
        }
        let organisation = [
            ("name", String(text("org").prefix(120))), ("zone", "UTC"), ("repeat", "7"), ("shown", "1"), ("full", "1"),
            ("action", "save"),
        ]
        #expect(try await browser.submit("/organisation", on: "/organisation", organisation).status == .seeOther)
        let member = [
            ("name", String(text("member").prefix(120))), ("email", "<img'@example.com"), ("role", "quality-manager"),
            ("teams", text("team")), ("portfolios", text("portfolio")), ("action", "save"),
        ]
        #expect(try await browser.submit("/people", on: "/people", member).status == .seeOther)
        let program = [("name", String(text("program").prefix(120))), ("scope", "read"), ("action", "create")]
        #expect(try await browser.submit("/keys", on: "/keys", program).status == .ok)
        // Nobody can publish a survey by HTTP: its file is read as it is from the command line.
        func quoted(_ text: String) throws -> String {
            String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
        }
        let (long, short) = try (quoted(text("survey")), quoted(String(text("s").prefix(60))))
        let yaml = """
            survey: \(short)
            languages: [en]
            title: {en: \(long)}
            intro: {en: \(long)}
            thanks: {en: \(long)}
            questions:
              - {key: nps, kind: nps, required: true, text: {en: \(long)}, low: {en: \(short)}, high: {en: \(short)}}
              - {key: why, kind: choice, text: {en: \(long)}, choices: [{key: a, label: {en: \(short)}}, {key: b, label: {en: B}}]}
              - {key: comment, kind: comment, text: {en: \(long)}, help: {en: \(long)}}
            """
        _ = try await server.store.publish(SurveyFile(yaml), now: .test)
    }

    /// Answers all that was asked, the first with words of distress, and makes a complaint of it.
    private func answer(_ start: String, _ server: TestServer) async throws -> [Int64] {
        _ = try await server.store.decideDueResolutions(now: .test)
        let invitations = try await server.store.attributions(issuedAt: .test).map(\.id)
        #expect(invitations.count >= 4)
        for (number, invitation) in invitations.enumerated() {
            let page = try await server.get(server.path(invitation))
            let version = try #require(page.text.firstMatch(of: /name="survey" value="(\d+)"/)).1
            let comment =
                Self.hostile(number == 2 ? "\t" : start, "comment \(number)") + (number == 0 ? " I can't cope" : "")
            let reply = try await server.post(
                server.path(invitation),
                "survey=\(version)&lang=en&nps=\(number)&comment=\(percentEncoded(comment))&why=a")
            #expect(reply.status == .ok)
            try check(reply, "thanks")
        }
        #expect(try await server.post(server.path(invitations[0]), "complaint=1&lang=en").status == .ok)
        return invitations
    }

    /// Takes and closes a follow-up with a hostile note.
    private func look(
        _ start: String, _ browser: SignedIn, _ server: TestServer, _ invitations: [Int64]
    ) async throws {
        let open = try await server.store.followUps(isOpen: true, seenBy: nil, limit: 9)
        #expect(Set(open.map(\.reason)).count == 2)
        let path = "/follow-ups/\(open[0].id)"
        #expect(try await browser.submit(path, on: path, [("action", "take")]).status == .seeOther)
        let complaint = "/follow-ups/\(try #require(open.last).id)"
        let note = [("action", "close"), ("note", Self.hostile(start, "note"))]
        #expect(try await browser.submit(complaint, on: complaint, note).status == .seeOther)
    }

    private func build(_ folder: String, _ server: TestServer) async throws {
        try await server.store.refreshCells(now: .test.hours(1))
        #expect(try await SiteBuilder(store: server.store, folder: folder).build(now: .test.hours(1)).files > 40)
    }

    // MARK: The ways out

    private func checkPages(
        _ start: String, _ browser: SignedIn, _ server: TestServer, _ invitations: [Int64], folder: String
    ) async throws {
        var shown = 0
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix(".html") || $0.hasSuffix(".csv") }
        let staff = [
            "/people", "/people/1", "/people/2", "/sessions", "/sessions?person=1", "/keys", "/record", "/organisation",
            "/account", "/account/second-factor", "/follow-ups", "/follow-ups/1", "/follow-ups/2", "/follow-ups?closed",
            "/templates", "/templates/email/en", "/templates/email/en/preview", "/templates/letter/en/preview",
            "/templates/email/ar/preview?reminder", "/surveys", "/surveys/2", "/surveys/2/edit", "/surveys/2/file",
            "/surveys/2/versions/1/preview", "/policies", "/policies/1", "/policies/edit", "/agents", "/agents/1",
        ]
        for path in staff + files.map({ "/dashboards/\($0)" }) {
            let reply = try await browser.get(path)
            #expect(reply.status == .ok, "\(path)")
            if path.hasSuffix(".csv") {
                checkCells(of: reply.text, path)
            } else if try check(reply, path) {
                shown += 1
            }
        }
        for path in ["/c/\(server.keys.ownPageToken(for: invitations[0]))", server.path(invitations[0])] {
            #expect(try check(try await server.get(path), path))
        }
        let agent = try await SignedIn.person(
            PersonSettings(email: "a@example.com", name: "A", role: .agent, agent: Self.hostile(start, "agent")),
            on: server)
        let own = try await agent.get("/me")
        #expect(try own.status == .ok && check(own, "/me"))
        let ref = Self.hostile(start, "customer")
        let found = try await browser.submit("/customers", on: "/customers", [("action", "find"), ("ref", ref)])
        #expect(try found.status == .ok && check(found, "customers"))
        let message = try await browser.get("/nobody")
        try check(message, "no page")
        // Every page of dashboards has the organisation's name, and so has every page of staff.
        #expect(shown > 40 && files.count > 80)
    }

    /// Looks whether a page has the hostile text as text only.
    ///
    /// - Returns: Whether it has it.
    @discardableResult private func check(_ reply: TestResponse, _ place: String) throws -> Bool {
        let page = reply.text
        for raw in ["<script", "<img src=x", "onerror=hb()>", "hb('", "')\"><"] {
            #expect(!page.contains(raw), "\(place) has \(raw)")
        }
        // What is filled in is not looked at as a template again.
        for end in page.ranges(of: "&lt;/script&gt;") {
            #expect(page[end.upperBound...].hasPrefix("{{{frame}}}"), "\(place) fills in for the braces")
        }
        return page.contains("&lt;img src=x")
    }

    private func checkFiles(_ browser: SignedIn, _ server: TestServer) async throws {
        let key = "hb_" + String(repeating: "03", count: 32)
        let answers = try await server.client.execute(
            uri: "/api/v1/responses.csv", method: .get, headers: [.authorization: "Bearer \(key)"])
        #expect(checkCells(of: answers.text, "responses.csv") > 20)
        for kind in ExportKind.allCases {
            let selection = try await server.store.exportSelection(ExportFilter())
            let bytes = try await server.store.export(kind, selection, by: .program, now: .test) { rows in
                var all: [UInt8] = []
                for try await chunk in rows { all += chunk }
                return all
            }
            #expect(checkCells(of: String(decoding: bytes, as: UTF8.self), kind.rawValue) > 5)
        }
        let figures = try await server.client.execute(
            uri: "/api/v1/measures?by=agent&format=csv", method: .get, headers: [.authorization: "Bearer \(key)"])
        checkCells(of: figures.text, "measures")
    }

    /// Looks whether a spreadsheet would take a hostile cell for a formula.
    ///
    /// - Returns: How many hostile cells there are.
    @discardableResult private func checkCells(of file: String, _ place: String) -> Int {
        let cells = csvRecords(file).flatMap(\.values).filter { $0.contains("hb(") }
        for cell in cells {
            let start = cell.unicodeScalars.first ?? "x"
            #expect(!"=+-@\t\r".unicodeScalars.contains(start), "\(place): \(cell.prefix(20))")
        }
        return cells.count
    }

    /// Looks whether everything is stored as it was sent, and nothing else was done.
    private func checkDatabase(_ start: String, _ server: TestServer) async throws {
        func text(_ place: String) -> String { Self.hostile(start, place) }
        let pool = server.store.pool
        #expect(
            try await pool.query("select count(*) from customer where ref = $1", text("customer")).decodeOnly(Int.self)
                == 1)
        let (agent, name, team) = try await pool.query(
            "select agent.ref, name, team.ref from agent join team using (team_id)"
        )
        .decodeOnly(String.self, String.self, String.self)
        #expect((agent, name, team) == (text("agent"), text("agent name"), text("team")))
        let topics = try await pool.query("select name from topic").decode(String.self)
        #expect(topics == [text("topic")])
        let verdict = try await server.store.verifyAudit()
        guard case .whole = verdict else {
            Issue.record("the record is broken: \(verdict)")
            return
        }
    }
}
