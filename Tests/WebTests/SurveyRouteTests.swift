import Feedback
import Foundation
import Hummingbird
import HummingbirdTesting
import Store
import TestSupport
import Testing

@testable import Web

@Suite(.migrated) struct SurveyRouteTests {
    private func responses() async throws -> Int {
        try await TestDatabase.store.pool.query("select count(*) from response").decodeOnly(Int.self)
    }

    @Test func anAnswerIsThankedForWhenItIsStoredAndARetryToo() async throws {
        try await TestServer.run { server in
            let path = server.path(try await server.store.invite(1)[0])
            let form = "survey=1&lang=en&nps=0&csat=5&comment=Kind+%26+quick"
            for _ in 0..<2 {
                let reply = try await server.post(path, form)
                #expect(reply.status == .ok && reply.text.contains("Thank you"))
            }
            let other = try await server.post(path, "survey=1&nps=10")
            #expect(other.status == .conflict)
            let row = try await server.store.pool.query("select nps, csat, comment from response")
            let (nps, csat, comment) = try row.decodeOnly(Int.self, Int.self, String.self)
            #expect(nps == 0 && csat == 5 && comment == "Kind & quick")
            #expect(try await server.get(path).text.contains("name=\"nps\"") == false)
        }
    }

    @Test func anAnswerCanBeMadeAComplaintAndNothingElseCan() async throws {
        try await TestServer.run { server in
            let path = server.path(try await server.store.invite(1)[0])
            #expect(try await server.post(path, "complaint=yes&lang=en").status == .badRequest)
            let thanks = try await server.post(path, "survey=1&lang=en&nps=1")
            #expect(thanks.text.contains("name=\"complaint\"") && thanks.text.contains("This is a complaint"))
            #expect(try await server.get(path).text.contains("name=\"complaint\""))
            for _ in 0..<2 {
                let reply = try await server.post(path, "complaint=yes&lang=es")
                #expect(reply.status == .ok && reply.text.contains("Estudiaremos su reclamación"))
                #expect(!reply.text.contains("{first}") && !reply.text.contains("{final}"))
            }
            let complaints = try await server.store.pool.query(
                "select count(*) from complaint where ref like 'answer-%'")
            #expect(try complaints.decodeOnly(Int.self) == 1)
        }
    }

    @Test func readingStoresNothing() async throws {
        try await TestServer.run { server in
            let path = server.path(try await server.store.invite(1)[0])
            for _ in 0..<10 { #expect(try await server.get(path + "?nps=9").status == .ok) }
            #expect(try await server.client.execute(uri: path, method: .head).status == .ok)
            #expect(
                try await server.get(path + "?nps=9").text.contains("value=\"9\" aria-label=\"9 out of 10\" checked"))
            #expect(try await server.get(path + "?nps=banana").text.contains("\" checked>") == false)
            #expect(try await responses() == 0)
        }
    }

    @Test func anExpiredLinkSaysSoAndStoresNothing() async throws {
        try await TestServer.run { server in
            let path = server.path(try await server.store.invite(1)[0])
            server.clock.move(to: .test.days(14))
            #expect(try await server.get(path).status == .gone)
            #expect(try await server.post(path, "survey=1&nps=9").status == .gone)
            #expect(try await responses() == 0)
        }
    }

    @Test func aMistakeShowsTheFormAgainWithWhatWasTyped() async throws {
        try await TestServer.run { server in
            let path = server.path(try await server.store.invite(1)[0])
            let reply = try await server.post(path, "survey=1&csat=4&comment=%3Cscript%3E")
            #expect(reply.status == .unprocessableContent)
            #expect(reply.text.contains("role=\"alert\"") && reply.text.contains("&lt;script&gt;"))
            #expect(!reply.text.contains("<script>"))
        }
    }

    @Test(arguments: [
        ("nps=%ff", 400), ("nps=%zz", 400), ("nps=%", 400), ("nps=9&nps=1", 422), ("", 422), ("nps=%00", 422),
        ("nps=11", 422),
        // A survey version that does not exist: the invitation's own is used.
        ("nps=9&survey=99", 200), ("nps=9&survey=x", 200), ("=&=&=", 422), ("nps=9&lang=xx", 200),
        (String(repeating: "a=b&", count: 200), 400), (String(repeating: "x", count: 70_000), 413),
    ])
    func whateverIsSentEndsInAPage(form: String, status: Int) async throws {
        try await TestServer.run { server in
            let path = server.path(try await server.store.invite(1)[0])
            let reply = try await server.post(path, form)
            #expect(reply.status.code == status)
            #expect(reply.text.contains("</html>"))
        }
    }

    @Test func answersReadByAnotherSurveyVersionAreRefused() async throws {
        try await TestServer.run { server in
            let path = server.path(try await server.store.invite(1)[0])
            let changed = try SurveyFile.standard().source + "\n# changed"
            let (version, _) = try await server.store.publish(SurveyFile(changed), now: .test)
            #expect(try await server.post(path, "survey=\(version.id)&nps=9").status == .badRequest)
            #expect(try await responses() == 0)
        }
    }

    @Test func anotherContentTypeIsRefused() async throws {
        try await TestServer.run { server in
            let path = server.path(try await server.store.invite(1)[0])
            #expect(try await server.post(path, "{}", type: "application/json").status == .unsupportedMediaType)
        }
    }

    @Test(arguments: [
        ("es-MX,es;q=0.9", "es"), ("ar", "ar"), ("fr", "en"), (String(repeating: "x,", count: 5000), "en"),
    ])
    func anUnknownLinkIsToldInTheBrowsersLanguage(wish: String, language: String) async throws {
        try await TestServer.run { server in
            let reply = try await server.get("/s/nonsense", language: wish)
            #expect(reply.status == .notFound && reply.text.contains("<html lang=\"\(language)\""))
        }
    }

    @Test func noPageTellsABystanderAnything() async throws {
        try await TestServer.run { server in
            let path = server.path(try await server.store.invite(1)[0])
            for reply in [
                try await server.get(path), try await server.get("/s/x"), try await server.post(path, "nps=1"),
            ] {
                #expect(reply.headers[.referrerPolicy] == "no-referrer")
                #expect(reply.headers[.cacheControl] == "no-store")
                #expect(reply.headers[.robotsTag]?.contains("noindex") == true)
                #expect(reply.headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
                #expect(reply.body.readableBytes < 30_000)
            }
        }
    }
}
