import Feedback
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import ServiceLifecycle
import Store
import Synchronization
import TestSupport

@testable import Web

/// A server that listens, on the running test's database, with a clock that the test sets.
struct TestServer: Sendable {
    let store: Store
    let keys: LinkKeys
    let client: any TestClientProtocol
    let port: Int
    let clock: Clock
    let isSecure: Bool
    let routes: [Route]

    /// A time that only moves when a test moves it.
    final class Clock: Sendable {
        private let time = Mutex(Date.test)

        var now: Date { time.withLock { $0 } }

        func move(to date: Date) {
            time.withLock { $0 = date }
        }
    }

    /// Runs the body against a server.
    static func run(
        siteFolder: String = "/nonexistent", isSiteOpen: Bool = true, exportPatience: Duration = .seconds(30),
        provider: ProviderConfiguration? = nil, trustedProxies: TrustedProxies = .none, isSecure: Bool = false,
        suppressionKey: SuppressionKey? = nil, logger: Logger = Logger(label: "test"),
        configure: (inout WebConfiguration) -> Void = { _ in },
        _ body: @escaping @Sendable (TestServer) async throws -> Void
    ) async throws {
        let store = Store(pool: try TestDatabase.current.pool, suppressionKey: suppressionKey)
        guard let keys = LinkKeys([1: [UInt8](repeating: 7, count: 32)]) else { return }
        let clock = Clock()
        var configuration = WebConfiguration(host: "127.0.0.1", port: 0, siteFolder: siteFolder)
        configuration.isSiteOpen = isSiteOpen
        configuration.hashingCost = 4
        configuration.exportPatience = exportPatience
        configuration.provider = provider
        configuration.trustedProxies = trustedProxies
        configuration.isSecure = isSecure
        configure(&configuration)
        let server = try await WebServer(
            configuration, store: store, keys: keys, now: { clock.now }, logger: logger
        ) { _ in }
        try await withThrowingTaskGroup(of: Void.self) { group in
            // All but the last, which is the listening server: the library's test client runs it.
            for service in server.services.dropLast() {
                group.addTask { try await service.run() }
            }
            group.addTask {
                try await server.application.test(.live) { client in
                    try await body(
                        TestServer(
                            store: store, keys: keys, client: client, port: client.port ?? 0, clock: clock,
                            isSecure: isSecure,
                            routes: server.routes))
                }
                throw Finished()
            }
            do {
                while try await group.next() != nil {}
            } catch is Finished {}
            group.cancelAll()
        }
    }

    private struct Finished: Error {}

    /// The path of an invitation's link.
    func path(_ invitation: Int64) -> String {
        "/s/\(keys.token(for: invitation))"
    }

    /// Fetches a page.
    func get(_ path: String, language: String? = nil) async throws -> TestResponse {
        try await client.execute(uri: path, method: .get, headers: language.map { [.acceptLanguage: $0] } ?? [:])
    }

    /// Sends a form.
    func post(
        _ path: String, _ form: String, type: String = "application/x-www-form-urlencoded"
    ) async throws -> TestResponse {
        try await client.execute(
            uri: path, method: .post, headers: [.contentType: type], body: ByteBuffer(string: form))
    }
}

extension TestResponse {
    /// The body's text.
    var text: String { String(buffer: body) }
}
