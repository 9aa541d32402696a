import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Store
import TestSupport
import Testing

@testable import Web

/// Every role, and nobody, on every route.
@Suite(.migrated) struct RouteNeedTests {
    /// What a route says to somebody who may not.
    private enum Verdict {
        /// Its handler was called, whatever it then said.
        case reached
        case sentToSignIn
        case forbidden
        case unauthorized
    }

    @Test func whatARouteNeedsIsWhatItAsksEverybodyFor() async throws {
        let folder = try SiteFolder()
        try folder.write("figures of everybody", to: "index.html")
        let path = folder.path
        try await TestServer.run(siteFolder: path, isSiteOpen: false) { server in
            _ = try await server.store.invite(1)
            let people: [(name: String, browser: SignedIn, settings: PersonSettings?)] = [
                ("nobody", SignedIn(server), nil),
                ("agent", try await .person(.agent, on: server), .agent),
                ("scoped manager", try await .person(.scopedManager, on: server), .scopedManager),
                ("manager", try await .person(.manager, on: server), .manager),
                ("administrator", try await .person(.administrator, on: server), .administrator),
            ]
            var seen: Set<String> = []
            for route in server.routes {
                // Signing out ends what the next route needs.
                if route.path == "/sign-out" { continue }
                for (name, browser, settings) in people {
                    let reply = try await browser.send(
                        concreteRoute(route.path), route.method, body: route.method == .post ? "x=y" : nil,
                        origin: server.origin)
                    let verdict = verdict(of: reply, route)
                    #expect(
                        verdict == expected(route.need, settings, route.method),
                        "\(name) on \(route.method) \(route.path): \(reply.status)")
                    seen.insert("\(verdict)")
                }
            }
            #expect(seen.count == 4 && server.routes.count > 30)
        }
    }

    private func expected(_ need: Need, _ person: PersonSettings?, _ method: HTTPRequest.Method) -> Verdict {
        switch need {
        case .nothing, .proof: return .reached
        case .key: return .unauthorized
        default: break
        }
        guard let person else { return method == .get ? .sentToSignIn : .unauthorized }
        let mayDo =
            switch need {
            case .person: true
            case .site, .everything: person.seesEverything
            case .agent: person.role == "agent"
            case .manager: person.role != "agent"
            case .administrator: person.role == "administrator"
            case .nothing, .proof, .key: false
            }
        return mayDo ? .reached : .forbidden
    }

    private func verdict(of reply: TestResponse, _ route: Route) -> Verdict {
        if reply.status == .seeOther,
            reply.headers[.location]?.hasPrefix("/sign-in?next=") == true
                || reply.headers[.location] == "/sign-in" && route.need == .person
        {
            return .sentToSignIn
        }
        if reply.status == .forbidden, reply.text.contains("not yours to see") { return .forbidden }
        if reply.status == .unauthorized { return .unauthorized }
        return .reached
    }
}
