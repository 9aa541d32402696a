import Foundation
import HTTPTypes
import NIOCore
import NIOEmbedded
import Testing

@testable import Web

@Suite struct SiteHandlerTests {
    private static let start = "GET /dashboards/ HTTP/1.1\r\nHost: x\r\n"

    @Test(arguments: [
        start + "\r\n",
        "HEAD /dashboards/teams/?a=b HTTP/1.1\r\nhOsT:\tx\r\n\r\n",
        start + "Connection: Keep-Alive \r\nAccept-Encoding:gzip\r\nIf-None-Match: \"a\"\r\nCookie: a=b\r\n\r\n",
        start + "X-Empty:\r\nAccept-Language: ñ\r\n\r\n",
    ])
    func aPlainRequestIsReadFromItsBytes(text: String) {
        #expect(SiteRequest(ByteBuffer(string: text)) != nil)
    }

    @Test func whatItAsksForIsKept() throws {
        let text =
            "HEAD /dashboards/a%20b.csv?x HTTP/1.1\r\nHost: x\r\nACCEPT-ENCODING: \t br, gzip \r\nif-none-match: *\r\n\r\n"
        let request = try #require(SiteRequest(ByteBuffer(string: text)))
        #expect(request.isHead && request.path.relative == "a b.csv")
        #expect(request.acceptEncoding == "br, gzip" && request.ifNoneMatch == "*")
    }

    /// Whatever ends a connection, has a body, comes in part or could be read in two ways is the HTTP parser's.
    @Test(arguments: [
        "", "\r\n\r\n", start, start + "\r", start + "\r\n\r\n", start + "\r\nGET / HTTP/1.1\r\n\r\n",
        start + "\r\n" + start + "\r\n", start + "\n\r\n", "GET /dashboards/ HTTP/1.1\nHost: x\n\n\r\n\r\n",
        "GET /dashboards/ HTTP/1.1\r\n\r\n", start + "Host: y\r\n\r\n",
        "GET /dashboards/ HTTP/1.0\r\nHost: x\r\n\r\n", "GET /dashboards/\r\nHost: x\r\n\r\n",
        "GET  /dashboards/ HTTP/1.1\r\nHost: x\r\n\r\n", "GET /dashboards/ a HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /dashboards/é HTTP/1.1\r\nHost: x\r\n\r\n", "get /dashboards/ HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /dashboards/ HTTP/1.1\r\nHost: x\r\n\r\n", "GET /dashboards/.. HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET http://x/dashboards/ HTTP/1.1\r\nHost: x\r\n\r\n",
        start + "Content-Length: 0\r\n\r\n", start + "content-length: 5\r\n\r\nhello",
        start + "Transfer-Encoding: chunked\r\n\r\n",
        start + "tRANSFER-eNCODING: x\r\n\r\n", start + "Connection: close\r\n\r\n", start + "Connection:\r\n\r\n",
        start + "Connection: keep-alive, close\r\n\r\n", start + "Connection: keep-alive\r\nConnection: close\r\n\r\n",
        start + "Upgrade: h2c\r\n\r\n", start + "Expect: 100-continue\r\n\r\n", start + "Trailer: x\r\n\r\n",
        start + "Accept-Encoding: gzip\r\nAccept-Encoding: br\r\n\r\n",
        start + "If-None-Match: \"a\"\r\nIf-None-Match: \"b\"\r\n\r\n",
        start + " folded: x\r\n\r\n", start + "X: a\r\n folded\r\n\r\n", start + "Content-Length : 5\r\n\r\n",
        start + "no colon\r\n\r\n", start + ": x\r\n\r\n", start + "X: a\0b\r\n\r\n", start + "X: a\rb\r\n\r\n",
        start + "X: a\nContent-Length: 5\r\n\r\n", start + "X: \u{7F}\r\n\r\n", start + "X@: a\r\n\r\n",
        start + "X: " + String(repeating: "a", count: 8192) + "\r\n\r\n",
    ])
    func everythingElseIsLeftToTheParser(text: String) {
        #expect(SiteRequest(ByteBuffer(string: text)) == nil)
    }

    @Test func aPageInMemoryHasTheHeadersOfEveryReply() async throws {
        let (folder, files) = try await site()
        defer { _ = folder }
        let plain = try Connection(files).send(Self.start + "\r\n").reply
        for (name, value) in HTTPFields().madeSafe.map({ ($0.name, $0.value) })
        where name != .contentSecurityPolicy && name != .cacheControl {
            #expect(plain.contains("\r\n\(name): \(value)\r\n"))
        }
        #expect(plain.contains("style-src 'sha256-") && plain.contains("frame-ancestors 'none'"))
        #expect(!plain.contains("Strict-Transport-Security"))
        let secure = try Connection(files, isSecure: true).send(Self.start + "\r\n").reply
        #expect(secure.contains("GMT\r\nStrict-Transport-Security: max-age=31536000\r\n\r\n"))
    }

    /// A site whose page is in memory.
    private func site() async throws -> (folder: SiteFolder, files: SiteFiles) {
        let folder = try SiteFolder()
        try folder.write("a page", to: "index.html")
        let files = SiteFiles(folder: folder.path)
        _ = try await files.item(at: try #require(SitePath("/dashboards/")))
        return (folder, files)
    }

    /// A connection that lives on the thread it was made on: no test waits for anything between.
    private struct Connection {
        let channel: EmbeddedChannel

        init(_ files: SiteFiles, isSecure: Bool = false) throws {
            let handler = SiteHandler(
                files: files, access: .open, dates: DateHeader(now: { Date(timeIntervalSince1970: 784_111_777) }),
                metrics: ServerMetrics(),
                idleTimeout: .seconds(30), isSecure: isSecure)
            channel = EmbeddedChannel(handler: handler)
            channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
        }

        /// What is sent to the client, and what is handed on, after some bytes came.
        func send(_ text: String) throws -> (reply: String, handedOn: String) {
            try channel.writeInbound(ByteBuffer(string: text))
            var (reply, handedOn) = ("", "")
            while let piece = try channel.readOutbound(as: ByteBuffer.self) { reply += String(buffer: piece) }
            while let piece = try channel.readInbound(as: ByteBuffer.self) { handedOn += String(buffer: piece) }
            return (reply, handedOn)
        }
    }

    @Test func filesInMemoryAreAnsweredAtOnceAgainAndAgain() async throws {
        let site = try await site()
        let connection = try Connection(site.files)
        for _ in 0..<3 {
            let (reply, handedOn) = try connection.send(Self.start + "\r\n")
            #expect(reply.hasPrefix("HTTP/1.1 200 OK\r\n") && handedOn.isEmpty)
            #expect(reply.hasSuffix("\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\na page"))
            #expect(reply.contains("\r\nContent-Length: 6\r\n"))
        }
        let head = try connection.send("HEAD /dashboards/ HTTP/1.1\r\nHost: x\r\n\r\n").reply
        #expect(head.hasSuffix(" GMT\r\n\r\n") && head.contains("\r\nContent-Length: 6\r\n"))
        let known = try connection.send(Self.start + "If-None-Match: *\r\n\r\n").reply
        #expect(known.hasPrefix("HTTP/1.1 304 Not Modified\r\n") && known.hasSuffix(" GMT\r\n\r\n"))
        #expect(!known.contains("Content-Length"))
    }

    @Test func fromTheFirstOtherRequestOnEverythingIsHandedOn() async throws {
        let site = try await site()
        let connection = try Connection(site.files)
        #expect(try connection.send(Self.start + "\r\n").handedOn.isEmpty)
        for text in ["GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", Self.start + "\r\n", "anything"] {
            let (reply, handedOn) = try connection.send(text)
            #expect(reply.isEmpty && handedOn == text)
        }
    }

    @Test func aFileThatChangedOnDiskIsHandedOn() async throws {
        let site = try await site()
        let connection = try Connection(site.files)
        try site.folder.write("b page", to: "index.html")
        #expect(try connection.send(Self.start + "\r\n").handedOn == Self.start + "\r\n")
    }

    @Test func aConnectionThatStandsStillIsClosedAndOneInUseIsNot() async throws {
        let site = try await site()
        let connection = try Connection(site.files)
        connection.channel.embeddedEventLoop.advanceTime(by: .seconds(29))
        #expect(connection.channel.isActive)
        // Handed over, the time is the next handlers' to watch.
        _ = try connection.send("x")
        connection.channel.embeddedEventLoop.advanceTime(by: .seconds(60))
        #expect(connection.channel.isActive)
        let other = try Connection(site.files)
        other.channel.embeddedEventLoop.advanceTime(by: .seconds(31))
        #expect(!other.channel.isActive)
    }

    @Test(arguments: [true, false]) func theEndOfTheClientOrTheServerClosesTheConnection(ofClient: Bool) async throws {
        let site = try await site()
        let connection = try Connection(site.files)
        _ = try connection.send(Self.start + "\r\n")
        if ofClient {
            connection.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        } else {
            connection.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        }
        connection.channel.embeddedEventLoop.run()
        #expect(!connection.channel.isActive)
    }
}
