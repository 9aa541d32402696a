import Dashboards
import Feedback
import Foundation
import HTTPTypes
import Postgres
import Store
import TestSupport
import Testing

@testable import Web

/// An agent's own page and their manager's side of it.
@Suite(.migrated) struct AgentPageTests {
    /// A server with two agents of one team, six answers about the first, and people who have signed in.
    private struct Centre {
        let server: TestServer
        let store: Store
        let ana, bo, manager, stranger: SignedIn
        /// The first agent, and the invitations about both.
        let agent: Int32
        let mine, theirs: [Int64]
    }

    private func running(_ body: @escaping @Sendable (Centre) async throws -> Void) async throws {
        try await TestServer.run(isSiteOpen: false) { server in
            let store = server.store
            try await store.take(
                .agents,
                """
                [{"ref": "A1", "name": "Ana <b>", "team": "North"}, {"ref": "A2", "name": "Bo", "team": "North"},
                 {"ref": "A3", "name": "Cy", "team": "South"}]
                """)
            let items = (0..<8).flatMap { number in
                ["A1", "A2"].map { agent in
                    """
                    {"ref": "call-\(agent)-\(number)", "customer": "zz-\(agent)-\(number)", "agent": "\(agent)", "topic": "Fees",
                     "started_at": "\(Date.test.days(-3).ISO8601Format())", "talk_seconds": \(200 + number)}
                    """
                }
            }
            try await store.take(.interactions, "[\(items.joined(separator: ","))]")
            _ = try await store.decideDueResolutions(now: .test.days(-2))
            func invitations(_ agent: String) async throws -> [Int64] {
                try await store.pool.query(
                    "select invitation_id from invitation join agent using (agent_id) where ref = $1 order by 1", agent
                ).decode(Int64.self)
            }
            let (mine, theirs) = (try await invitations("A1"), try await invitations("A2"))
            let said: [(Int64, Int16, String?)] =
                [(mine[0], 0, "Rude <script>alert(1)</script>"), (mine[1], 10, "Kind"), (mine[2], 9, "I can't cope")]
                + mine[3..<6].map { ($0, 10, nil) } + theirs.map { ($0, 8, "About Bo") }
            for (invitation, nps, comment) in said {
                let submission = Submission(
                    invitation: invitation, surveyVersion: 1, language: "en",
                    answers: Answers(nps: nps, csat: nps > 5 ? 5 : 1, resolved: true, comment: comment))
                #expect(try await store.submitAnswersApart([submission], now: .test.days(-1)) == [.stored])
            }
            try await store.refreshCells(now: .test)
            let centre = Centre(
                server: server, store: store,
                ana: try await .person(
                    .init(email: "a@example.com", name: "Ana", role: .agent, agent: "A1"), on: server),
                bo: try await .person(.init(email: "b@example.com", name: "Bo", role: .agent, agent: "A2"), on: server),
                manager: try await .person(
                    .init(email: "n@example.com", name: "Nora", role: .qualityManager, teams: ["North"]), on: server),
                stranger: try await .person(
                    .init(email: "s@example.com", name: "Sol", role: .qualityManager, teams: ["South"]), on: server),
                agent: try await store.pool.query("select agent_id from agent where ref = 'A1'").decodeOnly(Int32.self),
                mine: mine, theirs: theirs)
            try await body(centre)
        }
    }

    @Test func anAgentBeginsAtTheirOwnPage() async throws {
        try await running { centre in
            #expect(try await centre.ana.get("/").headers[.location] == "/me")
            let page = try await centre.ana.get("/me")
            #expect(page.status == .ok && page.headers[.cacheControl] == "no-store")
            #expect(page.text.contains("Ana &lt;b&gt;") && page.text.contains("team <bdi>North</bdi>"))
            #expect(page.text.contains("Last 28 days"))
            // Six answers: 0, 10, 9, 10, 10, 10.
            #expect(page.text.contains(">6 answers<") && page.text.contains("+67"))
            #expect(try await centre.manager.get("/").headers[.location]?.contains("/teams-") == true)
            #expect(try await centre.manager.get("/me").status == .forbidden)
            #expect(try await SignedIn(centre.server).get("/me").headers[.location] == "/sign-in?next=%2Fme")
        }
    }

    @Test func noParameterShowsAnotherAgentsPage() async throws {
        try await running { centre in
            let own = try await centre.ana.get("/me").text
            for query in ["agent=2", "agent=A2", "person=2", "scope=everything", "period=../2", "period=%00", "team=1"]
            {
                let page = try await centre.ana.get("/me?\(query)")
                #expect(page.status == .ok && page.text.count == own.count, "\(query)")
                #expect(!page.text.contains("About Bo") && !page.text.contains("<bdi>Bo</bdi>"))
            }
            for path in ["/me/2", "/agents", "/agents/\(centre.agent)", "/dashboards/agents/\(centre.agent).html"] {
                let page = try await centre.ana.get(path)
                #expect(page.status == .forbidden || page.status == .notFound, "\(path)")
                #expect(!page.text.contains("About Bo"))
            }
        }
    }

    @Test func theBytesHoldNoCustomerNoExactTimeAndNoCommentThatIsNotReleased() async throws {
        try await running { centre in
            func expectHidden(_ text: String, _ words: [String]) {
                for word in words + ["zz-", "call-A1", "can&#39;t cope", "can't cope", "About Bo", "22 Nov"] {
                    #expect(!text.contains(word), "\(word)")
                }
            }
            expectHidden(try await centre.ana.get("/me").text, ["Rude", "Kind"])
            // Released by their manager, but not by another team's.
            let path = "/agents/\(centre.agent)"
            let stolen = try await centre.stranger.post(
                path,
                [
                    ("token", try centre.stranger.token(of: try await centre.stranger.get("/account"))),
                    ("action", "release"), ("answer", "\(centre.mine[1])"),
                ])
            #expect(stolen.status == .notFound || stolen.status == .conflict)
            expectHidden(try await centre.ana.get("/me").text, ["Rude", "Kind"])
            for answer in [centre.mine[1], centre.mine[2]] {
                let reply = try await centre.manager.submit(
                    path, on: path, [("action", "release"), ("answer", "\(answer)")])
                #expect((reply.status == .seeOther) == (answer == centre.mine[1]))
            }
            let released = try await centre.ana.get("/me").text
            #expect(released.contains("Kind"))
            expectHidden(released, ["Rude"])
            try await centre.store.setAgentComments(.all, by: .program, now: .test)
            let all = try await centre.ana.get("/me").text
            #expect(all.contains("Rude &lt;script&gt;alert(1)&lt;/script&gt;") && !all.contains("<script"))
            expectHidden(all, [])
            // What went well stands first.
            let (well, other) = (
                try #require(all.range(of: "Kind")), try #require(all.range(of: "Rude &lt;"))
            )
            #expect(well.lowerBound < other.lowerBound)
        }
    }

    @Test func anObjectionIsTakenToOwnAnswersOnlyAndDecidedWithAReason() async throws {
        try await running { centre in
            func object(_ browser: SignedIn, _ answer: Int64, _ words: String) async throws -> HTTPResponse.Status {
                try await browser.submit(
                    "/me/objections", on: "/me", [("answer", "\(answer)"), ("words", words), ("period", "last-7-days")]
                ).status
            }
            let path = "/agents/\(centre.agent)"
            #expect(try await object(centre.ana, centre.theirs[0], "Mine?") == .notFound)
            #expect(try await object(centre.bo, centre.mine[0], "Hers") == .notFound)
            let manager = try await centre.manager.submit(
                "/me/objections", on: "/account", [("answer", "\(centre.mine[0])"), ("words", "Not an agent")])
            #expect(manager.status == .forbidden)
            // What was typed is kept beside what is wrong with it.
            let long = try await centre.ana.submit(
                "/me/objections", on: "/me",
                [("answer", "\(centre.mine[0])"), ("words", String(repeating: "é<", count: 1001))])
            #expect(long.status == .unprocessableContent && long.text.contains("é&lt;é&lt;"))
            #expect(long.text.contains("2000 characters at the most; these are 2002"))
            #expect(try await object(centre.ana, centre.mine[0], "  ") == .unprocessableContent)
            #expect(try await object(centre.ana, centre.mine[0], "a\u{0}b") == .unprocessableContent)
            #expect(try await centre.store.pool.query("select count(*) from objection").decodeOnly(Int.self) == 0)
            #expect(try await object(centre.ana, centre.mine[0], "Policy <i>; drop table objection") == .seeOther)
            #expect(try await object(centre.ana, centre.mine[0], "Again") == .seeOther)
            let waiting = try await centre.ana.get("/me").text
            #expect(
                waiting.contains("waits for a manager") && waiting.contains("Policy &lt;i&gt;; drop table objection")
            )

            let page = try await centre.manager.get(path).text
            #expect(page.contains("Policy &lt;i&gt;") && page.contains("Rude &lt;script&gt;"))
            let number = try await centre.store.pool.query("select objection_id from objection").decodeOnly(Int64.self)
            let empty = try await centre.manager.submit(
                path, on: path, [("action", "accept"), ("objection", "\(number)"), ("reason", "")])
            #expect(empty.status == .unprocessableContent && empty.text.contains("Write a few words."))
            let decided = try await centre.manager.submit(
                path, on: path, [("action", "accept"), ("objection", "\(number)"), ("reason", "I listened.")])
            #expect(decided.headers[.location] == "\(path)?done=accepted")
            let again = try await centre.manager.submit(
                path, on: path, [("action", "decline"), ("objection", "\(number)"), ("reason", "No.")])
            #expect(again.status == .conflict)
            try await centre.store.refreshCells(now: .test)
            let after = try await centre.ana.get("/me").text
            #expect(after.contains("accepted: this answer does not count for you") && after.contains("I listened."))
            // Five answers count: 10, 9, 10, 10, 10; both figures are there.
            #expect(after.contains(">5 answers<") && after.contains("+100"))
            #expect(after.contains("With and without what does not count") && after.contains("+67"))
            #expect(try await centre.bo.get("/me").text.contains("With and without") == false)
        }
    }

    @Test func formsWithoutTheirTokenOrFromElsewhereAreRefused() async throws {
        try await running { centre in
            let fields = [("answer", "\(centre.mine[0])"), ("words", "x"), ("note", "1"), ("action", "note")]
            let token = ("token", try centre.ana.token(of: try await centre.ana.get("/me")))
            for path in ["/me/objections", "/me/notes"] {
                #expect(try await centre.ana.post(path, fields).status == .badRequest)
                #expect(
                    try await centre.ana.post(path, fields + [token], origin: "https://elsewhere.example").status
                        == .badRequest)
                #expect(try await centre.bo.post(path, fields + [token]).status == .badRequest)
            }
            let path = "/agents/\(centre.agent)"
            #expect(try await centre.manager.post(path, fields).status == .badRequest)
            #expect(try await centre.manager.submit(path, on: path, [("action", "delete")]).status == .badRequest)
            #expect(
                try await centre.store.pool.query(
                    "select (select count(*) from objection) + (select count(*) from agent_note)"
                ).decodeOnly(Int.self) == 0)
        }
    }

    @Test func aNoteIsWrittenByTheAgentsManagerAndRepliedToByTheAgent() async throws {
        try await running { centre in
            let path = "/agents/\(centre.agent)"
            let note = [("action", "note"), ("month", "2026-11-01"), ("words", "Well <done>")]
            #expect(try await centre.manager.submit(path, on: path, note).status == .seeOther)
            let stranger = try await centre.stranger.submit(path, on: "/account", note)
            #expect(stranger.status == .notFound)
            #expect(
                try await centre.manager.submit(
                    path, on: path, [("action", "note"), ("month", "1999-01-01"), ("words", "x")]
                ).status == .badRequest)
            let page = try await centre.ana.get("/me").text
            #expect(page.contains("Well &lt;done&gt;") && page.contains("November 2026") && page.contains("Nora"))
            let number = try await centre.store.pool.query("select agent_note_id from agent_note").decodeOnly(
                Int64.self)
            func reply(_ browser: SignedIn) async throws -> HTTPResponse.Status {
                try await browser.submit("/me/notes", on: "/me", [("note", "\(number)"), ("words", "Thank you & bye")])
                    .status
            }
            #expect(try await reply(centre.bo) == .notFound)
            #expect(try await reply(centre.ana) == .seeOther)
            #expect(try await centre.manager.get(path).text.contains("Thank you &amp; bye"))
            #expect(try await !centre.bo.get("/me").text.contains("Well"))
        }
    }

    @Test func aManagerFindsTheirAgentsAndNoOthers() async throws {
        try await running { centre in
            let page = try await centre.manager.get("/agents").text
            #expect(page.contains("Ana &lt;b&gt;") && page.contains("Bo") && !page.contains("Cy"))
            #expect(try await centre.manager.get("/agents?name=ana").text.contains("Ana &lt;b&gt;"))
            #expect(try await centre.manager.get("/agents?name=%25%27%22%3Cx").text.contains("%&#39;&quot;&lt;x"))
            for path in ["/agents/\(centre.agent)", "/agents/999", "/agents/-1", "/agents/x", "/agents/99999999999"] {
                #expect(try await centre.stranger.get(path).status == .notFound, "\(path)")
            }
        }
    }

    @Test func belowTheLeastNumberItSaysHowManyAreMissing() async throws {
        try await running { centre in
            try await centre.store.setOrganisation(name: nil, timeZone: nil, shownFrom: 8)
            try await centre.store.refreshCells(now: .test)
            let page = try await centre.ana.get("/me").text
            #expect(page.contains("Still missing before a figure is shown: NPS 2 more answers"))
            #expect(page.contains("2 more are missing") && !page.contains("would recommend: 10 of 10"))
        }
    }

    @Test func everyTagOfTheTemplatesIsFilled() async throws {
        try await running { centre in
            let (store, agent) = (centre.store, centre.agent)
            let people = try await store.pool.query("select name, person_id from person").decode(
                String.self, Int32.self)
            let ids = Dictionary(uniqueKeysWithValues: people)
            let (ana, nora) = (try #require(ids["Ana"]), try #require(ids["Nora"]))
            for answer in centre.mine.prefix(3) {
                _ = try await store.raiseObjection(to: answer, words: "No.", by: ana, network: nil, now: .test)
            }
            let number = try await store.pool.query("select min(objection_id) from objection").decodeOnly(Int64.self)
            _ = try await store.decideObjection(
                number, ofAgent: agent, accepting: true, reason: "Yes.", by: nora, seeing: nil, network: nil, now: .test
            )
            for words in ["First", "Second"] {
                _ = try await store.writeAgentNote(
                    to: agent, about: CalendarDay(.test, in: .gmt), words: words, by: nora, seeing: nil, network: nil,
                    now: .test)
            }
            let note = try await store.pool.query("select max(agent_note_id) from agent_note").decodeOnly(Int64.self)
            _ = try await store.replyToAgentNote(note, words: "Thanks.", by: ana, network: nil, now: .test)
            let (own, feedback) = try await store.readingFigures { figures in
                (
                    try #require(
                        try await OwnFigures.read(ofAgent: agent, period: nil, now: .test, from: figures)),
                    try await figures.ownFeedback(ofAgent: agent, now: .test)
                )
            }
            let review = try #require(try await store.review(ofAgent: agent, seeing: nil, now: .test))
            let frame = StaffFrame(title: "Agents", head: .test)
            let words = TypedWords("", most: 9)
            let tags = TemplateTags(StaffPages.templates.mapValues { String(decoding: $0, as: UTF8.self) })
            let pages: [(String, Any)] = [
                (
                    "me",
                    MePage(
                        frame: frame, own: own, feedback: feedback,
                        typed: .init(field: .objection(centre.mine[4]), words: words))
                ),
                (
                    "reviewed-agents",
                    ReviewedAgentsPage(
                        frame: frame, name: "x",
                        agents: try await store.reviewedAgents(seeing: nil, limit: 9, now: .test), most: 1)
                ),
                (
                    "reviewed-agent",
                    ReviewedAgentPage(
                        frame: frame, review: review, months: [CalendarDay(.test, in: .gmt)], zone: .gmt,
                        typed: .init(field: .note, words: words, month: nil), dashboards: "/")
                ),
            ]
            for (name, model) in pages {
                let faults = tags.faults(of: name, with: [model]).filter {
                    $0.contains("there is no") || $0.contains("no model")
                }
                #expect(faults.isEmpty, "\(faults)")
            }
        }
    }
}
