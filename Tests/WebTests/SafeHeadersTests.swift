import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Store
import TestSupport
import Testing

@testable import Web

/// What browsers are told with every reply, of every route and of what is none.
@Suite(.migrated) struct SafeHeadersTests {
    @Test func everyReplyHasThem() async throws {
        let folder = try SiteFolder()
        try folder.write("figures", to: "index.html")
        try folder.write("a,b", to: "figures.csv")
        // Larger than what is kept in memory.
        try folder.write(String(repeating: "x", count: 9 * 1024 * 1024), to: "large.csv")
        let path = folder.path
        try await TestServer.run(siteFolder: path, isSiteOpen: false, isSecure: true) { server in
            let invitation = try #require(try await server.store.invite(1).first)
            let browser = SignedIn(server)
            _ = try await SignedIn.add(.administrator, to: server.store)
            #expect(try await browser.signIn("ada@example.com").status == .seeOther)
            var statuses: Set<Int> = []
            for who in [browser, SignedIn(server)] {
                for route in server.routes where route.path != "/sign-out" {
                    let reply = try await who.send(
                        concreteRoute(route.path), route.method, body: route.method == .post ? "x=y" : nil,
                        origin: server.origin)
                    check(reply, "\(route.method) \(route.path)")
                    statuses.insert(reply.status.code)
                }
                for path in [
                    "/dashboards", "/dashboards/", "/dashboards/", "/dashboards/figures.csv", "/dashboards/large.csv",
                    "/dashboards/nothing", "/nothing", "/api/v1/nothing", server.path(invitation), "/s/x", "/s/",
                    "/%00", "/sign-in/provider",
                ] {
                    for method in [.get, .head, .post, .put, .delete, .options, .trace] as [HTTPRequest.Method] {
                        let reply = try await who.send(path, method, body: method == .post ? "x=y" : nil)
                        check(reply, "\(method) \(path)")
                        statuses.insert(reply.status.code)
                    }
                }
            }
            // Pages, redirects, refusals of every kind.
            #expect(statuses.isSuperset(of: [200, 301, 303, 400, 401, 404, 405]))
        }
    }

    private func check(_ reply: TestResponse, _ name: String) {
        let headers = reply.headers
        let policy = headers[.contentSecurityPolicy] ?? ""
        for part in ["default-src 'none'", "base-uri 'none'"] {
            #expect(policy.contains(part), "\(name): \(policy)")
        }
        // What a page of this site may show in a frame can do nothing there.
        #expect(
            policy.contains("frame-ancestors 'none'") && policy.contains("form-action ")
                || policy.contains("frame-ancestors 'self'") && policy.contains("sandbox"), "\(name): \(policy)")
        #expect(!policy.contains("script-src") && !policy.contains("*"), "\(name)")
        #expect(headers[.xContentTypeOptions] == "nosniff", "\(name)")
        #expect(["no-referrer", "same-origin"].contains(headers[.referrerPolicy]), "\(name)")
        #expect(headers[.permissionsPolicy]?.contains("camera=()") == true, "\(name)")
        #expect(headers[.crossOriginOpenerPolicy] == "same-origin", "\(name)")
        #expect(headers[.crossOriginResourcePolicy] == "same-origin", "\(name)")
        #expect(headers[.strictTransportSecurity] == "max-age=31536000", "\(name)")
        #expect(headers[values: .contentSecurityPolicy].count == 1, "\(name)")
        // Dashboards are kept by browsers, which ask each time; nobody else keeps anything.
        #expect(
            headers[.cacheControl] == "no-store"
                || headers[.cacheControl] == "no-cache" && name.contains("/dashboards"),
            "\(name): \(headers[.cacheControl] ?? "")")
        #expect(headers[.server] == nil, "\(name)")
    }
}

/// A path that fits a route's pattern.
func concreteRoute(_ path: String) -> String {
    path.replacing("{token}", with: "x").replacing("{channel}", with: "email").replacing("{language}", with: "en")
        .replacing("{person}", with: "1").replacing("/**", with: "/index.html")
        .replacing(/\{[a-z]+\}/, with: "1")
}
