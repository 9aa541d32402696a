import Foundation
import Hummingbird
import HummingbirdTesting
import Store
import TestSupport
import Testing

@testable import People
@testable import Web

@Suite(.migrated) struct SignInTests {
    @Test func whoeverKnowsThePasswordGoesOnToWhereTheyWanted() async throws {
        try await TestServer.run(isSiteOpen: false) { server in
            _ = try await SignedIn.add(.administrator, to: server.store)
            let browser = SignedIn(server)
            let first = try await browser.get("/people?x=1")
            #expect(first.status == .seeOther && first.headers[.location] == "/sign-in?next=%2Fpeople%3Fx%3D1")
            #expect(try await browser.get("/sign-in?next=%2Fpeople").text.contains("value=\"/people\""))
            let reply = try await browser.signIn("ADA@example.com ", next: "/people")
            #expect(reply.status == .seeOther && reply.headers[.location] == "/people")
            let cookie = try #require(reply.headers[values: .setCookie].first)
            #expect(cookie.contains("; HttpOnly; SameSite=Lax") && cookie.contains("; Path=/;"))
            #expect(try await browser.get("/people").text.contains("Ada"))
            #expect(try await server.store.auditRows(limit: 1).first?.action == "sign-in")
        }
    }

    @Test(arguments: [
        "https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a/../..//b", "",
    ])
    func nobodyIsSentElsewhere(next: String) async throws {
        try await TestServer.run { server in
            _ = try await SignedIn.add(.administrator, to: server.store)
            #expect(try await SignedIn(server).signIn("ada@example.com", next: next).headers[.location] == "/")
        }
    }

    @Test func aWrongPasswordAndAnUnknownAddressSoundTheSame() async throws {
        try await TestServer.run { server in
            _ = try await SignedIn.add(.administrator, to: server.store)
            let wrong = try await SignedIn(server).signIn("ada@example.com", "not the password at all")
            let unknown = try await SignedIn(server).signIn("eve@example.com", "not the password at all")
            #expect(wrong.status == .unprocessableContent && unknown.status == .unprocessableContent)
            #expect(wrong.text.replacing("ada@", with: "eve@") == unknown.text)
            for hostile in ["", String(repeating: "x", count: 2000), "\u{0}", "' or 1=1 --"] {
                #expect(try await SignedIn(server).signIn(hostile, hostile).status == .unprocessableContent)
            }
        }
    }

    @Test func guessingIsSlowedForStrangersAndNotForADeviceThatWasHere() async throws {
        try await TestServer.run { server in
            _ = try await SignedIn.add(.administrator, to: server.store)
            let own = SignedIn(server)
            #expect(try await own.signIn("ada@example.com").status == .seeOther)
            let stranger = SignedIn(server)
            for _ in 0..<5 {
                #expect(
                    try await stranger.signIn("ada@example.com", "guess number one of many").status
                        == .unprocessableContent)
            }
            let refused = try await stranger.signIn("ada@example.com")
            #expect(refused.status == .tooManyRequests && refused.headers[.retryAfter] != nil)
            own.set("hearback", nil)
            #expect(try await own.signIn("ada@example.com").status == .seeOther)
            server.clock.move(to: .test.hours(1))
            #expect(try await stranger.signIn("ada@example.com").status == .seeOther)
        }
    }

    /// One password at a time is hashed and none waits: most of those who come at once are asked to try again.
    @Test func aFloodOfStrangersKeepsNoKnownDeviceOut() async throws {
        try await TestServer.run(
            configure: { configuration in
                configuration.hashingQueue = 0
                configuration.hashingCost = 14
            }
        ) { server in
            _ = try await SignedIn.add(.administrator, to: server.store)
            let own = SignedIn(server)
            #expect(try await own.signIn("ada@example.com").status == .seeOther)
            let statuses = try await withThrowingTaskGroup(of: HTTPResponse.Status.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        let reply = try await TestClient.withClient(host: "127.0.0.1", port: server.port) { client in
                            try await client.execute(
                                TestClient.Request(
                                    "/sign-in", method: .post, authority: "localhost",
                                    headers: [
                                        .origin: server.origin, .contentType: "application/x-www-form-urlencoded",
                                    ],
                                    body: ByteBuffer(
                                        string: "email=x\(number)%40example.com&password=guess+number+one+of+many")))
                        }
                        return reply.status
                    }
                }
                own.set("hearback", nil)
                #expect(try await own.signIn("ada@example.com").status == .seeOther)
                return try await group.reduce(into: [HTTPResponse.Status]()) { $0.append($1) }
            }
            #expect(statuses.contains(.serviceUnavailable) && statuses.contains(.unprocessableContent))
            #expect(statuses.allSatisfy { $0 == .serviceUnavailable || $0 == .unprocessableContent })
            // Who was asked to come again is not counted as having failed.
            let counted = try await server.store.pool.query(
                "select count(*) from sign_in_failures where counter = 'account' and key <> 'ada@example.com'"
            ).decodeOnly(Int.self)
            #expect(counted == statuses.count { $0 == .unprocessableContent })
        }
    }

    @Test func formsOfOtherSitesAreRefused() async throws {
        try await TestServer.run { server in
            let browser = try await SignedIn.person(.administrator, on: server)
            let fields = [("email", "ada@example.com"), ("password", SignedIn.password)]
            for origin in ["https://evil.example", "null", "http://127.0.0.1:1"] {
                #expect(try await SignedIn(server).post("/sign-in", fields, origin: origin).status == .badRequest)
            }
            let token = try browser.token(of: try await browser.get("/account"))
            let origin = "https://evil.example"
            #expect(try await browser.post("/sign-out", [("token", token)], origin: origin).status == .badRequest)
            for wrong in ["", String(token.dropLast()) + (token.last == "A" ? "B" : "A")] {
                #expect(try await browser.post("/sign-out", [("token", wrong)]).status == .badRequest)
            }
            // Another person's token is not this session's.
            let other = try await SignedIn.person(.manager, on: server)
            let others = try other.token(of: try await other.get("/account"))
            #expect(try await browser.post("/sign-out", [("token", others)]).status == .badRequest)
            #expect(try await browser.isIn)
            #expect(try await browser.post("/sign-out", [("token", token)]).status == .seeOther)
            #expect(try await !browser.isIn)
        }
    }

    /// Whoever sits on the wire could have written a page that came without TLS.
    @Test func overTLSFormsOfPlainPagesAreRefused() async throws {
        try await TestServer.run(isSecure: true) { server in
            _ = try await SignedIn.add(.administrator, to: server.store)
            let fields = [("email", "ada@example.com"), ("password", SignedIn.password)]
            for origin in ["http://localhost", "HTTP://localhost"] {
                let reply = try await SignedIn(server).post("/sign-in", fields, origin: origin)
                #expect(reply.status == .badRequest && reply.headers[.setCookie] == nil)
            }
            let reply = try await SignedIn(server).post("/sign-in", fields, origin: "https://localhost")
            #expect(reply.status == .seeOther)
        }
    }

    /// Many networks keep the account's counter full; whoever gets a link for a password signs in on that device all the same.
    @Test func aLinkForAPasswordMakesItsDeviceKnown() async throws {
        try await TestServer.run { server in
            let person = try await SignedIn.add(.administrator, to: server.store)
            for number in 0..<25 {
                _ = try await server.store.countSignIn(
                    [.account: "ada@example.com", .network: "10.0.0.\(number)/32"], now: .test)
            }
            #expect(try await SignedIn(server).signIn("ada@example.com").status == .tooManyRequests)
            var generator = SystemRandomNumberGenerator()
            let link = SecretToken(using: &generator)
            try await server.store.makePasswordLink(link.digest, for: person.id, lasting: 60, by: .program, now: .test)
            let browser = SignedIn(server)
            let password = "another granite otter"
            #expect(try await browser.post("/password/\(link.text)", [("password", password)]).status == .ok)
            #expect(try await browser.signIn("ada@example.com", password).status == .seeOther)
            #expect(try await SignedIn(server).signIn("ada@example.com", password).status == .tooManyRequests)
        }
    }

    @Test func aStolenCookieIsWorthNothingAfterSigningOut() async throws {
        try await TestServer.run { server in
            let browser = try await SignedIn.person(.administrator, on: server)
            let thief = SignedIn(server)
            thief.steal(from: browser)
            #expect(try await thief.isIn)
            #expect(try await browser.submit("/sign-out", on: "/account", []).status == .seeOther)
            #expect(try await !thief.isIn)
            for forged in ["", "x", String(repeating: "A", count: 43), String(repeating: "A", count: 42) + "="] {
                thief.set("hearback", forged)
                #expect(try await !thief.isIn)
            }
        }
    }

    @Test func sessionsEndByThemselves() async throws {
        try await TestServer.run { server in
            let administrator = try await SignedIn.person(.administrator, on: server)
            let manager = try await SignedIn.person(.manager, on: server)
            server.clock.move(to: .test.hours(0.6))
            #expect(try await !administrator.isIn)
            #expect(try await manager.isIn)
            server.clock.move(to: .test.hours(9))
            #expect(try await !manager.isIn)
        }
    }

    @Test func aSecondFactorIsSetUpAndThenAskedFor() async throws {
        try await TestServer.run { server in
            let browser = try await SignedIn.person(.administrator, on: server)
            let page = try await browser.get("/account/second-factor")
            let secret = String(try #require(page.text.firstMatch(of: /<code>([A-Z2-7]+)<\/code>/)).1)
            #expect(page.text.contains("<svg") && page.text.contains(secret))
            #expect(try await browser.get("/account/second-factor").text.contains(secret))
            let totp = try #require(TOTP(base32: secret))
            let wrong = try await browser.submit(
                "/account/second-factor", on: "/account/second-factor", [("code", "000000")])
            #expect(wrong.status == .unprocessableContent)
            let done = try await browser.submit(
                "/account/second-factor", on: "/account/second-factor", [("code", code(totp, at: .test))])
            let codes = done.text.matches(of: /<code>([0-9a-z-]+)<\/code>/).map { String($0.1) }
            #expect(codes.count == 10)

            let second = SignedIn(server)
            let asked = try await second.signIn("ada@example.com", next: "/people")
            #expect(asked.headers[.location] == "/sign-in/code?next=%2Fpeople")
            #expect(try await !second.isIn)
            #expect(try await second.get("/people").status == .seeOther)
            // The code that set it up is used, and a wrong one is wrong.
            for bad in [code(totp, at: .test), "123", ""] {
                #expect(try await second.post("/sign-in/code", [("code", bad)]).status == .unprocessableContent)
            }
            server.clock.move(to: .test.addingTimeInterval(30))
            let good = try await second.post(
                "/sign-in/code", [("code", code(totp, at: .test.addingTimeInterval(30))), ("next", "/people")])
            #expect(good.status == .seeOther && good.headers[.location] == "/people")
            #expect(try await second.isIn)

            let third = SignedIn(server)
            for (recovery, status) in [
                (codes[3].uppercased(), HTTPResponse.Status.seeOther), (codes[3], .unprocessableContent),
            ] {
                #expect(try await third.signIn("ada@example.com").status == .seeOther)
                #expect(try await third.post("/sign-in/code", [("code", recovery)]).status == status)
            }
            // The database alone has neither the secret nor a digest that could be guessed at.
            let stored = try await server.store.pool.query(
                "select totp_secret from person where totp_secret is not null"
            )
            .decodeOnly([UInt8].self)
            #expect(stored.count == 50 && !stored.contains(totp.secret))
        }
    }

    @Test func aSecondFactorOfBeforeSignsInOnceMoreAndIsSealedThen() async throws {
        try await TestServer.run { server in
            let person = try await SignedIn.add(.administrator, to: server.store)
            var generator = SystemRandomNumberGenerator()
            let totp = TOTP(using: &generator)
            let old = try #require(RecoveryCode("04106-1050r")?.plainDigest)
            #expect(try await server.store.offerSecondFactor(totp.secret, to: person.id, insteadOf: nil))
            #expect(
                try await server.store.confirmSecondFactor(
                    totp.secret, of: person.id, step: 1, recovery: [old], by: .program, now: .test))
            for code in [code(totp, at: .test), "04106-1050R"] {
                let browser = SignedIn(server)
                #expect(try await browser.signIn("ada@example.com").status == .seeOther)
                #expect(try await browser.post("/sign-in/code", [("code", code)]).status == .seeOther)
                #expect(try await browser.isIn)
            }
            let stored = try #require(try await server.store.passwordHolder(person: person.id)?.totpSecret)
            #expect(stored.count == 50)
            server.clock.move(to: .test.addingTimeInterval(60))
            let browser = SignedIn(server)
            #expect(try await browser.signIn("ada@example.com").status == .seeOther)
            let next = code(totp, at: .test.addingTimeInterval(60))
            #expect(try await browser.post("/sign-in/code", [("code", next)]).status == .seeOther)
        }
    }

    private func code(_ totp: TOTP, at date: Date) -> String {
        let digits = "\(totp.code(Int64(date.timeIntervalSince1970 / 30)))"
        return String(repeating: "0", count: 6 - digits.count) + digits
    }

    @Test func aPasswordIsSetByALinkAndHasToBeGood() async throws {
        try await TestServer.run { server in
            let administrator = try await SignedIn.person(.administrator, on: server)
            let added = try await administrator.submit(
                "/people", on: "/people",
                [
                    ("name", "<b>Mo</b>"), ("email", "mo@example.com"), ("role", "quality-manager"),
                    ("everything", "yes"),
                ])
            let place = try #require(added.headers[.location])
            #expect(try await administrator.get(place).text.contains("&lt;b&gt;Mo&lt;/b&gt;"))
            let made = try await administrator.submit(place, on: place, [("action", "link")])
            let link = String(try #require(made.text.firstMatch(of: /http:\/\/[^<]*(\/password\/[A-Za-z0-9_-]{43})/)).1)
            let browser = SignedIn(server)
            #expect(try await browser.get(link).text.contains("mo@example.com"))
            for bad in ["short", "aaaaaaaaaaaaaaaaaaaa", "qwertyuiopasdfghjkl", "hearback hearback 1"] {
                #expect(try await browser.post(link, [("password", bad)]).status == .unprocessableContent)
            }
            #expect(try await browser.post(link, [("password", SignedIn.password)]).status == .ok)
            #expect(try await browser.post(link, [("password", SignedIn.password)]).status == .notFound)
            #expect(try await browser.get(link).status == .notFound)
            #expect(try await browser.signIn("mo@example.com").status == .seeOther)
            #expect(try await administrator.submit(place, on: place, [("action", "disable")]).status == .ok)
            #expect(try await !browser.isIn)
            #expect(try await browser.signIn("mo@example.com").status == .unprocessableContent)
        }
    }

    @Test func aChangedRoleCountsAtOnce() async throws {
        try await TestServer.run { server in
            let administrator = try await SignedIn.person(.administrator, on: server)
            let browser = try await SignedIn.person(.manager, on: server)
            #expect(try await browser.get("/templates/").status == .ok)
            _ = try await server.store.invite(1)
            let person = try #require(try await server.store.person(email: "quinn@example.com"))
            try await server.store.changePerson(
                person.id, to: PersonSettings(email: person.email, name: "Q", role: .agent, agent: "A1"), by: .program,
                now: .test)
            // PostgreSQL tells the server; a question it has not heard of by then would be answered from memory.
            var status = HTTPResponse.Status.ok
            while status == .ok { status = try await browser.get("/templates/").status }
            #expect(status == .forbidden)
            let place = "/people/\(try #require(try await server.store.person(email: "ada@example.com")).id)"
            let own = try await administrator.submit(
                place, on: place,
                [("action", "save"), ("name", "Ada"), ("email", "ada@example.com"), ("role", "quality-manager")])
            #expect(own.status == .unprocessableContent)
        }
    }
}
