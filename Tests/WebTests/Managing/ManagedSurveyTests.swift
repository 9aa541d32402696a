import Feedback
import Foundation
import Hummingbird
import HummingbirdTesting
import Store
import TestSupport
import Testing

@testable import Web

@Suite(.migrated) struct ManagedSurveyTests {
    /// The fields of the editor as it was shown, as a browser would send them.
    private func fields(of page: TestResponse) -> [(String, String)] {
        var fields: [(String, String)] = page.text.matches(
            of: /<input type="hidden" name="([^"]+)" value="([^"]*)">/
        ).map { (String($0.1), String($0.2)) }
        // The form to sign out stands before, with a token of its own.
        if let first = fields.firstIndex(where: { $0.0 == "token" }) { fields.remove(at: first) }
        fields += page.text.matches(of: /<textarea id="[^"]+" name="([^"]+)"[^>]*>\n([^<]*)<\/textarea>/)
            .map { (String($0.1), unescaped(String($0.2))) }
        fields += page.text.matches(of: /<input type="checkbox" name="([^"]+)" value="yes" checked>/)
            .map { (String($0.1), "yes") }
        return fields
    }

    private func unescaped(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    }

    private func setting(_ name: String, _ value: String, in fields: [(String, String)]) -> [(String, String)] {
        fields.filter { $0.0 != name } + [(name, value)]
    }

    /// The questions' keys in the order of the editor.
    private func keys(_ page: TestResponse) -> [String] {
        page.text.matches(of: /name="questions\.[0-9]+\.key" value="([^"]+)"/).map { String($0.1) }
    }

    @Test func aSurveyIsChangedPreviewedAndPublished() async throws {
        try await TestServer.run(isSiteOpen: false) { server in
            let invitation = try await server.store.invite(1)[0]
            let browser = try await SignedIn.person(.administrator, on: server)
            #expect(try await browser.get("/surveys").text.contains("after-contact"))
            #expect(try await browser.get("/surveys/1").text.contains("How likely are you to recommend us"))
            let editor = try await browser.get("/surveys/1/edit")
            #expect(keys(editor) == ["nps", "csat", "ces", "resolved", "comment"])
            var typed = setting("questions.0.text.en", "Would you <b>recommend</b> us?", in: fields(of: editor))
            typed = setting("title.ar", "عنوان جديد", in: typed)
            let moved = try await browser.post("/surveys/1/edit", typed + [("action", "down 0")])
            #expect(keys(moved) == ["csat", "nps", "ces", "resolved", "comment"])
            #expect(moved.text.contains("Would you &lt;b&gt;recommend&lt;/b&gt; us?"))
            let preview = try await browser.post("/surveys/1/edit", fields(of: moved) + [("preview", "ar")])
            #expect(preview.text.contains("عنوان جديد") && preview.text.contains("dir=\"rtl\""))
            #expect(preview.headers[.contentSecurityPolicy]?.hasSuffix("frame-ancestors 'self'; sandbox") == true)
            #expect(try await server.store.publishedSurveys().count == 1)
            let published = try await browser.post("/surveys/1/publish", fields(of: moved))
            #expect(published.status == .seeOther && published.headers[.location] == "/surveys/1?published")
            #expect(try await browser.get("/surveys/1?published").text.contains("Version 2 is published"))
            let newest = try #require(try await server.store.surveyVersions(after: 1).first)
            #expect(newest.survey.questions.map(\.key) == ["csat", "nps", "ces", "resolved", "comment"])
            #expect(newest.survey.questions[1].text["en"] == "Would you <b>recommend</b> us?")
            #expect(
                newest.survey.questions[1].text["es"]
                    == "¿Qué probabilidad hay de que nos recomiende a un amigo o colega?")
            #expect(try await server.store.auditRows(limit: 1).first?.action == "survey.publish")
            // Who was invited before is asked what they were invited to.
            #expect(try await server.get(server.path(invitation)).text.contains("How likely are you"))
            #expect(try await browser.get("/surveys/1/versions/1").text.contains("Earlier version"))
            #expect(try await browser.get("/surveys/1/versions/1/preview?lang=es").text.contains("¿Cómo lo hicimos?"))
        }
    }

    @Test func whatCannotBePublishedStandsBesideItsField() async throws {
        try await TestServer.run { server in
            let browser = try await SignedIn.person(.administrator, on: server)
            var typed = fields(of: try await browser.get("/surveys/1/edit"))
            typed = setting("intro.en", "About your debt", in: typed)
            typed = setting("questions.1.low.es", "  ", in: typed)
            typed = setting("questions.2.text.en", String(repeating: "x", count: 301), in: typed)
            for path in ["/surveys/1/publish", "/surveys/1/edit"] {
                let reply = try await browser.post(path, typed + [("action", "check")])
                #expect(reply.status == .unprocessableContent)
                #expect(reply.text.contains(#"id="intro-en-problem">&quot;debt&quot; would tell a bystander"#))
                #expect(reply.text.contains(#"id="questions-1-low-es-problem">This text is missing."#))
                #expect(
                    reply.text.contains(
                        #"href="\#u{23}questions-2-text-en">Question 3, Question, English: Text in en has 301 characters"#
                    ))
                #expect(reply.text.contains("About your debt</textarea>"))
            }
            #expect(try await server.store.publishedSurveys().count == 1)
        }
    }

    @Test func questionsAndLanguagesComeAndGo() async throws {
        try await TestServer.run { server in
            let browser = try await SignedIn.person(.administrator, on: server)
            var page = try await browser.get("/surveys/1/edit")
            func act(_ action: String, _ more: [(String, String)] = []) async throws {
                page = try await browser.post("/surveys/1/edit", fields(of: page) + [("action", action)] + more)
                #expect(page.status == .ok)
            }
            try await act("remove 2")
            try await act("add", [("kind", "ces 7 higher")])
            // On another scale it is another question.
            #expect(keys(page) == ["nps", "csat", "resolved", "comment", "ces_2"])
            try await act("add", [("kind", "choice")])
            try await act("add-choice 5")
            try await act("remove-choice 5 0")
            #expect(page.text.contains(#"name="questions.5.choices.1.key" value="option_3""#))
            try await act("remove-language es")
            try await act("remove-language ar")
            #expect(page.text.contains(#"name="languages" value="en""#))
            try await act("remove-language en")
            #expect(page.text.contains(#"name="languages" value="en""#))
            for action in ["up 0", "down 99", "up -1", "remove 99", "add-choice 0", "remove-choice 5 9"] {
                try await act(action)
            }
            #expect(keys(page).count == 6)
            var typed = fields(of: page)
            for (name, _) in typed where name.hasSuffix(".en") && name.hasPrefix("questions.") {
                typed = setting(name, "Words", in: typed)
            }
            #expect(try await browser.post("/surveys/1/publish", typed).status == .seeOther)
            let survey = try #require(try await server.store.surveyVersions(after: 1).first).survey
            #expect(survey.languages == ["en"] && survey.question(.ces)?.points == 7)
            #expect(survey.question(.ces)?.lowerIsBetter == false)
            #expect(survey.question(.choice)?.choices.map(\.key) == ["option_2", "option_3"])
        }
    }

    @Test func whatWasPublishedMeanwhileIsNotOverwrittenUnseen() async throws {
        try await TestServer.run { server in
            let browser = try await SignedIn.person(.administrator, on: server)
            let typed = setting("title.en", "Mine", in: fields(of: try await browser.get("/surveys/1/edit")))
            var other = try SurveyFile.standard().survey
            other.title["en"] = "Theirs"
            _ = try await server.store.publish(SurveyFile(SurveyWriter(other).text), now: .test)
            let refused = try await browser.post("/surveys/1/publish", typed)
            #expect(refused.status == .conflict && refused.text.contains("Mine</textarea>"))
            #expect(refused.text.contains("Version 2 was published"))
            #expect(try await server.store.publishedSurveys().count == 2)
            #expect(try await browser.post("/surveys/1/publish", fields(of: refused)).status == .seeOther)
            #expect(try await server.store.surveyVersions(after: 2).first?.survey.title["en"] == "Mine")
        }
    }

    @Test func scalesAndKindsStayWhateverAFormSays() async throws {
        try await TestServer.run { server in
            let browser = try await SignedIn.person(.administrator, on: server)
            var typed = setting("title.en", "New", in: fields(of: try await browser.get("/surveys/1/edit")))
            typed = setting("questions.2.new", "nps", in: typed)
            #expect(try await browser.post("/surveys/1/publish", typed).status == .seeOther)
            let effort = try #require(try await server.store.surveyVersions(after: 1).first?.survey.questions[2])
            #expect(effort.kind == .ces && effort.points == 5 && effort.lowerIsBetter)
        }
    }

    @Test func aFileIsCheckedLineByLineAndMakesANewSurvey() async throws {
        try await TestServer.run { server in
            let browser = try await SignedIn.person(.administrator, on: server)
            let standard = try SurveyFile.standard().source
            #expect(try await browser.get("/surveys/1/file").text.contains("survey: after-contact"))
            let wrong = standard.replacing("points: 5", with: "points: 6")
            let refused = try await browser.submit(
                "/surveys/1/file/publish", on: "/surveys/1/file",
                [("source", wrong.replacing("\n", with: "\r\n")), ("base", "1")])
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("<b>Line 37.</b> Points is 5 or 7. <code dir=\"auto\">points: 6</code>"))
            let renamed = standard.replacing("survey: after-contact", with: "survey: other")
            let elsewhere = try await browser.submit(
                "/surveys/1/file/publish", on: "/surveys/1/file", [("source", renamed), ("base", "1")])
            #expect(elsewhere.status == .unprocessableContent)
            let taken = try await browser.submit(
                "/surveys", on: "/surveys/new", [("source", standard + "\n"), ("base", "0")])
            #expect(taken.status == .conflict)
            let made = try await browser.submit("/surveys", on: "/surveys/new", [("source", renamed), ("base", "0")])
            #expect(made.status == .seeOther)
            let place = try #require(made.headers[.location])
            #expect(try await browser.get(place).text.contains("<h1>other</h1>"))
            #expect(try await server.store.publishedSurveys().map(\.name) == ["after-contact", "other"])
        }
    }

    @Test func whoSeesEverythingTriesAndDoesNotPublish() async throws {
        try await TestServer.run { server in
            // The scoped manager's portfolio is there once somebody was served in it.
            _ = try await server.store.invite(1)
            let manager = try await SignedIn.person(.manager, on: server)
            let page = try await manager.get("/surveys/1/edit")
            #expect(page.status == .ok && !page.text.contains("Publish as version"))
            #expect(try await manager.post("/surveys/1/edit", fields(of: page) + [("action", "check")]).status == .ok)
            #expect(try await manager.post("/surveys/1/publish", fields(of: page)).status == .forbidden)
            #expect(try await manager.post("/surveys/1/file/publish", fields(of: page)).status == .forbidden)
            let scoped = try await SignedIn.person(.scopedManager, on: server)
            #expect(try await scoped.get("/surveys/1/edit").status == .forbidden)
        }
    }

    @Test func hostileFormsAreRefused() async throws {
        try await TestServer.run { server in
            let browser = try await SignedIn.person(.administrator, on: server)
            let page = try await browser.get("/surveys/1/edit")
            let own = fields(of: page)
            #expect(
                try await browser.post("/surveys/1/publish", own, origin: "https://evil.example").status == .badRequest)
            #expect(try await browser.post("/surveys/1/publish", setting("token", "x", in: own)).status == .badRequest)
            for (name, value) in [
                ("base", "x"), ("base", ""), ("languages", "en xx"), ("languages", "en en"),
                ("action", "explode"), ("action", "add"), ("action", "up one"),
            ] {
                let typed = setting("action", "check", in: own)
                #expect(
                    try await browser.post("/surveys/1/edit", setting(name, value, in: typed)).status == .badRequest,
                    "\(name) \(value)")
            }
            let poem = setting("questions.0.new", "poem", in: setting("questions.0.key", "verse", in: own))
            #expect(try await browser.post("/surveys/1/publish", poem).status == .badRequest)
            let token = try browser.token(of: page)
            let none = try await browser.post("/surveys/1/publish", [("token", token), ("base", "1")])
            #expect(none.status == .unprocessableContent)
            let many = (0..<3000).map { ("questions.\($0).key", "nps") }
            #expect(try await browser.post("/surveys/1/publish", own + many).status == .badRequest)
            let thousand = (5..<1000).map { ("questions.\($0).key", "nps") }
            #expect(try await browser.post("/surveys/1/publish", own + thousand).status == .unprocessableContent)
            let large = setting("intro.en", String(repeating: "x", count: 300_000), in: own)
            #expect(try await browser.post("/surveys/1/publish", large).status == .contentTooLarge)
            let broken = try await browser.send(
                "/surveys/1/publish", .post, body: "token=\(token)&base=1&title.en=%FF%FE", origin: server.origin)
            #expect(broken.status == .badRequest)
            for text in ["a\u{0}b", "\u{202E}drow", "a\u{200B}b"] {
                let reply = try await browser.post("/surveys/1/publish", setting("title.en", text, in: own))
                #expect(reply.status == .unprocessableContent && reply.text.contains("which is not seen"))
            }
            let bomb = "a: &a [x]\nb: &b [*a, *a]\n"
            for path in [
                "/surveys/1/file", "/surveys/1/file/publish", "/surveys/new", "/surveys", "/policies/edit", "/policies",
            ] {
                let reply = try await browser.post(
                    path, [("token", token), ("base", "0"), ("source", bomb), ("action", "check")])
                #expect(
                    reply.status == .unprocessableContent && reply.text.contains("Anchors (&amp;name) are not taken"),
                    "\(path)")
                let deep = String(repeating: "[", count: 5000)
                let nested = try await browser.post(path, [("token", token), ("base", "0"), ("source", deep)])
                #expect(nested.status == .unprocessableContent, "\(path)")
            }
            for path in [
                "/surveys/99", "/surveys/x", "/surveys/1/versions/9", "/surveys/1/versions/1/preview?lang=xx",
                "/surveys/99/edit", "/surveys/99/file", "/policies/99", "/policies/x", "/policies/edit?version=99",
                "/templates/pigeon/en", "/templates/email/xx", "/templates/webhook/en/preview",
            ] {
                #expect(try await browser.get(path).status == .notFound, "\(path)")
            }
            #expect(try await server.store.publishedSurveys().count == 1)
        }
    }
}
