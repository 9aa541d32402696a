import People
import Delivery
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Store
import TestSupport
import Testing

@testable import Web

@Suite struct TrustedProxyTests {
    private let proxies: TrustedProxies

    init() throws {
        proxies = TrustedProxies(
            networks: try ["10.0.0.0/8", "192.0.2.1/32", "2001:db8:1::/48"].map { try IPNetwork($0) })
    }

    private func address(_ headers: HTTPFields, from peer: String = "10.0.0.1") -> String? {
        proxies.source(peer: peer, headers).address
    }

    @Test(arguments: [
        ("203.0.113.7", "203.0.113.7"), ("203.0.113.7, 10.1.1.1", "203.0.113.7"),
        // What stands left of the last stranger was written by them.
        ("192.0.2.1, 198.51.100.1, 203.0.113.7, 10.2.3.4, 192.0.2.1", "203.0.113.7"),
        ("127.0.0.1, ::1, 203.0.113.7", "203.0.113.7"), (" 203.0.113.7:4711 ", "203.0.113.7"),
        ("[2001:db8:2::1]:443", "2001:db8:2::1"), ("2001:db8:2::1", "2001:db8:2::1"),
        ("\"203.0.113.7\"", "203.0.113.7"),
        ("2001:db8:2::1, 2001:db8:1::9", "2001:db8:2::1"), ("::ffff:203.0.113.7", "::ffff:203.0.113.7"),
        // Only proxies: the farthest one.
        ("10.9.9.9, 10.2.2.2", "10.9.9.9"),
        // What is no address hides whoever wrote it, not the one who handed it on.
        ("203.0.113.7, unknown", "10.0.0.1"), ("203.0.113.7, unknown, 10.5.5.5", "10.5.5.5"), ("x", "10.0.0.1"),
        ("", "10.0.0.1"), (",,,", "10.0.0.1"), ("203.0.113.7, 0x0a000001", "10.0.0.1"), ("203.0.113.7,[", "10.0.0.1"),
        ("203.0.113.7,127.1", "10.0.0.1"), ("203.0.113.7, 1.2.3.4x", "10.0.0.1"),
    ])
    func theRightMostStrangerCounts(value: String, address expected: String) {
        #expect(address([.xForwardedFor: value]) == expected)
    }

    @Test func severalLinesAreOneList() {
        var headers: HTTPFields = [:]
        headers.append(HTTPField(name: .xForwardedFor, value: "198.51.100.1"))
        headers.append(HTTPField(name: .xForwardedFor, value: "203.0.113.7"))
        headers.append(HTTPField(name: .xForwardedFor, value: "10.3.3.3"))
        #expect(address(headers) == "203.0.113.7")
    }

    @Test(arguments: [
        ("for=203.0.113.7", "203.0.113.7"), ("for=198.51.100.1, For=\"203.0.113.7:80\";proto=https", "203.0.113.7"),
        ("proto=http;by=10.0.0.1;for=\"[2001:db8:2::1]:4711\"", "2001:db8:2::1"),
        ("for=\"198.51.100.1, for=203.0.113.7, for=10.1.1.1", "203.0.113.7"), ("for=_hidden", "10.0.0.1"),
        ("for=unknown", "10.0.0.1"), ("by=203.0.113.7", "10.0.0.1"), ("for", "10.0.0.1"), (";;=,", "10.0.0.1"),
    ])
    func theStandardsHeaderIsReadToo(value: String, address expected: String) {
        #expect(address([.forwarded: value]) == expected)
    }

    @Test func whereBothHeadersDifferNeitherCounts() {
        #expect(address([.forwarded: "for=203.0.113.7", .xForwardedFor: "203.0.113.7"]) == "203.0.113.7")
        #expect(address([.forwarded: "for=198.51.100.1", .xForwardedFor: "203.0.113.7"]) == "10.0.0.1")
    }

    @Test(arguments: ["203.0.113.7", "11.0.0.1", "192.0.2.2", "2001:db8:2::1", "::1"])
    func strangersAreNotBelieved(peer: String) {
        let headers: HTTPFields = [
            .xForwardedFor: "198.51.100.1", .forwarded: "for=198.51.100.1;proto=https", .xForwardedProto: "https",
        ]
        #expect(proxies.source(peer: peer, headers) == RequestSource(address: peer, isSecure: nil))
        #expect(TrustedProxies.none.source(peer: peer, headers).address == peer)
    }

    @Test(
        arguments: [
            ("https", nil, true), ("HTTPS", nil, true), ("http", nil, false), ("http, https", nil, true),
            ("https, http", nil, false), (nil, "for=203.0.113.7;proto=https", true),
            (nil, "proto=https;for=203.0.113.7, proto=http;for=10.1.1.1", false), ("https", "proto=http", nil),
            (nil, "for=203.0.113.7", nil), ("", nil, nil), ("wss", nil, false),
        ] as [(String?, String?, Bool?)])
    func theLastProxySaysWhetherItWasTLS(list: String?, standard: String?, isSecure: Bool?) {
        var headers: HTTPFields = [:]
        headers[.xForwardedProto] = list
        headers[.forwarded] = standard
        #expect(proxies.source(peer: "::ffff:10.0.0.1", headers).isSecure == isSecure)
    }
}

@Suite(.migrated) struct BehindProxyTests {
    private let loopback: TrustedProxies

    init() throws {
        loopback = TrustedProxies(networks: [try IPNetwork("127.0.0.0/8")])
    }

    @Test func theRecordAndTheDelaysAreOfWhoeverTheProxyNames() async throws {
        try await TestServer.run(trustedProxies: loopback) { server in
            _ = try await SignedIn.add(.administrator, to: server.store)
            let wrong = "guess number one of many"
            for _ in 0..<5 {
                #expect(try await signIn(server, from: "203.0.113.7", wrong).status == .unprocessableContent)
            }
            #expect(try await signIn(server, from: "203.0.113.7", wrong).status == .tooManyRequests)
            // A stranger's own line in front changes nothing; another network is let in.
            #expect(try await signIn(server, from: "198.51.100.9, 203.0.113.7", wrong).status == .tooManyRequests)
            #expect(try await signIn(server, from: "198.51.100.9").status == .seeOther)
            #expect(try await server.store.auditRows(limit: 1).first?.actor.network == "198.51.100.9/32")
        }
    }

    @Test func nobodyElsesWordCounts() async throws {
        try await TestServer.run(trustedProxies: TrustedProxies(networks: [try IPNetwork("10.0.0.0/8")])) { server in
            _ = try await SignedIn.add(.administrator, to: server.store)
            for number in 0..<5 {
                let reply = try await signIn(server, from: "203.0.113.\(number)", "guess number one of many")
                #expect(reply.status == .unprocessableContent)
            }
            #expect(try await signIn(server, from: "198.51.100.9").status == .tooManyRequests)
        }
    }

    @Test func whatAProxyTookWithoutTLSIsLedToIt() async throws {
        try await TestServer.run(trustedProxies: loopback, isSecure: true) { server in
            let plain: HTTPFields = [.xForwardedProto: "http"]
            let reply = try await server.client.execute(uri: "/sign-in?next=%2Fpeople", method: .get, headers: plain)
            #expect(reply.status == .permanentRedirect)
            #expect(reply.headers[.location] == "https://localhost/sign-in?next=%2Fpeople")
            let secure: HTTPFields = [.xForwardedProto: "https"]
            #expect(try await server.client.execute(uri: "/sign-in", method: .get, headers: secure).status == .ok)
            #expect(try await server.get("/sign-in").status == .ok)
        }
        try await TestServer.run(trustedProxies: loopback) { server in
            let plain: HTTPFields = [.xForwardedProto: "http"]
            let reply = try await server.client.execute(uri: "/sign-in", method: .get, headers: plain)
            #expect(reply.status == .ok)
        }
    }

    private func signIn(
        _ server: TestServer, from address: String, _ password: String = SignedIn.password
    ) async throws -> TestResponse {
        try await server.client.execute(
            uri: "/sign-in", method: .post,
            headers: [
                .contentType: "application/x-www-form-urlencoded", .origin: server.origin, .xForwardedFor: address,
            ],
            body: ByteBuffer(string: "email=ada%40example.com&password=\(percentEncoded(password))"))
    }
}
