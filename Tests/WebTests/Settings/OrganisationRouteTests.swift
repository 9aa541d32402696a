import Dashboards
import Feedback
import Foundation
import Hummingbird
import HummingbirdTesting
import Store
import TestSupport
import Testing

@testable import Web

@Suite(.migrated) struct OrganisationRouteTests {
    private func fields(_ changed: [String: String] = [:]) -> [(String, String)] {
        let standard = [
            ("name", "Customer care"), ("zone", "UTC"), ("repeat", "7"), ("shown", "5"), ("full", "30"),
            ("action", "save"),
        ]
        return standard.map { ($0.0, changed[$0.0] ?? $0.1) } + (changed["sure"].map { [("sure", $0)] } ?? [])
    }

    @Test func aNameIsChangedOnEveryPageAndRecorded() async throws {
        try await TestServer.run { server in
            let browser = try await SignedIn.person(.administrator, on: server)
            let reply = try await browser.submit("/organisation", on: "/organisation", fields(["name": "Meridian <b>"]))
            #expect(reply.status == .seeOther)
            let page = try await browser.get(try #require(reply.headers[.location]))
            #expect(page.text.contains("Saved.") && page.text.contains("Meridian &lt;b&gt;"))
            #expect(try await server.get(server.path(999)).text.contains("Meridian &lt;b&gt;"))
            let row = try #require(try await server.store.auditRows(limit: 1).first)
            #expect(row.action == "organisation.change" && row.actor.name.hasPrefix("person "))
        }
    }

    @Test(arguments: [
        (["name": ""], "name"), (["name": "Debt Direct"], "name"), (["zone": "UTC+2", "sure": "yes"], "zone"),
        (["zone": "America/New_York"], "zone"), (["repeat": "0"], "repeat"), (["repeat": "x"], "repeat"),
        (["shown": "0"], "shown"), (["shown": "31"], "full"), (["full": "99999999999"], "full"),
    ])
    func whatIsWrongIsSaidBesideItsFieldAndWhatWasTypedIsKept(changed: [String: String], field: String) async throws {
        try await TestServer.run { server in
            let browser = try await SignedIn.person(.administrator, on: server)
            let before = try await server.store.organisation()
            let reply = try await browser.submit("/organisation", on: "/organisation", fields(changed))
            #expect(reply.status == .unprocessableContent)
            #expect(reply.text.contains("id=\"\(field)-problem\""))
            if let typed = changed[field] { #expect(reply.text.contains("value=\"\(typed)\"")) }
            #expect(try await server.store.organisation() == before)
        }
    }

    @Test func nothingIsSavedOverWhatSomebodyElseChangedMeanwhile() async throws {
        try await TestServer.run { server in
            let browser = try await SignedIn.person(.administrator, on: server)
            let page = try await browser.get("/organisation")
            let base = String(try #require(page.text.firstMatch(of: /name="base" value="([^"]+)"/)).1)
            #expect(
                try await browser.submit("/organisation", on: "/organisation", fields(["name": "B"])).status
                    == .seeOther)
            let late = fields(["repeat": "9"]) + [("token", try browser.token(of: page)), ("base", base)]
            let reply = try await browser.post("/organisation", late)
            #expect(reply.status == .conflict && reply.text.contains("meanwhile") && reply.text.contains("value=\"B\""))
            let kept = try await server.store.organisation()
            #expect(kept.name == "B" && kept.repeatDays == 7)
            // The same for people.
            let quinn = try await SignedIn.add(.manager, to: server.store)
            let place = "/people/\(quinn.id)"
            let old = try await browser.get(place)
            let shown = String(try #require(old.text.firstMatch(of: /name="base" value="([^"]+)"/)).1)
            let member = [("name", "Q"), ("email", quinn.email), ("role", "quality-manager"), ("action", "save")]
            let all = member + [("everything", "yes")]
            #expect(try await browser.submit(place, on: place, member).status == .ok)
            let over = all + [("token", try browser.token(of: old)), ("base", shown)]
            #expect(try await browser.post(place, over).status == .conflict)
            #expect(try await server.store.person(quinn.id)?.seesEverything == false)
        }
    }

    @Test func whatAgentsReadIsChosenAndRecorded() async throws {
        try await TestServer.run { server in
            let browser = try await SignedIn.person(.administrator, on: server)
            let choices: [(String, String, AgentComments)] = [
                ("all", "7", .all), ("days", "30", .delayed(days: 30)), ("released", "", .released),
            ]
            for (choice, days, kept) in choices {
                let reply = try await browser.submit(
                    "/organisation", on: "/organisation",
                    [("action", "comments"), ("comments", choice), ("days", days)])
                #expect(reply.status == .seeOther)
                #expect(try await server.store.agentComments() == kept)
                let row = try #require(try await server.store.auditRows(limit: 1).first)
                #expect(row.action == "organisation.agent-comments" && row.actor.name.hasPrefix("person "))
            }
            for (choice, days) in [("days", "0"), ("days", "91"), ("days", ""), ("none", "7"), ("", "7")] {
                let reply = try await browser.submit(
                    "/organisation", on: "/organisation",
                    [("action", "comments"), ("comments", choice), ("days", days)])
                #expect(reply.status == .unprocessableContent && reply.text.contains("comments-problem"))
                #expect(try await server.store.agentComments() == .released)
            }
        }
    }

    @Test func anotherZoneIsTakenOnceItIsMeant() async throws {
        try await TestServer.run { server in
            let browser = try await SignedIn.person(.administrator, on: server)
            let changed = fields(["zone": "America/New_York", "sure": "yes"])
            #expect(try await browser.submit("/organisation", on: "/organisation", changed).status == .seeOther)
            #expect(try await server.store.organisation().timeZone == "America/New_York")
        }
    }

    @Test func coloursAreRefusedWithTheNearestThatCanBeReadThenTakenAndShown() async throws {
        try await TestServer.run { server in
            let browser = try await SignedIn.person(.administrator, on: server)
            let invitation = try await server.store.invite(1)[0]
            let standard = try await server.get(server.path(invitation))
            let refused = try await browser.submit(
                "/organisation", on: "/organisation", [("light", "#ffd400"), ("dark", ""), ("action", "colours")])
            #expect(refused.status == .unprocessableContent && refused.text.contains("value=\"#ffd400\""))
            let nearest = try #require(refused.text.firstMatch(of: /nearest that can is (#[0-9a-f]{6})/)).1
            #expect(refused.text.contains("too little"))
            let taken = try await browser.submit(
                "/organisation", on: "/organisation",
                [("light", String(nearest)), ("dark", ""), ("action", "colours")])
            #expect(taken.status == .seeOther)
            let page = try await server.get(server.path(invitation))
            #expect(page.text.contains("--accent: \(nearest);"))
            #expect(page.headers[.contentSecurityPolicy] != standard.headers[.contentSecurityPolicy])
            let staff = try await browser.get("/organisation")
            #expect(staff.text.contains("--accent: \(nearest);"))
            #expect(staff.headers[.contentSecurityPolicy] == standardPolicy(of: staff.text))
            #expect(page.headers[.contentSecurityPolicy] == standardPolicy(of: page.text))
            for wrong in ["", "red", "#12", "#000} * {display:none"] {
                let reply = try await browser.submit(
                    "/organisation", on: "/organisation", [("light", wrong), ("dark", ""), ("action", "colours")])
                #expect(reply.status == .unprocessableContent)
            }
            let back = try await browser.submit("/organisation", on: "/organisation", [("action", "standard-colours")])
            #expect(back.status == .seeOther)
            #expect(try await server.get(server.path(invitation)).text == standard.text)
        }
    }

    /// The policy that lets exactly a page's own style through.
    private func standardPolicy(of page: String) -> String? {
        let style = page.firstMatch(of: /<style>([\s\S]*?)<\/style>/).map { String($0.1) } ?? ""
        return headers(ofPageStyledBy: style, referrer: "")[.contentSecurityPolicy]
    }

    /// Contrasts are computed with the colours that pages really have.
    @Test(arguments: [SurveyPages.style, StaffPages.style, DashboardPages.style])
    func groundsAndInksAreThoseOfTheStyleSheets(style: String) throws {
        let blocks = style.matches(of: /:root \{([^}]*)\}/).map { String($0.1) }
        for (scheme, block) in zip(ColourScheme.allCases, blocks) {
            func colour(_ name: String) throws -> Colour? {
                Colour(
                    String(
                        try #require(
                            block.firstMatch(of: try Regex("--\(name): (#[0-9a-f]+)", as: (Substring, Substring).self))
                        ).1))
            }
            #expect(try colour("page") == scheme.page && colour("sheet") == scheme.sheet)
            #expect(try colour("ink") == scheme.ink && colour("accent") == scheme.standardAccent)
        }
        #expect(blocks.count >= 2)
    }

    @Test func aLogoIsOnEveryPageInOneRequest() async throws {
        try await TestServer.run { server in
            let browser = try await SignedIn.person(.administrator, on: server)
            let invitation = try await server.store.invite(1)[0]
            let filling = [0, 0, 0x1F, 0xC7] + Array("IDAT".utf8) + [UInt8](repeating: 7, count: 0x1FC7 + 4)
            let picture = pngBytes(width: 320, height: 80, more: filling)
            #expect(picture.count == LogoImage.largest)
            let reply = try await browser.upload(
                "/organisation/logo", on: "/organisation", picture, as: "<script>.html")
            #expect(reply.status == .seeOther)
            let address = "src=\"data:image/png;base64,\(Data(picture).base64EncodedString())\""
            for page in [try await server.get(server.path(invitation)), try await browser.get("/account")] {
                #expect(page.text.contains(address) && !page.text.contains("<script>"))
            }
            for language in ["en", "es", "ar"] {
                let page = try await server.get(server.path(invitation) + "?lang=\(language)")
                #expect(page.body.readableBytes < 30_000)
            }
            let gone = try await browser.submit("/organisation", on: "/organisation", [("action", "remove-logo")])
            #expect(gone.status == .seeOther)
            #expect(try await !server.get(server.path(invitation)).text.contains("data:image"))
            #expect(
                try await server.store.auditRows(limit: 2).map(\.action) == [
                    "organisation.change", "organisation.change",
                ])
        }
    }

    @Test func whatIsNoSmallPictureIsRefused() async throws {
        try await TestServer.run { server in
            let browser = try await SignedIn.person(.administrator, on: server)
            for (file, words) in [
                (
                    Array("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>".utf8),
                    "Save it as PNG"
                ),
                (Array("<html>".utf8), "no PNG"), ([], "Choose a file"),
                (pngBytes(width: 30_000, height: 30_000), "30000 by 30000 pixels"),
                (pngBytes(width: 80, height: 80) + [UInt8](repeating: 0, count: 300_000), "the most is 8 KB"),
            ] {
                let reply = try await browser.upload("/organisation/logo", on: "/organisation", file)
                #expect(reply.status == .unprocessableContent && reply.text.contains(words), "\(words)")
            }
            let huge = try await browser.upload(
                "/organisation/logo", on: "/organisation", [UInt8](repeating: 0, count: 5 * 1024 * 1024))
            #expect(huge.status == .contentTooLarge)
            #expect(try await server.store.organisation().appearance.logo == nil)
            // Without the token, from elsewhere, or as another kind of form nothing is taken.
            #expect(try await browser.post("/organisation/logo", [("logo", "x")]).status == .badRequest)
        }
    }

    @Test(arguments: [
        "", "--xyz\r\n", "--xyz\r\n\r\n\r\n--xyz--", "--xyz\r\nContent-Disposition: form-data\r\n\r\nx\r\n--xyz--",
        "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx", "--abc\r\n", "garbage",
    ])
    func brokenFormsAreNone(body: String) {
        #expect(MultipartForm(Data(body.utf8), contentType: "multipart/form-data; boundary=xyz") == nil)
        #expect(MultipartForm(Data(body.utf8), contentType: "multipart/form-data") == nil)
    }

    @Test func aFormsPartsAreReadByTheirNames() throws {
        let part = "--a b\r\nContent-Disposition: form-data; name=\"logo\"; filename=\"x\"\r\n\r\n"
        let body = part + "\r\n--a\r\n\r\n--a b--"
        let form = try #require(MultipartForm(Data(body.utf8), contentType: "multipart/form-data; boundary=\"a b\""))
        #expect(form["logo"] == "\r\n--a\r\n" && form["other"] == nil)
        let twice = try #require(
            MultipartForm(
                Data((part + "1\r\n" + part + "2\r\n--a b--").utf8),
                contentType: "multipart/form-data; boundary=\"a b\""))
        #expect(twice["logo"] == nil)
    }
}
