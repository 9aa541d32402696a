import AsyncHTTPClient
import Foundation

/// A provider of identities on the loopback interface, and a browser that goes there.
///
/// `@unchecked` since the standard library's `Process` and `Pipe` are not declared Sendable: both are only used in the
/// initialiser and the deinitialiser.
public final class ProviderDouble: @unchecked Sendable {
    /// The address of the provider, which is its name.
    public let issuer: String
    private let process = Process()
    private let input = Pipe()
    private let browser: HTTPClient

    /// Starts a provider that knows the client of ``sampleClient``.
    public init() throws {
        let tests = URL(filePath: #filePath).deletingLastPathComponent()
        let package = tests.deletingLastPathComponent().deletingLastPathComponent()
        let python = ProcessInfo.processInfo.environment["HEARBACK_TEST_PYTHON"]
        process.executableURL =
            python.map { URL(filePath: $0) } ?? package.appending(path: ".venv/bin/python")
        process.arguments = [
            "-B", tests.appending(path: "provider_double.py").path, "--with-parent",
            "--client", sampleClient, "--secret", sampleSecret,
        ]
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line: [UInt8] = []
        while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") {
            line.append(byte)
        }
        issuer = String(decoding: line, as: UTF8.self)
        browser = HTTPClient(configuration: HTTPClient.Configuration(redirectConfiguration: .disallow))
    }

    // Not waited for: processes started at the same time inherit each other's ends, so that waiting for one may wait for all.
    deinit {
        process.terminate()
    }

    /// Gives an order, written as JSON, to `/control`.
    public func control(_ order: String) async throws {
        var request = HTTPClientRequest(url: issuer + "/control")
        request.method = .POST
        request.body = .bytes(Array(order.utf8))
        let response = try await browser.execute(request, timeout: .seconds(30))
        guard response.status == .ok else { throw DoubleFailure() }
    }

    /// How often an endpoint was asked: `metadata`, `keys` or `token`.
    public func requests(to endpoint: String) async throws -> Int {
        let response = try await browser.execute(HTTPClientRequest(url: issuer + "/control"), timeout: .seconds(30))
        let body = Data(try await response.body.collect(upTo: 4096).readableBytesView)
        guard let count = try JSONDecoder().decode([String: Int].self, from: body)[endpoint] else {
            throw DoubleFailure()
        }
        return count
    }

    /// Goes where a sign-in begins, chooses a user, and gives the query that the browser is sent back with.
    public func choose(_ user: String, at url: String) async throws -> [(name: String, value: String)] {
        guard let items = URLComponents(string: try await callback(of: user, at: url))?.queryItems else {
            throw DoubleFailure()
        }
        return items.map { ($0.name, $0.value ?? "") }
    }

    /// Goes where a sign-in begins, chooses a user, and gives the address that the browser is sent back to.
    public func callback(of user: String, at url: String) async throws -> String {
        let response = try await browser.execute(
            HTTPClientRequest(url: url + "&auto=" + user), timeout: .seconds(30))
        guard response.status == .found, let location = response.headers.first(name: "Location"),
            location.hasPrefix(sampleRedirectURI)
        else { throw DoubleFailure() }
        return location
    }

    /// Ends the browser's connections; to be called once.
    public func close() async throws {
        try await browser.shutdown()
    }
}

private struct DoubleFailure: Error {}

/// The client that the double knows. It has what a header parts at, as the secret has, or a form spells otherwise.
public let sampleClient = "hear back:tests"
/// The client's secret.
public let sampleSecret = "s3cret: 100 % +&=/*~"
/// Where the client has people sent back to.
public let sampleRedirectURI = "http://127.0.0.1:8080/sign-in/provider/callback?from=provider"
