import Foundation
import Hummingbird
import HummingbirdTesting
import People
import Store
import TestSupport
import Testing

@testable import Web

extension TestServer {
    /// What browsers say that a page of this server comes from; the test client calls the host so, without the port.
    var origin: String { (isSecure ? "https" : "http") + "://localhost" }
}

/// Somebody in front of a browser that keeps its cookies.
final class SignedIn {
    let server: TestServer
    private(set) var cookies: [String: String] = [:]

    init(_ server: TestServer) { self.server = server }

    static let password = "granite otter velvet lantern"

    /// Adds a person with a password.
    static func add(_ settings: PersonSettings, to store: Store) async throws -> Person {
        var generator = SystemRandomNumberGenerator()
        let person = try await store.addPerson(settings, by: .program, now: .test)
        let link = SecretToken(using: &generator)
        try await store.makePasswordLink(link.digest, for: person.id, lasting: 60, by: .program, now: .test)
        let hash = try PasswordHash(of: #require(Password(password)), cost: 4, using: &generator)
        #expect(try await store.setPassword(byLink: link.digest, hash: hash.text, from: "test", now: .test))
        return person
    }

    /// A browser in which a new person of a kind has signed in.
    static func person(_ settings: PersonSettings, on server: TestServer) async throws -> SignedIn {
        _ = try await add(settings, to: server.store)
        let browser = SignedIn(server)
        #expect(try await browser.signIn(settings.email).status == .seeOther)
        return browser
    }

    func get(_ path: String) async throws -> TestResponse { try await send(path, .get) }

    /// Sends a form as a browser does from a page of the site.
    func post(_ path: String, _ fields: [(String, String)], origin: String? = nil) async throws -> TestResponse {
        let body = fields.map { "\(percentEncoded($0))=\(percentEncoded($1))" }.joined(separator: "&")
        return try await send(path, .post, body: body, origin: origin ?? server.origin)
    }

    /// Sends a form with the token of a page.
    func submit(_ path: String, on page: String, _ fields: [(String, String)]) async throws -> TestResponse {
        let page = try await get(page)
        let isNamed = fields.contains { $0.0 == "base" }
        let base =
            isNamed
            ? [] : page.text.firstMatch(of: /name="base" value="([^"]*)"/).map { [("base", String($0.1))] } ?? []
        return try await post(path, fields + base + [("token", try token(of: page))])
    }

    /// The token of the forms on a page.
    func token(of page: TestResponse) throws -> String {
        String(try #require(page.text.firstMatch(of: /name="token" value="([^"]+)"/)).1)
    }

    /// Sends a form with a file, with the token of a page.
    func upload(_ path: String, on page: String, _ file: [UInt8], as name: String = "logo.png") async throws
        -> TestResponse
    {
        let token = try token(of: try await get(page))
        var body = "--xyz\r\ncontent-disposition: form-data; name=\"token\"\r\n\r\n\(token)\r\n"
        body +=
            "--xyz\r\nContent-Disposition: form-data; name=\"logo\"; filename=\"\(name)\"\r\nContent-Type: image/png\r\n\r\n"
        var bytes = ByteBuffer(string: body)
        bytes.writeBytes(file)
        bytes.writeString("\r\n--xyz--\r\n")
        return try await server.client.execute(
            uri: path, method: .post,
            headers: [
                .contentType: "multipart/form-data; boundary=xyz", .origin: server.origin,
                .cookie: cookies.map { "\($0)=\($1)" }.joined(separator: "; "),
            ], body: bytes)
    }

    func signIn(_ email: String, _ password: String = SignedIn.password, next: String = "/") async throws
        -> TestResponse
    {
        try await post("/sign-in", [("email", email), ("password", password), ("next", next)])
    }

    /// Whether somebody is signed in.
    var isIn: Bool {
        get async throws { try await get("/account").status == .ok }
    }

    func send(
        _ path: String, _ method: HTTPRequest.Method, body: String? = nil, origin: String? = nil
    ) async throws -> TestResponse {
        var headers: HTTPFields = [:]
        if !cookies.isEmpty { headers[.cookie] = cookies.map { "\($0)=\($1)" }.joined(separator: "; ") }
        if let origin { headers[.origin] = origin }
        if body != nil { headers[.contentType] = "application/x-www-form-urlencoded" }
        let reply = try await server.client.execute(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        for value in reply.headers[values: .setCookie] {
            let pair = value.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            cookies[String(pair[0])] = pair[1].isEmpty ? nil : String(pair[1])
        }
        return reply
    }

    /// Gives the browser the cookies of another.
    func steal(from other: SignedIn) { cookies = other.cookies }

    func set(_ name: String, _ value: String?) { cookies[name] = value }
}

extension PersonSettings {
    static let administrator = PersonSettings(email: "ada@example.com", name: "Ada", role: .administrator)
    static let manager = PersonSettings(
        email: "quinn@example.com", name: "Quinn", role: .qualityManager, seesEverything: true)
    static let scopedManager = PersonSettings(
        email: "sam@example.com", name: "Sam", role: .qualityManager, portfolios: ["Cards"])
    static let agent = PersonSettings(email: "bo@example.com", name: "Bo", role: .agent, agent: "A1")
}
