import Delivery
import Feedback
import Foundation
import Hummingbird
import HummingbirdTesting
import Store
import TestSupport
import Testing

@testable import Web

@Suite(.migrated) struct TemplateRouteTests {
    private let text = "{{organisation}}: <3 {{question}} {{link}} Reply {{stop}} to end"

    @Test func aMessageIsRefusedByTheLintThenPublishedAndThenTheStandardAgain() async throws {
        try await TestServer.run { server in
            let browser = try await SignedIn.person(.administrator, on: server)
            let place = "/templates/sms/en"
            #expect(try await browser.get("/templates").text.contains("The standard words."))
            #expect(try await browser.get(place).text.contains("{{organisation}}: {{question}} Reply"))
            func send(_ path: String, _ source: String, _ action: String, base: Int = 0) async throws -> TestResponse {
                try await browser.submit(
                    path, on: place, [("source", source), ("base", "\(base)"), ("action", action)])
            }
            let debt = "Your debt: " + text.replacing("{{stop}}", with: "{{halt}}")
            for (path, action) in [(place, "check"), (place + "/publish", "publish")] {
                let refused = try await send(path, debt, action)
                #expect(refused.status == .unprocessableContent)
                #expect(refused.text.contains("&quot;debt&quot; would tell a bystander"))
                #expect(refused.text.contains("There is no tag {{halt}} here"))
                #expect(refused.text.contains("Your debt: {{organisation}}: &lt;3"))
            }
            #expect(try await send(place, debt, "preview").text.contains("It cannot be shown as it is."))
            let preview = try await send(place, text, "preview")
            #expect(preview.text.contains("&lt;3 How likely are you") && preview.text.contains("characters in GSM-7"))
            #expect(preview.headers[.contentSecurityPolicy]?.contains("sandbox") == true)
            #expect(try await server.store.publishedTemplates().isEmpty)
            #expect(try await send(place + "/publish", text, "publish").headers[.location] == place + "?done=published")
            #expect(try await server.store.messageTemplates().template(for: .sms, in: Language.all[0])?.source == text)
            #expect(try await browser.get("/templates").text.contains(" by Ada."))
            let stale = try await send(place + "/publish", text + "!", "publish")
            #expect(stale.status == .conflict && stale.text.contains("to end!"))
            #expect(try await send(place + "/publish", text, "standard", base: 1).status == .seeOther)
            #expect(try await browser.get(place).text.contains("gone back to on"))
            #expect(try await server.store.auditRows(limit: 1).first?.action == "template.standard")
        }
    }

    @Test(arguments: MessageChannel.allCases) func everyMessageHasItsPageAndItsPreviews(channel: MessageChannel)
        async throws
    {
        try await TestServer.run { server in
            let manager = try await SignedIn.person(.manager, on: server)
            for language in Language.all {
                let place = "/templates/\(channel.rawValue)/\(language.code)"
                let page = try await manager.get(place)
                #expect(page.status == .ok && page.text.contains("lang=\"\(language.code)\""))
                #expect(!page.text.contains("Publish</button>"))
                for query in ["", "?reminder"] {
                    #expect(try await manager.get(place + "/preview" + query).status == .ok)
                }
                let fields = [("source", "x"), ("base", "0"), ("action", "publish")]
                #expect(try await manager.submit(place + "/publish", on: place, fields).status == .forbidden)
            }
        }
    }
}
