import Foundation
import Hummingbird
import HummingbirdTesting
import OpenIDConnect
import People
import Postgres
import Store
import TestSupport
import Testing

@testable import Web

/// Signing in by a provider of identities that runs beside the test and signs real tokens.
@Suite(.migrated) struct ProviderTests {
    @Test func eachRoleIsLetInToWhatTheClaimsSay() async throws {
        try await with { server, double in
            _ = try await server.store.invite(1)
            let administrator = SignedIn(server)
            let begun = try await administrator.get("/sign-in/provider?next=%2Fpeople")
            let cookie = try #require(begun.headers[.setCookie])
            #expect(cookie.contains("; HttpOnly; SameSite=Lax") && cookie.contains("Max-Age=1800"))
            #expect(begun.headers[.location]?.hasPrefix(double.issuer + "/authorize?") == true)
            let back = try await administrator.comeBack(from: begun, as: "administrator", at: double)
            #expect(back.status == .seeOther && back.headers[.location] == "/people")
            #expect(try await administrator.get("/people").text.contains("administrator@example.com"))
            #expect(!administrator.cookies.keys.contains("hearback-provider"))

            let manager = SignedIn(server)
            #expect(try await manager.signIn(by: double, as: "quality-manager").status == .seeOther)
            let known = try #require(try await server.store.person(email: "quality@example.com"))
            #expect(known.role == .qualityManager && !known.seesEverything && !known.hasPassword)
            // What the provider calls teams and portfolios beyond those that are here is left out.
            #expect(known.portfolios == ["Cards"] && known.teams.isEmpty)
            #expect(try await manager.get("/people").status == .forbidden)

            try await double.control(#"{"claims": {"employee": "A1"}}"#)
            let agent = SignedIn(server)
            #expect(try await agent.signIn(by: double, as: "agent").status == .seeOther)
            #expect(try await server.store.person(email: "agent@example.com")?.agent == "A1")

            let rows = try await server.store.auditRows(limit: 2)
            #expect(rows.map(\.action) == ["sign-in", "person.add"])
            #expect(rows[1].actor.name == "provider" && rows[1].after?.contains("subject-of-agent") == true)
        }
    }

    @Test func everySignInMakesThePersonWhatTheClaimsSayNow() async throws {
        try await with { server, double in
            _ = try await server.store.invite(1)
            let browser = SignedIn(server)
            _ = try await browser.signIn(by: double, as: "quality-manager")
            let first = try #require(try await server.store.person(email: "quality@example.com"))
            let rows = try await server.store.auditRows(limit: 100).count
            _ = try await browser.signIn(by: double, as: "quality-manager")
            // Nothing has changed: one row, of the sign-in.
            #expect(try await server.store.auditRows(limit: 100).count == rows + 1)
            try await double.control(
                """
                {"claims": {"realm_access": {"roles": ["hearback-quality", "all"]}, "name": "Quinn",
                "email": "QUINN@example.com", "portfolios": []}}
                """)
            _ = try await browser.signIn(by: double, as: "quality-manager")
            let second = try #require(try await server.store.person(first.id))
            #expect(second.seesEverything && second.portfolios.isEmpty)
            #expect(second.name == "Quinn" && second.email == "quinn@example.com")
            let change = try #require(try await server.store.auditRows(limit: 2).last)
            #expect(change.action == "person.change" && change.before?.contains("Cards") == true)
            try await double.control(#"{"claims": {"realm_access": {"roles": ["somebody"]}}}"#)
            let refused = try await SignedIn(server).signIn(by: double, as: "quality-manager")
            #expect(refused.status == .forbidden && refused.text.contains("nothing of a role"))
            #expect(refused.headers[values: .setCookie].allSatisfy { !$0.hasPrefix("hearback=") })
            #expect(try await server.store.sessions(of: first.id, now: .test).isEmpty)
        }
    }

    @Test func whoeverIsDisabledHereStaysOut() async throws {
        try await with { server, double in
            let browser = SignedIn(server)
            _ = try await browser.signIn(by: double, as: "administrator")
            let person = try #require(try await server.store.person(email: "administrator@example.com"))
            _ = try await server.store.setDisabled(true, person: person.id, by: .program, now: server.clock.now)
            let reply = try await SignedIn(server).signIn(by: double, as: "administrator")
            #expect(reply.status == .forbidden && reply.text.contains("closed"))
            #expect(try await server.store.person(person.id)?.disabledAt != nil)
            #expect(try await !browser.isIn)
        }
    }

    @Test func anAccountIsNotTakenOverByItsAddress() async throws {
        try await with { server, double in
            var local = PersonSettings.administrator
            local.email = "administrator@example.com"
            let person = try await SignedIn.add(local, to: server.store)
            let browser = SignedIn(server)
            let reply = try await browser.signIn(by: double, as: "administrator")
            #expect(reply.status == .forbidden && reply.text.contains("subject-of-administrator"))
            #expect(try await !browser.isIn)
            // Until an administrator says that both are one.
            try await server.store.connect(
                person.id, issuer: double.issuer, subject: "subject-of-administrator", by: .program,
                now: server.clock.now)
            #expect(try await browser.signIn(by: double, as: "administrator").status == .seeOther)
            #expect(try await browser.isIn)
            #expect(try await server.store.people().count == 1)
        }
    }

    @Test func anAddressThatTheProviderHasNotVerifiedNamesNobody() async throws {
        try await with { server, double in
            _ = try await server.store.invite(1)
            try await double.control(#"{"claims": {"employee": "A1"}}"#)
            let reply = try await SignedIn(server).signIn(by: double, as: "unverified")
            #expect(reply.status == .forbidden && reply.text.contains("verified your e-mail address"))
            #expect(try await server.store.people().isEmpty)
            try await double.control(#"{"claims": {"employee": "A2"}}"#)
            let unknown = try await SignedIn(server).signIn(by: double, as: "agent")
            #expect(unknown.status == .forbidden && unknown.text.contains("there is no agent &quot;A2&quot;"))
            try await double.control(#"{"claims": {"employee": null}}"#)
            #expect(try await SignedIn(server).signIn(by: double, as: "agent").text.contains("which agent you are"))
            #expect(try await server.store.people().isEmpty)
        }
    }

    @Test(arguments: [
        "alg_none", "hs256_with_public_key", "wrong_signature", "wrong_issuer", "wrong_audience", "wrong_nonce",
        "expired", "issued_in_the_future", "issued_long_ago", "unknown_key", "missing_key", "wrong_key_type",
        "issuer_mixup", "issuer_missing", "wrong_state", "repeated_code", "refused",
    ])
    func whatIsForgedSignsNobodyIn(fault: String) async throws {
        try await with { server, double in
            try await double.control(#"{"fault": "\#(fault)"}"#)
            let browser = SignedIn(server)
            let reply = try await browser.signIn(by: double, as: "administrator")
            #expect(reply.status == .forbidden || reply.status == .badRequest)
            #expect(!reply.text.contains("text from outside") && !reply.text.contains("other.example.com"))
            #expect(try await !browser.isIn)
            #expect(try await server.store.people().isEmpty)
            #expect(try await server.store.sessions(of: nil, now: .test).isEmpty)
        }
    }

    @Test func aTokenOfAnotherSignInIsRefused() async throws {
        try await with { server, double in
            // The nonce of an earlier sign-in, in a token that is otherwise right.
            let earlier = try await SignedIn(server).get("/sign-in/provider")
            let url = try #require(earlier.headers[.location].flatMap { URLComponents(string: $0) })
            let nonce = try #require(url.queryItems?.first { $0.name == "nonce" }?.value)
            try await double.control(#"{"claims": {"nonce": "\#(nonce)"}}"#)
            let browser = SignedIn(server)
            #expect(try await browser.signIn(by: double, as: "administrator").status == .forbidden)
            #expect(try await !browser.isIn)
        }
    }

    @Test func aCallbackIsGoodInItsBrowserAndOnce() async throws {
        try await with { server, double in
            let attacker = SignedIn(server)
            let victim = SignedIn(server)
            let own = try await attacker.get("/sign-in/provider")
            let path = try await double.path(of: "administrator", from: own)
            // Without a cookie, and with that of another sign-in, which is over then.
            #expect(try await victim.get(path).status == .badRequest)
            let others = try await victim.get("/sign-in/provider")
            #expect(try await victim.get(path).status == .badRequest)
            #expect(
                try await victim.comeBack(from: others, as: "administrator", at: double).status == .badRequest)
            #expect(try await !victim.isIn)
            let cookies = attacker.cookies
            #expect(try await attacker.get(path).status == .seeOther)
            #expect(try await attacker.isIn)
            let again = SignedIn(server)
            for (name, value) in cookies { again.set(name, value) }
            #expect(try await again.get(path).status == .badRequest)
            #expect(try await !again.isIn)
        }
    }

    @Test func aSignInThatTookTooLongBeginsAgain() async throws {
        try await with { server, double in
            let browser = SignedIn(server)
            let begun = try await browser.get("/sign-in/provider")
            server.clock.move(to: server.clock.now.hours(0.6))
            let reply = try await browser.comeBack(from: begun, as: "administrator", at: double)
            #expect(reply.status == .badRequest && reply.text.contains("took too long"))
            #expect(try await !browser.isIn)
        }
    }

    @Test func aNewKeyOfTheProvidersIsTakenUp() async throws {
        try await with { server, double in
            let browser = SignedIn(server)
            #expect(try await browser.signIn(by: double, as: "administrator").status == .seeOther)
            try await double.control(#"{"rotate": "ES256"}"#)
            server.clock.move(to: server.clock.now + 61)
            #expect(try await SignedIn(server).signIn(by: double, as: "administrator").status == .seeOther)
        }
    }

    @Test(arguments: [
        "https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a/../..//b",
        "/%2f%2fevil.example", "\u{0}", "/a\r\nSet-Cookie: b=c",
    ])
    func nobodyIsSentElsewhereAfterwards(next: String) async throws {
        try await with { server, double in
            let browser = SignedIn(server)
            let begun = try await browser.get("/sign-in/provider?next=" + percentEncoded(next))
            let back = try await browser.comeBack(from: begun, as: "administrator", at: double)
            #expect(back.status == .seeOther && back.headers[.location] == "/")
        }
    }

    @Test func otherSitesBeginNothing() async throws {
        try await with { server, double in
            for headers in [
                [.secFetchSite: "cross-site"], [.secFetchSite: "same-site"],
                [.secFetchSite: "same-origin", .secPurpose: "prefetch"],
            ] as [HTTPFields] {
                let reply = try await server.client.execute(
                    uri: "/sign-in/provider?next=%2Fpeople", method: .get, headers: headers)
                #expect(reply.status == .seeOther && reply.headers[.location] == "/sign-in?next=%2Fpeople")
            }
            let head = try await server.client.execute(uri: "/sign-in/provider", method: .head)
            #expect(head.headers[.location] == "/sign-in")
            #expect(try await waiting(in: server) == 0)
            let reply = try await server.client.execute(
                uri: "/sign-in/provider", method: .get, headers: [.secFetchSite: "same-origin"])
            #expect(reply.headers[.location]?.hasPrefix(double.issuer) == true)
            #expect(try await waiting(in: server) == 1)
        }
    }

    @Test func oneNetworkDoesNotFillTheTableWithSignIns() async throws {
        try await with { server, _ in
            var last: TestResponse?
            for _ in 0...SignInCounter.provider.burst { last = try await server.get("/sign-in/provider") }
            #expect(last?.status == .tooManyRequests && ["1", "2"].contains(last?.headers[.retryAfter]))
            #expect(try await waiting(in: server) == SignInCounter.provider.burst)
            server.clock.move(to: server.clock.now + 2)
            #expect(try await server.get("/sign-in/provider").status == .seeOther)
            try await server.store.forgetEndedSessions(now: server.clock.now.hours(2))
            #expect(try await waiting(in: server) == 0)
        }
    }

    @Test func aProviderThatIsDownLeavesTheRestAsItIs() async throws {
        let settings = try settings(issuer: "http://127.0.0.1:1")
        let provider = ProviderConfiguration(settings, name: "Centre", isOnlyWay: false)
        try await TestServer.run(isSiteOpen: false, provider: provider) { server in
            #expect(try await server.get("/sign-in").text.contains("Sign in with Centre"))
            let reply = try await server.get("/sign-in/provider?next=%2Fpeople")
            #expect(reply.status == .serviceUnavailable && reply.text.contains("cannot be used at this moment"))
            #expect(reply.text.contains("value=\"/people\""))
            _ = try await SignedIn.add(.administrator, to: server.store)
            #expect(try await SignedIn(server).signIn("ada@example.com").status == .seeOther)
        }
    }

    @Test func passwordsAreRefusedWhereTheProviderIsTheOnlyWay() async throws {
        try await with(isOnlyWay: true) { server, double in
            _ = try await SignedIn.add(.administrator, to: server.store)
            let browser = SignedIn(server)
            let page = try await browser.get("/sign-in").text
            #expect(page.contains("Sign in with Centre &amp; Sons") && !page.contains("type=\"password\""))
            let reply = try await browser.signIn("ada@example.com")
            #expect(reply.status == .forbidden && reply.text.contains("not used here"))
            #expect(try await browser.signIn(by: double, as: "administrator").status == .seeOther)
        }
    }

    @Test func withoutAProviderThereIsNoSuchWay() async throws {
        try await TestServer.run { server in
            let page = try await server.get("/sign-in")
            #expect(!page.text.contains("/sign-in/provider"))
            #expect(try await server.get("/sign-in/provider").status == .notFound)
            #expect(try await server.get("/sign-in/provider/callback?code=a&state=b").status == .notFound)
        }
    }

    // MARK: Parts

    private func with(
        isOnlyWay: Bool = false, _ body: @escaping @Sendable (TestServer, ProviderDouble) async throws -> Void
    ) async throws {
        let double = try ProviderDouble()
        let provider = ProviderConfiguration(
            try settings(issuer: double.issuer), name: "Centre & Sons", isOnlyWay: isOnlyWay)
        do {
            try await TestServer.run(isSiteOpen: false, provider: provider) { server in
                // The provider's tokens have the time of the day.
                server.clock.move(to: Date())
                try await body(server, double)
            }
        } catch {
            try await double.close()
            throw error
        }
        try await double.close()
    }

    private func settings(issuer: String) throws -> ProviderSettings {
        try ProviderSettings(
            issuer: issuer, clientIdentifier: sampleClient, clientSecret: ClientSecret(sampleSecret),
            redirectURI: sampleRedirectURI,
            claimNames: ClaimNames(
                roles: "realm_access.roles", teams: "groups", portfolios: "portfolios", agent: "employee"),
            claimValues: ClaimValues(
                roles: [
                    "hearback-administrator": .administrator, "hearback-quality": .qualityManager,
                    "hearback-agent": .agent,
                ], everything: ["all"]))
    }

    private func waiting(in server: TestServer) async throws -> Int {
        try await TestDatabase.current.pool.query("select count(*) from provider_request").decodeOnly(Int.self)
    }
}

extension SignedIn {
    /// Goes to the provider and back as one of its users.
    func signIn(by double: ProviderDouble, as user: String) async throws -> TestResponse {
        try await comeBack(from: try await get("/sign-in/provider"), as: user, at: double)
    }

    /// Comes back from where a reply of the server led.
    func comeBack(from begun: TestResponse, as user: String, at double: ProviderDouble) async throws -> TestResponse {
        try await get(try await double.path(of: user, from: begun))
    }
}

extension ProviderDouble {
    /// The path and query that the browser is sent back to.
    func path(of user: String, from begun: TestResponse) async throws -> String {
        let callback = try await callback(of: user, at: try #require(begun.headers[.location]))
        return String(callback.dropFirst("http://127.0.0.1:8080".count))
    }
}
