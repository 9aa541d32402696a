import Feedback
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Store
import TestSupport
import Testing

@testable import Web

@Suite(.migrated) struct OwnPageTests {
    private let choice = "action=save&channel=&language=en&day=1&day=5&from=9&to=17"

    /// Invites customer "c0", who has every kind of address, and returns the path of their page.
    private func page(on server: TestServer) async throws -> String {
        let invitation = try await server.store.invite(1)[0]
        try await server.store.take(
            .customers,
            """
            {"ref": "c0", "email": "jane@example.org", "phone": "+12025550100", "street": "1 Main Street",
             "city": "Albany", "preferred_channel": "sms"}
            """)
        return "/c/\(server.keys.ownPageToken(for: invitation))"
    }

    private func recorded() async throws -> Int {
        try await TestDatabase.store.pool.query(
            """
            select (select count(*) from customer_choice) + (select count(*) from customer_stop)
                + (select count(*) from suspended_address)
            """
        ).decodeOnly(Int.self)
    }

    @Test func readingChangesNothing() async throws {
        try await TestServer.run { server in
            let path = try await page(on: server)
            for _ in 0..<10 { #expect(try await server.get(path + "?action=stop-all").status == .ok) }
            #expect(try await server.client.execute(uri: path, method: .head).status == .ok)
            #expect(try await recorded() == 0)
        }
    }

    @Test func aChoiceIsKeptAndShownAndTheSameAgainAddsNothing() async throws {
        try await TestServer.run { server in
            let path = try await page(on: server)
            for _ in 0..<2 {
                let reply = try await server.post(
                    path, "action=save&channel=email&language=es&day=1&day=5&from=9&to=17")
                #expect(reply.status == .ok)
                #expect(reply.text.contains("role=\"status\"") && reply.text.contains(OwnPageText.spanish.saved))
            }
            #expect(try await recorded() == 1)
            let text = try await server.get(path).text
            #expect(text.contains("<html lang=\"es\" dir=\"ltr\">") && !text.contains("role=\"status\""))
            let chosen = PageHTML(text).tags("input").filter { $0.contains(" checked") }
            #expect(chosen.count == 4)
            for mark in [
                "value=\"email\" checked", "value=\"es\" checked", "value=\"1\" checked", "value=\"5\" checked",
            ] {
                #expect(chosen.contains { $0.contains(mark) }, "\(mark)")
            }
            #expect(text.contains("<option value=\"9\" selected>09:00"))
            #expect(text.contains("<option value=\"17\" selected>17:00"))
            let row = try await server.store.pool.query(
                "select channel::text, language, days, opens, closes from customer_choice")
            let (channel, language, days, opens, closes) = try row.decodeOnly(
                String.self, String.self, [Int16].self, Int.self, Int.self)
            #expect(channel == "email" && language == "es" && days == [1, 5] && opens == 540 && closes == 1020)
        }
    }

    @Test func noPreferenceWinsOverWhatWasImported() async throws {
        try await TestServer.run { server in
            let path = try await page(on: server)
            #expect(try await server.get(path).text.contains("value=\"sms\" checked"))
            let reply = try await server.post(path, choice)
            #expect(reply.text.contains("id=\"channel-1\" name=\"channel\" value=\"\" checked"))
        }
    }

    @Test func addressesAreOnlyHintedAt() async throws {
        try await TestServer.run { server in
            let text = try await server.get(try await page(on: server)).text
            #expect(text.contains("j…@e…") && text.contains("…0100") && text.contains("value=\"letter\""))
            for secret in ["jane", "example", "2025550", "Main Street", "Albany"] {
                #expect(!text.contains(secret), "\(secret)")
            }
        }
    }

    @Test func onlyChannelsWithAnAddressAreOffered() async throws {
        try await TestServer.run { server in
            let path = "/c/\(server.keys.ownPageToken(for: try await server.store.invite(1)[0]))"
            let channels = PageHTML(try await server.get(path).text).tags("input").filter {
                $0.contains("name=\"channel\"")
            }
            #expect(channels.count == 1)
            #expect(try await server.post(path, choice + "&channel=email").status == .unprocessableContent)
        }
    }

    @Test(arguments: [
        ("List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"),
        (
            "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n",
            "multipart/form-data; boundary=b"
        ),
    ])
    func oneClickStopsSurveysAtOnceHoweverOften(body: String, type: String) async throws {
        try await TestServer.run { server in
            let path = try await page(on: server)
            for _ in 0..<2 {
                let reply = try await server.post(path, body, type: type)
                #expect(reply.status == .ok && reply.headers[.contentType]?.hasPrefix("text/plain") == true)
                #expect(reply.text == "You will get no more surveys.\n")
            }
            let (kind, source) = try await server.store.pool.query("select kind, source from customer_stop")
                .decodeOnly(String.self, String.self)
            #expect(kind == "opted-out-of-surveys" && source == "one-click")
            try await server.store.take(
                .interactions,
                #"{"ref": "later", "customer": "c0", "started_at": "\#(Date.test.days(1).ISO8601Format())"}"#)
            #expect(try await server.store.decideDueResolutions(now: .test.days(2)).invited == 0)
            let rules = try await server.store.pool.query("select rule from decision order by decided_at")
                .decode(String.self)
            #expect(rules == ["invite", "opted-out-of-surveys"])
        }
    }

    @Test func whatIsStoppedCanBeStartedAgain() async throws {
        try await TestServer.run { server in
            let path = try await page(on: server)
            let text = OwnPageText.english
            let surveys = try await server.post(path, "action=stop-surveys").text
            #expect(surveys.contains(text.surveysStopped) && surveys.contains(text.surveysAreStopped))
            #expect(!surveys.contains("value=\"stop-surveys\"") && surveys.contains("value=\"stop-all\""))
            let all = try await server.post(path, "action=stop-all").text
            #expect(all.contains(text.messagesStopped) && all.contains(text.messagesAreStopped))
            #expect(!all.contains("value=\"stop-all\"") && all.contains("value=\"start\""))
            server.clock.move(to: .test.hours(1))
            let again = try await server.post(path, "action=start").text
            #expect(again.contains(text.started) && !again.contains("value=\"start\""))
            #expect(again.contains("value=\"stop-surveys\""))
            let sources = try await server.store.pool.query("select distinct source from customer_stop")
                .decode(String.self)
            #expect(sources == ["own page"])
        }
    }

    @Test func aStopThatOthersRecordedStays() async throws {
        try await TestServer.run { server in
            let path = try await page(on: server)
            try await server.store.pool.query(
                """
                insert into customer_stop (ref, customer_id, kind, source, starts_at)
                select 'crm:1', customer_id, 'opted-out', 'crm', $1 from customer where ref = 'c0'
                """, Date.test)
            let reply = try await server.post(path, "action=start").text
            #expect(!reply.contains("role=\"status\"") && !reply.contains("value=\"start\""))
            #expect(reply.contains(OwnPageText.english.messagesAreStopped))
        }
    }

    @Test(arguments: [
        ("action=save&day=1&from=0&to=24", 200), ("action=save&from=9&to=17", 422),
        ("action=save&day=8&day=0&from=9&to=17", 422), ("action=save&day=1&from=17&to=9", 422),
        ("action=save&day=1&from=9&to=9", 422), ("action=save&day=1&from=%2B9&to=17", 422),
        ("action=save&day=1&from=9&to=25", 422), ("action=save&day=1&from=9&from=9&to=17", 422),
        ("action=save&day=1&from=9&to=17&channel=link", 422), ("action=save&day=1&from=9&to=17&language=xx", 422),
        ("action=save&day=1&from=9&to=17&language=en&language=es", 422),
        ("action=save&day=1&from=9&to=17&channel=%00", 422), ("List-Unsubscribe=One-Click&action=save", 422),
        ("", 400), ("action=erase", 400), ("action=save&action=stop-all", 400), ("action=%ff", 400),
        ("List-Unsubscribe=Two-Clicks", 400), (String(repeating: "x", count: 9000), 413),
    ])
    func whateverIsSentEndsInAPage(form: String, status: Int) async throws {
        try await TestServer.run { server in
            let reply = try await server.post(try await page(on: server), form)
            #expect(reply.status.code == status)
            #expect(reply.text.contains("</html>") && reply.text.contains("role=\"alert\"") == (status == 422))
            #expect(reply.headers[.cacheControl] == "no-store" && reply.headers[.referrerPolicy] == "no-referrer")
            #expect(try await recorded() == (status == 200 ? 1 : 0))
        }
    }

    @Test(arguments: ["application/json", "text/plain", "multipart/form-data; boundary=b", "multipart/form-data"])
    func anotherContentTypeIsRefused(type: String) async throws {
        try await TestServer.run { server in
            let reply = try await server.post(try await page(on: server), "action=stop-all", type: type)
            #expect(reply.status == .unsupportedMediaType)
            #expect(try await recorded() == 0)
        }
    }

    @Test func aMistakeIsSaidAndWhatWasTypedStays() async throws {
        try await TestServer.run { server in
            let reply = try await server.post(
                try await page(on: server), "action=save&channel=letter&language=ar&from=17&to=9")
            let page = PageHTML(reply.text)
            #expect(reply.text.contains("<title>Error: "))
            let targets = page.values(of: "href").filter { $0.hasPrefix("#") }.map { String($0.dropFirst()) }
            #expect(targets == ["day-1", "from"] && targets.allSatisfy(page.values(of: "id").contains))
            for mark in ["value=\"letter\" checked", "value=\"ar\" checked", "<option value=\"17\" selected>"] {
                #expect(reply.text.contains(mark), "\(mark)")
            }
            #expect(Set(page.values(of: "id")).count == page.values(of: "id").count)
        }
    }

    @Test func whatWasSaidIsShownAsItWasGivenAndStaysText() async throws {
        try await TestServer.run { server in
            let path = try await page(on: server)
            #expect(try await server.get(path).text.contains(OwnPageText.english.notAnswered))
            let invitation = try await server.store.attributions(issuedAt: .test)[0].id
            let form = "survey=1&nps=0&resolved=no&comment=%3Cscript%3E%22quoted%22%3C%2Fscript%3E"
            #expect(try await server.post(server.path(invitation), form).status == .ok)
            let text = try await server.get(path).text
            #expect(text.contains("You answered on November 23, 2026."))
            #expect(text.contains("<dd dir=\"auto\">0 out of 10</dd>") && text.contains("<dd dir=\"auto\">No</dd>"))
            #expect(text.contains("&lt;script&gt;&quot;quoted&quot;") && !text.contains("<script"))
            let spanish = try await server.get(path + "?lang=es").text
            #expect(spanish.contains("0 de 10") && spanish.contains("23 de noviembre de 2026"))
        }
    }

    @Test func theLinkChoosesTheLanguageBeforeTheCustomersChoice() async throws {
        try await TestServer.run { server in
            let path = try await page(on: server)
            #expect(try await server.get(path).text.contains("<html lang=\"en\" dir=\"ltr\">"))
            #expect(try await server.get(path + "?lang=ar").text.contains("<html lang=\"ar\" dir=\"rtl\">"))
            _ = try await server.post(path, choice.replacing("language=en", with: "language=ar"))
            #expect(try await server.get(path).text.contains("<html lang=\"ar\" dir=\"rtl\">"))
            #expect(try await server.get(path + "?lang=es").text.contains("<html lang=\"es\" dir=\"ltr\">"))
            #expect(try await server.get(path + "?lang=%3Cb%3E").text.contains("<html lang=\"ar\" dir=\"rtl\">"))
        }
    }

    @Test func onlyTheTokenOfAnOwnPageOpensIt() async throws {
        try await TestServer.run { server in
            let invitation = try await server.store.invite(1)[0]
            let own = server.keys.ownPageToken(for: invitation)
            let forged = String(own.dropLast()) + (own.hasSuffix("A") ? "Q" : "A")
            for token in [forged, server.keys.token(for: invitation), "x", "%00", server.keys.ownPageToken(for: 99)] {
                let reply = try await server.get("/c/\(token)", language: "es")
                #expect(reply.status == .notFound && reply.text.contains("<html lang=\"es\""))
                #expect(try await server.post("/c/\(token)", "List-Unsubscribe=One-Click").status == .notFound)
                #expect(try await server.post("/c/\(token)", choice).status == .notFound)
            }
            #expect(try await server.get("/s/\(own)").status == .notFound)
            #expect(try await recorded() == 0)
        }
    }
}
