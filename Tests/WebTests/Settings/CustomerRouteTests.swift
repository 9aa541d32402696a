import Foundation
import Hummingbird
import HummingbirdTesting
import People
import Store
import TestSupport
import Testing

@testable import Web

@Suite(.migrated) struct CustomerRouteTests {
    private static let key = SuppressionKey(Array(0..<32))

    private func call(
        _ server: TestServer, _ method: HTTPRequest.Method, _ ref: String, scopes: Set<APIScope> = [.manage],
        secret: UInt8 = 1
    ) async throws -> TestResponse {
        let key = try await server.store.createAPIKey(
            name: "x", scopes: scopes, secret: [UInt8](repeating: secret, count: 32), by: .program, now: .test)
        return try await server.client.execute(
            uri: "/api/v1/customers/\(ref)", method: method, headers: [.authorization: "Bearer \(key)"])
    }

    @Test func aProgramGetsAllThatIsHeldAndErasesIt() async throws {
        try await TestServer.run(suppressionKey: Self.key) { server in
            try await server.store.take(
                .customers, #"[{"ref": "a/b ü", "email": "zz@example.com", "email_basis": "used"}]"#)
            let export = try await call(server, .get, "a%2Fb%20%C3%BC")
            #expect(export.status == .ok && export.text.contains("zz@example.com"))
            #expect(export.headers[.contentType] == "application/json" && export.headers[.cacheControl] == "no-store")
            let erased = try await call(server, .delete, "a%2Fb%20%C3%BC", secret: 2)
            #expect(erased.status == .ok && erased.text.contains("\"ref\":\"erased-"))
            for method in [HTTPRequest.Method.get, .delete] {
                let reply = try await call(server, method, "a%2Fb%20%C3%BC", secret: method == .get ? 3 : 4)
                #expect(reply.status == .notFound && reply.headers[.contentType] == "application/problem+json")
            }
            let rows = try await server.store.auditRows(limit: 99).filter { $0.action.hasPrefix("customer.") }
            #expect(rows.map { "\($0.actor.name) \($0.action)" } == ["key 2 customer.erase", "key 1 customer.export"])
            #expect(!rows.contains { "\($0)".contains("a/b") })
        }
    }

    @Test(arguments: ["x", "%27%20or%20true%20--", "%00", "%ff", "$1", "%3Bdrop%20table%20customer"])
    func whatIsNoReferenceIsAProblem(ref: String) async throws {
        try await TestServer.run(suppressionKey: Self.key) { server in
            _ = try await server.store.invite(1)
            let reply = try await call(server, .delete, ref)
            #expect([.notFound, .badRequest].contains(reply.status))
            #expect(reply.headers[.contentType] == "application/problem+json")
            let count = try await server.store.pool.query("select count(*) from customer where not is_erased")
                .decodeOnly(Int.self)
            #expect(count == 1)
        }
    }

    @Test func otherScopesAndMethodsAreRefused() async throws {
        try await TestServer.run(suppressionKey: Self.key) { server in
            _ = try await server.store.invite(1)
            let narrow = try await call(server, .delete, "c0", scopes: [.ingest, .read])
            #expect(narrow.status == .forbidden)
            let put = try await call(server, .put, "c0", secret: 2)
            #expect(put.status == .methodNotAllowed && put.headers[.allow] == "DELETE, GET, HEAD")
        }
    }

    @Test func withoutTheKeyNobodyIsErased() async throws {
        try await TestServer.run { server in
            _ = try await server.store.invite(1)
            let reply = try await call(server, .delete, "c0")
            #expect(reply.status == .serviceUnavailable && reply.text.contains("Nobody was erased"))
            #expect(try await server.store.knowsCustomer("c0"))
        }
    }

    @Test func anAdministratorErasesAfterTypingTheReference() async throws {
        try await TestServer.run(suppressionKey: Self.key) { server in
            _ = try await server.store.invite(1)
            let browser = try await SignedIn.person(.administrator, on: server)
            let unknown = try await browser.submit(
                "/customers", on: "/customers", [("action", "find"), ("ref", "nobody")])
            #expect(unknown.status == .unprocessableContent && unknown.text.contains("ref-problem"))
            let found = try await browser.submit("/customers", on: "/customers", [("action", "find"), ("ref", "c0")])
            #expect(found.text.contains("Download as JSON"))
            let file = try await browser.submit("/customers", on: "/customers", [("action", "export"), ("ref", "c0")])
            #expect(file.headers[.contentDisposition] == "attachment; filename=\"customer.json\"")
            #expect(file.text.contains("\"ref\":\"c0\""))
            for typed in ["", "C0", "c1"] {
                let reply = try await browser.submit(
                    "/customers", on: "/customers", [("action", "erase"), ("ref", "c0"), ("typed", typed)])
                #expect(reply.status == .unprocessableContent && reply.text.contains("typed-problem"))
            }
            #expect(try await server.store.knowsCustomer("c0"))
            let erased = try await browser.submit(
                "/customers", on: "/customers", [("action", "erase"), ("ref", "c0"), ("typed", "c0")])
            #expect(erased.status == .ok && erased.text.contains("What is left is called erased-"))
            #expect(try await !server.store.knowsCustomer("c0"))
        }
    }
}
