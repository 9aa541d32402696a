import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

@testable import Web

@Suite(.migrated) struct SiteRouteTests {
    private let page = "<p>" + String(repeating: "Every figure has its n. ", count: 100)

    /// Runs the body with a server on a site of a few files.
    private func withSite(_ body: @escaping @Sendable (TestServer, SiteFolder) async throws -> Void) async throws {
        let folder = try SiteFolder()
        for name in ["index.html", "overview.csv", "teams/index.html"] { try folder.write(page, to: name) }
        try await TestServer.run(siteFolder: folder.path) { server in try await body(server, folder) }
    }

    /// Asks twice: first the file is read from disk, then, on a connection of its own, it is in memory.
    private func both(
        _ server: TestServer, _ path: String, _ method: HTTPRequest.Method = .get, _ headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        let first = try await server.client.execute(uri: path, method: method, headers: headers)
        let second = try await TestClient.withClient(host: "127.0.0.1", port: server.port) { client in
            try await client.execute(
                TestClient.Request(path, method: method, authority: "localhost", headers: headers, body: nil))
        }
        var (expected, found) = (first.headers, second.headers)
        (expected[.date], found[.date]) = (nil, nil)
        #expect(first.status == second.status && first.body == second.body ?? ByteBuffer() && expected == found)
        #expect(second.headers[.date]?.hasSuffix(" GMT") == true)
        return first
    }

    @Test func filesComeWithTheirKindAndTheSitesHeaders() async throws {
        try await withSite { server, _ in
            let response = try await both(server, "/dashboards/")
            #expect(response.status == .ok && response.text == page)
            #expect(response.headers[.contentType] == "text/html; charset=utf-8")
            #expect(response.headers[.contentLength] == "\(page.utf8.count)")
            #expect(
                response.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'; style-src 'sha256-") == true)
            #expect(response.headers[.cacheControl] == "no-cache" && response.headers[.vary] == "Accept-Encoding")
            #expect(response.headers[.xContentTypeOptions] == "nosniff" && response.headers[.contentEncoding] == nil)
            #expect(response.headers[.referrerPolicy] == "no-referrer")
            #expect(response.headers[.robotsTag] == "noindex, nofollow")
            let csv = try await both(server, "/dashboards/overview.csv?week=1")
            #expect(csv.headers[.contentType] == "text/csv; charset=utf-8" && csv.text == page)
            #expect(try await both(server, "/dashboards/teams/").text == page)
        }
    }

    @Test func headSaysWhatGetWouldWithoutTheContent() async throws {
        try await withSite { server, _ in
            let get = try await both(server, "/dashboards/index.html")
            let head = try await both(server, "/dashboards/index.html", .head)
            #expect(head.status == .ok && head.body.readableBytes == 0)
            #expect(head.headers[.contentLength] == get.headers[.contentLength])
            #expect(head.headers[.eTag] == get.headers[.eTag])
        }
    }

    @Test func gzipIsSentToThoseWhoTakeItUnderATagOfItsOwn() async throws {
        try await withSite { server, _ in
            let plain = try await both(server, "/dashboards/")
            let gzip = try await both(server, "/dashboards/", .get, [.acceptEncoding: "br, gzip"])
            #expect(gzip.headers[.contentEncoding] == "gzip" && gzip.headers[.vary] == "Accept-Encoding")
            #expect(gzip.body.readableBytes < page.utf8.count / 5)
            #expect(gzip.headers[.contentLength] == "\(gzip.body.readableBytes)")
            #expect(Array(gzip.body.readableBytesView.prefix(3)) == [0x1F, 0x8B, 8])
            #expect(gzip.headers[.eTag] != plain.headers[.eTag])
            let refused = try await both(server, "/dashboards/", .get, [.acceptEncoding: "gzip;q=0"])
            #expect(refused.headers[.contentEncoding] == nil && refused.text == page)
        }
    }

    @Test func whoHasThePageIsToldSo() async throws {
        try await withSite { server, folder in
            for coding in ["identity", "gzip"] {
                let tag = try #require(
                    try await both(server, "/dashboards/", .get, [.acceptEncoding: coding]).headers[.eTag])
                for known in [tag, "\"x\", W/\(tag)", "*"] {
                    for method in [HTTPRequest.Method.get, .head] {
                        let response = try await both(
                            server, "/dashboards/", method, [.ifNoneMatch: known, .acceptEncoding: coding])
                        #expect(response.status == .notModified && response.body.readableBytes == 0)
                        #expect(response.headers[.eTag] == tag && response.headers[.vary] == "Accept-Encoding")
                        #expect(response.headers[.contentType] == nil)
                    }
                }
                let other = try await both(
                    server, "/dashboards/", .get, [.ifNoneMatch: "\"x\"", .acceptEncoding: coding])
                #expect(other.status == .ok)
            }
            let tag = try #require(try await both(server, "/dashboards/").headers[.eTag])
            try folder.write(page + "!", to: "index.html")
            let changed = try await both(server, "/dashboards/", .get, [.ifNoneMatch: tag])
            #expect(changed.status == .ok && changed.text == page + "!")
        }
    }

    @Test func foldersHaveASlashAtTheirEnd() async throws {
        try await withSite { server, _ in
            for (path, address) in [
                ("/dashboards", "/dashboards/"), ("/dashboards?a=b", "/dashboards/?a=b"),
                ("/dashboards/teams", "/dashboards/teams/"),
            ] {
                let response = try await both(server, path)
                #expect(response.status == .movedPermanently && response.headers[.location] == address)
            }
        }
    }

    @Test(arguments: [
        "/dashboards/none.html", "/dashboards/none/", "/dashboards/index.html/", "/dashboards/../index.html",
        "/dashboards/%2e%2e/secret.txt", "/dashboards/.hidden.html", "/dashboards/index.html.tmp", "/dashboards/%00",
        "/dashboards/a%5Cb", "/dashboards/%zz",
    ])
    func whatIsNotThereIsAPageThatSaysSo(path: String) async throws {
        try await withSite { server, folder in
            try folder.write("hidden", to: ".hidden.html")
            try folder.write("unfinished", to: "index.html.tmp")
            try folder.write("secret", to: "../secret.txt")
            let response = try await both(server, path)
            #expect(response.status == .notFound && response.text.contains("<h1>There is no such page</h1>"))
            #expect(response.headers[.contentType] == "text/html; charset=utf-8")
            #expect(response.headers[.contentSecurityPolicy] != nil && response.headers[.eTag] == nil)
        }
    }

    @Test(arguments: [HTTPRequest.Method.post, .put, .patch, .delete, .options])
    func pagesAreOnlyRead(method: HTTPRequest.Method) async throws {
        try await withSite { server, _ in
            for path in ["/dashboards", "/dashboards/", "/dashboards/index.html", "/dashboards/none"] {
                let response = try await both(server, path, method)
                #expect(response.status == .methodNotAllowed && response.headers[.allow] == "GET, HEAD")
            }
        }
    }

    @Test(arguments: [300_000, 9_000_000]) func largeFilesComeWhole(size: Int) async throws {
        try await withSite { server, folder in
            let text = String(repeating: "0123456789,north,9\r\n", count: size / 20)
            try folder.write(text, to: "large.csv")
            let response = try await both(server, "/dashboards/large.csv")
            #expect(response.status == .ok && response.text == text)
            #expect(response.headers[.contentLength] == "\(size)")
            #expect(response.headers[.contentType] == "text/csv; charset=utf-8")
            let tag = try #require(response.headers[.eTag])
            let known = try await both(server, "/dashboards/large.csv", .get, [.ifNoneMatch: tag])
            #expect(known.status == .notModified)
            let head = try await both(server, "/dashboards/large.csv", .head)
            #expect(head.headers[.contentLength] == "\(size)" && head.body.readableBytes == 0)
        }
    }
}
