import Feedback
import Foundation
import Hummingbird
import HummingbirdTesting
import Store
import TestSupport
import Testing

@testable import Web

@Suite(.migrated) struct PolicyRouteTests {
    private let sampled = """
        policies:
          - name: half <b>of</b> all
            delay: 0s
            sampling: 0%
            channels: [link]

        """

    @Test func policiesAreTriedAndThenPublished() async throws {
        try await TestServer.run { server in
            _ = try await server.store.invite(4)
            let browser = try await SignedIn.person(.administrator, on: server)
            let inForce = try await browser.get("/policies")
            let number = try #require(try await server.store.policyVersions().last).id
            #expect(inForce.text.contains("Version \(number), published"))
            let tried = try await browser.submit(
                "/policies/edit", on: "/policies/edit", [("source", sampled), ("base", "\(number)"), ("action", "try")])
            #expect(tried.status == .ok)
            #expect(
                tried.text.contains(
                    "Of 4 resolutions of the last 30 days, these policies would have invited 0; those in force would have invited 4."
                ))
            #expect(tried.text.contains("Not in the sample") && tried.text.contains("half &lt;b&gt;of&lt;/b&gt; all"))
            #expect(try await server.store.policyVersions().last?.id == number)
            let published = try await browser.submit(
                "/policies", on: "/policies/edit", [("source", sampled), ("base", "\(number)")])
            #expect(published.headers[.location] == "/policies/\(number + 1)?published")
            let page = try await browser.get("/policies/\(number + 1)?published").text
            #expect(page.contains("is published. Decisions") && page.contains(" by Ada"))
            #expect(try await server.store.auditRows(limit: 1).first?.action == "policy.publish")
            #expect(try await browser.get("/policies/\(number)").text.contains("Earlier version"))
            let stale = try await browser.submit(
                "/policies", on: "/policies/edit", [("source", sampled + "# mine\n"), ("base", "\(number)")])
            #expect(stale.status == .conflict && stale.text.contains("# mine"))
            #expect(stale.text.contains("name=\"base\" value=\"\(number + 1)\""))
        }
    }

    @Test func mistakesStandWithTheirLineAndWhatWasTypedIsKept() async throws {
        try await TestServer.run { server in
            let browser = try await SignedIn.person(.administrator, on: server)
            let wrong = sampled.replacing("0%", with: "lots")
            for (path, action) in [("/policies/edit", "check"), ("/policies/edit", "try"), ("/policies", "")] {
                let reply = try await browser.submit(
                    path, on: "/policies/edit", [("source", wrong), ("base", "2"), ("action", action)])
                #expect(reply.status == .unprocessableContent)
                #expect(reply.text.contains("<b>Line 4.</b> Sampling is a share from 0% to 100%."))
                #expect(reply.text.contains("sampling: lots\n"))
            }
            let unknown = try await browser.submit(
                "/policies", on: "/policies/edit",
                [("source", sampled + "    survey: nowhere\n"), ("base", "2")])
            #expect(unknown.status == .unprocessableContent && unknown.text.contains("nowhere"))
            let fields = [("source", sampled), ("base", "2")]
            let manager = try await SignedIn.person(.manager, on: server)
            #expect(try await manager.submit("/policies", on: "/policies/edit", fields).status == .forbidden)
            #expect(try await manager.submit("/policies/edit", on: "/policies/edit", fields).status == .ok)
        }
    }
}
