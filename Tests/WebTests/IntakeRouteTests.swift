import Foundation
import Hummingbird
import HummingbirdTesting
import Intake
import Store
import TestSupport
import Testing

@testable import Web

@Suite(.migrated) struct IntakeRouteTests {
    private struct Reply: Decodable {
        let created: Int?
        let unchanged: Int?
        let refused: Int?
        let title: String?
        let items: [ItemReply]?
    }

    private func key(_ server: TestServer) async throws -> String {
        try await server.store.createAPIKey(
            name: "test", scopes: [.ingest, .read], secret: [UInt8](repeating: 9, count: 32), by: .program, now: .test)
    }

    private func post(
        _ server: TestServer, _ kind: String, _ body: String, key: String?, idempotency: String? = nil,
        type: String = "application/json"
    ) async throws -> (status: Int, reply: Reply, type: String?) {
        var headers: HTTPFields = [.contentType: type]
        if let key { headers[.authorization] = "Bearer \(key)" }
        if let idempotency { headers[.idempotencyKey] = idempotency }
        let response = try await server.client.execute(
            uri: "/api/v1/\(kind)", method: .post, headers: headers, body: ByteBuffer(string: body))
        let reply = try JSONDecoder().decode(Reply.self, from: Data(response.body.readableBytesView))
        return (response.status.code, reply, response.headers[.contentType])
    }

    @Test func eachItemIsToldWhatBecameOfIt() async throws {
        try await TestServer.run { server in
            let key = try await key(server)
            let body = #"[{"ref": "c1"}, {"ref": 7}, {"ref": "c2", "language": "es"}, {"ref": "c1"}]"#
            let (status, reply, _) = try await post(server, "customers", body, key: key)
            #expect(status == 200 && reply.created == 2 && reply.refused == 2)
            #expect(reply.items?.map(\.status) == ["created", "refused", "created", "refused"])
            let again = try await post(server, "customers", #"{"ref": "c1"}"#, key: key)
            #expect(again.reply.unchanged == 1)
        }
    }

    @Test func aRequestWhoseItemsAreAllRefusedIsAProblem() async throws {
        try await TestServer.run { server in
            let (status, reply, type) = try await post(
                server, "customers", #"{"ref": ""}"#, key: try await key(server))
            #expect(status == 422 && type == "application/problem+json" && reply.items?.count == 1)
        }
    }

    @Test func aRepeatedRequestGetsTheSameReplyAndChangesNothing() async throws {
        try await TestServer.run { server in
            let key = try await key(server)
            let first = try await post(server, "customers", #"{"ref": "c1"}"#, key: key, idempotency: "k1")
            let second = try await post(server, "customers", #"{"ref": "c1"}"#, key: key, idempotency: "k1")
            #expect(first.reply.created == 1 && second.reply.created == 1)
            let other = try await post(server, "customers", #"{"ref": "c2"}"#, key: key, idempotency: "k1")
            #expect(other.status == 422)
            let bad = try await post(server, "customers", #"{"ref": "c2"}"#, key: key, idempotency: "é")
            #expect(bad.status == 400)
        }
    }

    @Test func repeatedRequestsAtOnceAreOne() async throws {
        try await TestServer.run { server in
            let key = try await key(server)
            let created = try await withThrowingTaskGroup(of: Int?.self) { group in
                for _ in 0..<10 {
                    group.addTask {
                        try await post(server, "customers", #"{"ref": "c1"}"#, key: key, idempotency: "k").reply.created
                    }
                }
                return try await group.reduce(into: [Int?]()) { $0.append($1) }
            }
            #expect(created == Array(repeating: 1, count: 10))
        }
    }

    @Test func withoutAGoodKeyNothingIsDone() async throws {
        try await TestServer.run { server in
            let key = try await key(server)
            for wrong in [nil, "", "hb_" + String(repeating: "0", count: 64), key + "0", String(key.dropLast())] {
                #expect(try await post(server, "customers", #"{"ref": "c1"}"#, key: wrong).status == 401)
            }
            let id = try #require(try await server.store.apiKeys().first?.id)
            #expect(try await server.store.revokeAPIKey(id, by: .program, now: .test))
            #expect(try await post(server, "customers", #"{"ref": "c1"}"#, key: key).status == 401)
            #expect(try await server.store.pool.query("select count(*) from customer").decodeOnly(Int.self) == 0)
        }
    }

    @Test(arguments: [
        ("", 400), ("[]", 400), ("{", 400), ("7", 400), ("[[[[[[", 400), (#"{"ref": "\ud800"}"#, 400),
        (#"{"ref": "\u0000"}"#, 422), (#"{"ref": "c", "x": 1}"#, 422), (String(repeating: "[", count: 100_000), 400),
        (#"{"ref": "c", "time_zone": "Mars/Olympus"}"#, 422),
    ])
    func whatIsNoRequestIsAProblem(body: String, status: Int) async throws {
        try await TestServer.run { server in
            let result = try await post(server, "customers", body, key: try await key(server))
            #expect(result.status == status && result.reply.title != nil)
        }
    }

    @Test func otherTypesAndPathsAreProblemsToo() async throws {
        try await TestServer.run { server in
            let key = try await key(server)
            #expect(try await post(server, "customers", "{}", key: key, type: "text/plain").status == 415)
            #expect(try await post(server, "nothing", "{}", key: key).status == 404)
            let big = "[" + String(repeating: " ", count: 5_000_000) + "]"
            #expect(try await post(server, "customers", big, key: key).status == 413)
            let put = try await server.client.execute(uri: "/api/v1/customers", method: .put)
            #expect(put.status == .methodNotAllowed && put.headers[.allow] == "POST")
        }
    }

    @Test func theDescriptionHasEveryField() async throws {
        try await TestServer.run { server in
            let text = try await server.get("/openapi.yaml").text
            for kind in IntakeKind.allCases {
                #expect(text.contains("/api/v1/\(kind.rawValue):"))
                for field in kind.fields { #expect(text.contains("        \(field.name):"), "\(kind) \(field.name)") }
            }
        }
    }
}
