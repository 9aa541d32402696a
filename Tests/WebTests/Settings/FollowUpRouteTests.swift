import Feedback
import Foundation
import Hummingbird
import HummingbirdTesting
import People
import Store
import TestSupport
import Testing

@testable import Web

@Suite(.migrated) struct FollowUpRouteTests {
    /// Three answers: of team North with words of distress, of nobody's team with them, and a harmless one.
    private func fill(_ server: TestServer) async throws -> [Int64] {
        try await server.store.take(.agents, #"[{"ref": "A1", "team": "North"}]"#)
        let ids = try await server.store.invite(1)
        try await server.store.take(.agents, #"[{"ref": "A1", "team": "South"}]"#)
        let all = ids + (try await server.store.invite(2, at: .test.hours(1)).filter { $0 != ids[0] })
        for (id, comment) in zip(all, ["I can't cope <b>", "cancer", "Very kind"]) {
            let said = Submission(
                invitation: id, surveyVersion: 1, language: "en", answers: Answers(nps: 2, comment: comment))
            #expect(try await server.store.submitAnswersApart([said], now: .test.hours(2)) == [.stored])
        }
        return all
    }

    @Test func aFollowUpIsReadTakenAndClosed() async throws {
        try await TestServer.run { server in
            server.clock.move(to: .test.hours(3))
            _ = try await fill(server)
            let browser = try await SignedIn.person(.manager, on: server)
            let list = try await browser.get("/follow-ups").text
            #expect(list.contains("I can&#39;t cope &lt;b&gt;") || list.contains("I can't cope &lt;b&gt;"))
            #expect(list.contains("cancer") && !list.contains("Very kind"))
            let path = "/follow-ups/1"
            #expect(try await browser.submit(path, on: path, [("action", "take")]).status == .seeOther)
            #expect(try await browser.get(path).text.contains("by <bdi>Quinn</bdi>"))
            let late = try await browser.submit(path, on: path, [("action", "take"), ("holder", "")])
            #expect(late.status == .conflict && late.text.contains("Quinn looks after it now"))
            let empty = try await browser.submit(path, on: path, [("action", "close"), ("note", "  ")])
            #expect(empty.status == .unprocessableContent && empty.text.contains("Write a few words."))
            let note = "Called back <i>"
            let long = try await browser.submit(
                path, on: path, [("action", "close"), ("note", String(repeating: "x", count: 2001))])
            #expect(long.status == .unprocessableContent)
            #expect(
                try await browser.submit(path, on: path, [("action", "close"), ("note", note)]).status == .seeOther)
            #expect(try await !browser.get("/follow-ups").text.contains("can&#39;t cope"))
            #expect(try await browser.get("/follow-ups?closed").text.contains("Called back &lt;i&gt;"))
            let token = try browser.token(of: try await browser.get("/follow-ups"))
            let again = try await browser.post(path, [("action", "close"), ("note", "x"), ("token", token)])
            #expect(again.status == .conflict)
            #expect(
                try await server.store.auditRows(limit: 2).map(\.action) == ["follow-up.close", "follow-up.take"])
        }
    }

    @Test func anAnswerBecomesAComplaintWithItsTerms() async throws {
        try await TestServer.run { server in
            server.clock.move(to: .test.hours(3))
            let ids = try await fill(server)
            let browser = try await SignedIn.person(.manager, on: server)
            #expect(
                try await browser.submit("/follow-ups", on: "/follow-ups", [("answer", "\(ids[2])")]).status
                    == .seeOther)
            let list = try await browser.get("/follow-ups").text
            #expect(list.contains("answer-\(ids[2])") && list.contains("First answer") && list.contains("Very kind"))
            #expect(
                try await browser.submit("/follow-ups/1", on: "/follow-ups/1", [("action", "complaint")]).status
                    == .seeOther)
            #expect(try await browser.get("/follow-ups").text.contains("answer-\(ids[0])"))
            for wrong in ["", "x", "999", "-1", "1 or true", "99999999999999999999"] {
                let reply = try await browser.submit("/follow-ups", on: "/follow-ups", [("answer", wrong)])
                #expect(reply.status == .unprocessableContent && reply.text.contains("answer-problem"))
            }
        }
    }

    @Test func aScopedManagerSeesNothingElse() async throws {
        try await TestServer.run { server in
            server.clock.move(to: .test.hours(3))
            let ids = try await fill(server)
            let north = try await SignedIn.person(
                PersonSettings(email: "n@example.com", name: "N", role: .qualityManager, teams: ["North"]), on: server)
            let list = try await north.get("/follow-ups").text
            #expect(list.contains("cope") && !list.contains("cancer"))
            #expect(try await north.get("/follow-ups/1").status == .ok)
            #expect(try await north.get("/follow-ups/2").status == .notFound)
            let token = try north.token(of: try await north.get("/follow-ups"))
            for action in ["take", "close", "complaint"] {
                let reply = try await north.post(
                    "/follow-ups/2", [("action", action), ("note", "x"), ("token", token)])
                #expect(reply.status == .notFound)
            }
            let marked = try await north.post("/follow-ups", [("answer", "\(ids[1])"), ("token", token)])
            #expect(marked.status == .unprocessableContent)
            #expect(try await server.store.followUp(2, seenBy: nil)?.takenBy == nil)
            for path in ["x", "0", "-1", "99999999999999999999", "1%27"] {
                #expect(try await north.get("/follow-ups/\(path)").status == .notFound)
            }
        }
    }
}
