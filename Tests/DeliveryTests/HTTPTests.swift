import Foundation
import Testing

@testable import Delivery

/// What the server tells that it was asked.
private struct Echo: Decodable {
    var method: String
    var path: String
    var body: String
    var headers: [[String]]

    init(_ reply: HTTPReply) throws {
        self = try JSONDecoder().decode(Echo.self, from: Data(reply.body))
    }

    func values(_ name: String) -> [String] {
        headers.filter { $0[0] == name }.map { $0[1] }
    }
}

@Suite struct HTTPTests {
    let sink: Sink
    let session = TransferSession()

    private static let sharedSink = Result { try Sink("http_sink.py") }

    init() throws {
        sink = try HTTPTests.sharedSink.get()
    }

    private func url(_ path: String) -> String { "http://127.0.0.1:\(sink.port)\(path)" }

    private func get(_ path: String) -> HTTPTransfer { HTTPTransfer(url: url(path), method: .get) }

    private func failure(_ transfer: HTTPTransfer) async throws -> TransferError {
        try await DeliveryTests.failure { try await session.request(transfer) }
    }

    private func expectNextRequestToSucceed() async throws {
        #expect(try await session.request(get("/next")).status == 200)
    }

    @Test func aPostArrivesWithItsHeadersAndBody() async throws {
        let body: [UInt8] = Array("{\"a\":1}\r\n".utf8) + [0, 0x80, 0xFF]
        let transfer = HTTPTransfer(
            url: url("/hook?x=1"), method: .post(body),
            headers: [
                HTTPHeader("Content-Type", "application/json"), HTTPHeader("X-Empty", ""), HTTPHeader("X-A", "b;c"),
            ])
        let reply = try await session.request(transfer)
        #expect(reply.status == 200)
        let echo = try Echo(reply)
        #expect(echo.method == "POST")
        #expect(echo.path == "/hook?x=1")
        #expect(Array(echo.body.unicodeScalars.map(\.value)) == body.map(UInt32.init))
        #expect(echo.values("content-type") == ["application/json"])
        #expect(echo.values("x-empty") == [""])
        #expect(echo.values("x-a") == ["b;c"])
        #expect(echo.values("cookie").isEmpty)
        #expect(echo.values("authorization").isEmpty)
        #expect(echo.values("expect").isEmpty)
    }

    @Test(arguments: [0, 1, 65_536, 3_000_000])
    func aBodyOfAnySizeArrivesWhole(size: Int) async throws {
        var transfer = HTTPTransfer(url: url("/hook"), method: .post([UInt8](repeating: 0x61, count: size)))
        transfer.replyLimit = 4_000_000
        let echo = try Echo(try await session.request(transfer))
        #expect(echo.body.utf8.count == size)
        #expect(echo.values("content-length") == ["\(size)"])
        #expect(echo.values("content-type").isEmpty)
    }

    @Test func requestsShareAConnectionButNoCookies() async throws {
        let connection = try #require(try await session.request(get("/"))["x-connection"])
        for _ in 0..<5 {
            let reply = try await session.request(get("/"))
            #expect(reply["X-CONNECTION"] == connection)
            #expect(try Echo(reply).values("cookie").isEmpty)
        }
    }

    @Test func credentialsAreSentAndForgottenAgain() async throws {
        var transfer = get("/")
        transfer.credentials = Credentials(user: "robot", password: "hunter2")
        let expected = "Basic " + Data("robot:hunter2".utf8).base64EncodedString()
        #expect(try Echo(try await session.request(transfer)).values("authorization") == [expected])
        #expect(try Echo(try await session.request(get("/"))).values("authorization").isEmpty)
    }

    @Test(arguments: [("/moved", 302), ("/missing", 404)])
    func aReplyIsReturnedWhateverItsStatus(path: String, status: Int) async throws {
        let reply = try await session.request(get(path))
        #expect(reply.status == status)
        #expect(try Echo(reply).path == path)
        #expect(reply["Location"] == (status == 302 ? "/landed" : nil))
    }

    @Test func aReplyMayBeAsLargeAsTheLimitAndNoLarger() async throws {
        var transfer = get("/bytes/1000")
        transfer.replyLimit = 1000
        #expect(try await session.request(transfer).body.count == 1000)
        transfer.replyLimit = 999
        #expect(try await failure(transfer) == .replyTooLarge(status: 200))
        #expect(try await failure(get("/bytes/100000000")) == .replyTooLarge(status: 200))
        #expect(try await failure(get("/headers")) == .replyTooLarge(status: 200))
        try await expectNextRequestToSucceed()
    }

    @Test func theGuardIsAskedForEveryNewConnection() async throws {
        let guarded = TransferSession { $0 != [127, 0, 0, 1] && $0.count == 4 }
        // The second name is resolved, and may have both kinds of addresses.
        for host in ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1"] {
            await #expect(throws: TransferError.forbiddenAddress) {
                try await guarded.request(HTTPTransfer(url: "http://\(host):\(sink.port)/", method: .get))
            }
        }
        let allowing = TransferSession { $0 == [127, 0, 0, 1] }
        #expect(try await allowing.request(get("/")).status == 200)
    }

    @Test(arguments: ["/drop", "/nonsense"])
    func aRequestWithoutAUsableReplyMayHaveArrived(path: String) async throws {
        let error = try await failure(HTTPTransfer(url: url(path), method: .post([1, 2, 3])))
        #expect(error.kind == "uncertain")
        try await expectNextRequestToSucceed()
    }

    @Test(arguments: [HTTPTransfer.Method.get, .post([1, 2, 3]), .post([])])
    func aTimeoutAfterTheRequestTellsSo(method: HTTPTransfer.Method) async throws {
        let transfer = HTTPTransfer(url: url("/silent"), method: method, timeout: .seconds(2))
        #expect(try await failure(transfer) == .timeout(.afterEnd))
        try await expectNextRequestToSucceed()
    }

    @Test func aTimeoutWithinTheBodyTellsSo() async throws {
        let listener = try SilentListener()
        // More than the sockets' buffers hold.
        let transfer = HTTPTransfer(
            url: "http://127.0.0.1:\(listener.port)/", method: .post([UInt8](repeating: 0, count: 30_000_000)),
            timeout: .seconds(2))
        #expect(try await failure(transfer) == .timeout(.beforeEnd))
        try await expectNextRequestToSucceed()
    }

    @Test func nobodyListeningIsAFaultOfTheChannel() async throws {
        let error = try await failure(HTTPTransfer(url: "http://127.0.0.1:\(try unusedPort())/", method: .get))
        #expect(error.kind == "connect")
        #expect(error.consequence == .channelFault)
        try await expectNextRequestToSucceed()
    }

    @Test func encryptionNeedsATrustedCertificate() async throws {
        let encrypted = try Sink("http_sink.py", ["--encryption", "implicit"])
        let transfer = HTTPTransfer(url: "https://127.0.0.1:\(encrypted.port)/", method: .get)
        let error = try await failure(transfer)
        #expect(error.kind == "tls")
        let trusting = TransferSession(certificateAuthorities: encrypted.certificateAuthorities)
        #expect(try await trusting.request(transfer).status == 200)
    }

    @Test(arguments: [
        "", "127.0.0.1", "//127.0.0.1/", "file:///etc/passwd", "ftp://127.0.0.1/", "smtp://127.0.0.1/", "gopher://a/",
        "http://", "http:// a/", "http://a b/", "http://127.0.0.1/\r\nX: y", "http://127.0.0.1/\0", "http://ä.example/",
        "http://user@127.0.0.1/", "http://user:secret@127.0.0.1/", "http://127.0.0.1:99999/", "http://[::1/",
    ])
    func anAddressThatIsNotPlainHTTPIsRefused(url: String) async throws {
        #expect(try await failure(HTTPTransfer(url: url, method: .get)) == .invalid(.url))
    }

    @Test(arguments: [
        HTTPHeader("", "x"), HTTPHeader("A B", "x"), HTTPHeader("A:", "x"), HTTPHeader("A\r\nB", "x"),
        HTTPHeader("A", "x\r\nB: y"), HTTPHeader("A", "x\ny"), HTTPHeader("A", "\0"), HTTPHeader("Ä", "x"),
        HTTPHeader("A", "\u{7F}"), HTTPHeader("Host", "other"), HTTPHeader("content-LENGTH", "0"),
        HTTPHeader("Transfer-Encoding", "chunked"), HTTPHeader("A;", "x"),
    ])
    func aHeaderThatWouldChangeTheRequestIsRefused(header: HTTPHeader) async throws {
        var transfer = get("/")
        transfer.headers = [header]
        #expect(try await failure(transfer) == .invalid(.header))
    }

    @Test(.timeLimit(.minutes(1))) func aCancelledRequestEnds() async throws {
        let transfer = Task { try await session.request(get("/silent")) }
        await Task.yield()
        transfer.cancel()
        let error = try await DeliveryTests.failure { try await transfer.value }
        // It may have been cancelled before it was sent.
        #expect(["cancelled", "uncertain"].contains(error.kind))
        try await expectNextRequestToSucceed()
    }
}
