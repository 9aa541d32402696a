import Feedback
import Foundation
import Hummingbird
import HummingbirdTesting
import Postgres
import Store
import TestSupport
import Testing

@testable import Web

@Suite(.migrated) struct ExportRouteTests {
    private func key(_ server: TestServer) async throws -> String {
        try await server.store.createAPIKey(
            name: "test", scopes: [.ingest, .read], secret: [UInt8](repeating: 9, count: 32), by: .program, now: .test)
    }

    private func get(
        _ server: TestServer, _ query: String, key: String?, method: HTTPRequest.Method = .get
    ) async throws -> TestResponse {
        try await server.client.execute(
            uri: "/api/v1/responses.csv\(query)", method: method,
            headers: key.map { [.authorization: "Bearer \($0)"] } ?? [:])
    }

    private func answer(_ server: TestServer, _ answers: [Answers]) async throws {
        let ids = try await server.store.invite(answers.count)
        _ = try await server.store.submitAnswers(
            zip(ids, answers).map { Submission(invitation: $0, surveyVersion: 1, language: "en", answers: $1) },
            now: .test)
    }

    @Test func answersComeAsAFile() async throws {
        try await TestServer.run { server in
            try await answer(server, [Answers(nps: 0, comment: "=1+1"), Answers(nps: 10)])
            let key = try await key(server)
            let response = try await get(server, "", key: key)
            #expect(response.status == .ok && response.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(response.headers[.contentDisposition] == "attachment; filename=\"responses.csv\"")
            #expect(response.headers[.cacheControl] == "no-store")
            let rows = csvRecords(response.text)
            #expect(rows.map { $0["nps"] } == ["0", "10"] && rows.first?["comment"] == "'=1+1")
            let filtered = try await get(
                server, "?from=2026-11-23&to=2026-11-23&team=&topic=Payment+plan&portfolio=%43ards&channel=phone",
                key: key)
            #expect(csvRecords(filtered.text).count == 2)
            #expect(csvRecords(try await get(server, "?from=2026-11-24", key: key).text).isEmpty)
            let head = try await get(server, "", key: key, method: .head)
            #expect(head.status == .ok && head.body.readableBytes == 0)
        }
    }

    @Test func withoutAGoodKeyNothingIsSaid() async throws {
        try await TestServer.run { server in
            _ = try await key(server)
            for wrong in [nil, "", "hb_0"] {
                let response = try await get(server, "?team=nobody", key: wrong)
                #expect(response.status == .unauthorized && response.headers[.wwwAuthenticate] == "Bearer")
            }
        }
    }

    @Test(arguments: [
        ("?from=2026-11-24&to=2026-11-23", "the period ends (2026-11-23) before it starts (2026-11-24)"),
        ("?from=yesterday", "\"yesterday\" is no day; from is written YYYY-MM-DD."),
        ("?to=2026-02-30", "\"2026-02-30\" is no day; to is written YYYY-MM-DD."),
        ("?team=West", "there is no team \"West\"; none is known yet"),
        ("?agent=A9", "there is no agent \"A9\"; there are: A1"),
        ("?agent=A1%00", "there is no agent \"A1\u{0}\"; there are: A1"),
        (
            "?teams=West",
            "There is no parameter \"teams\"; there are: from, to, team, agent, portfolio, topic, channel."
        ),
        ("?agent=A1&agent=A2", "The parameter agent comes twice."),
        ("?agent=%E9", "The query is not percent-encoded UTF-8."),
    ])
    func whatCannotBeExportedIsAProblem(query: String, detail: String) async throws {
        struct Reply: Decodable {
            let status: Int
            let detail: String
        }
        try await TestServer.run { server in
            try await answer(server, [Answers(nps: 1)])
            let response = try await get(server, query, key: try await key(server))
            let reply = try JSONDecoder().decode(Reply.self, from: Data(response.body.readableBytesView))
            #expect(response.status == .badRequest && reply.status == 400 && reply.detail == detail)
            #expect(response.headers[.contentType] == "application/problem+json")
        }
    }

    @Test func otherMethodsAreRefused() async throws {
        try await TestServer.run { server in
            let response = try await get(server, "", key: nil, method: .delete)
            #expect(response.status == .methodNotAllowed && response.headers[.allow] == "GET, HEAD")
        }
    }

    /// About 20 MB of answers, more than the buffers of a connection hold.
    private func answerAtLength(_ server: TestServer) async throws {
        _ = try await server.store.invite(5000)
        try await server.store.pool.query(
            """
            insert into response (invitation_id, answered_at, language, nps, comment)
            select invitation_id, issued_at, 'en', 1, repeat('x', 4000) from invitation
            """)
    }

    private func halfRead(_ server: TestServer, key: String) async throws -> HalfReader {
        let download = try await HalfReader.open(
            port: server.port, "GET /api/v1/responses.csv HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(key)\r\n\r\n")
        #expect(download.start.hasPrefix("HTTP/1.1 200 OK"))
        return download
    }

    /// All connections can be had at once only when no download holds one.
    private func leaseEveryConnection(_ server: TestServer) async throws {
        let meeting = Meeting(server.store.pool.counts.maximum)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<server.store.pool.counts.maximum {
                group.addTask { try await server.store.pool.withConnection { _ in await meeting.arrive() } }
            }
            try await group.waitForAll()
        }
    }

    @Test func aReaderWhoLeavesHalfWayGivesTheConnectionAndThePlaceBack() async throws {
        try await TestServer.run(exportPatience: .seconds(600)) { server in
            try await answerAtLength(server)
            let key = try await key(server)
            let downloads = [try await halfRead(server, key: key), try await halfRead(server, key: key)]
            let third = try await get(server, "", key: key)
            #expect(third.status == .serviceUnavailable && third.headers[.retryAfter] == "5")
            // One that the server has closed meanwhile is gone already.
            for download in downloads { try? await download.channel.close() }
            try await leaseEveryConnection(server)
            // The places are free in a moment, too.
            while try await get(server, "?to=2000-01-01", key: key).status != .ok { await Task.yield() }
        }
    }

    @Test func aReaderWhoStopsReadingIsNotWaitedForLong() async throws {
        try await TestServer.run(exportPatience: .milliseconds(50)) { server in
            try await answerAtLength(server)
            let download = try await halfRead(server, key: try await key(server))
            try await leaseEveryConnection(server)
            try await download.channel.close()
        }
    }
}
