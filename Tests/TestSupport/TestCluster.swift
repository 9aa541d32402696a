import EmbeddedPostgres
import Foundation
import Logging
import Postgres
import Synchronization

/// The private PostgreSQL that all tests of this process share; other test processes may be using it as well.
///
/// It lives in the folder named by HEARBACK_TEST_DATA, or in the system's temporary folder, and stays there for the
/// next run: only its server is stopped at the end. Databases are named for the process; a dead one's are dropped.
public actor TestCluster {
    /// A database that is prepared once in each test process, for tests to be cloned from.
    public struct Template: Sendable {
        let name: String
        let prepare: @Sendable (_ conninfo: String) async throws -> Void
    }

    /// Describes a template; `prepare` is called once, with the connection string of an empty database.
    public static func template(
        named name: String, prepare: @escaping @Sendable (_ conninfo: String) async throws -> Void
    ) -> Template {
        Template(name: name, prepare: prepare)
    }

    static let logger = Logger(label: "tests") { label in
        var handler = StreamLogHandler.standardError(label: label)
        handler.logLevel = .error
        return handler
    }

    /// How many databases, and so pools, exist at a time.
    nonisolated let slots = Slots(count: 8)
    private let server: EmbeddedPostgres
    private let administration: PostgresConnection
    private var templates: [String: Task<String, any Error>] = [:]
    private var lastNumber = 0

    private static let starting = Task { try await start() }

    static func shared() async throws -> TestCluster {
        try await starting.value
    }

    private init(server: EmbeddedPostgres, administration: PostgresConnection) {
        self.server = server
        self.administration = administration
    }

    private static func start() async throws -> TestCluster {
        let environment = ProcessInfo.processInfo.environment
        let folder =
            environment["HEARBACK_TEST_DATA"]
            ?? FileManager.default.temporaryDirectory.appending(path: "hearback-tests-\(geteuid())").path
        let server = try await EmbeddedPostgres.start(
            dataFolder: folder, searchPath: environment["PATH"] ?? "",
            settings: ["max_connections": "200", "fsync": "off", "full_page_writes": "off"], logger: logger)
        stopAtExit(server)
        let administration = try await PostgresConnection.open(server.conninfo, logger: logger)
        let cluster = TestCluster(server: server, administration: administration)
        try await cluster.dropAbandonedDatabases()
        return cluster
    }

    /// Stops the server when the process ends, unless another uses it. A killed process leaves that to the next.
    private static func stopAtExit(_ server: EmbeddedPostgres) {
        serverToStop.withLock { $0 = server }
        atexit {
            guard let server = serverToStop.withLock({ $0 }) else { return }
            let isStopped = DispatchSemaphore(value: 0)
            Task.detached {
                await server.stop()
                isStopped.signal()
            }
            _ = isStopped.wait(timeout: .now() + 30)
        }
    }

    nonisolated func conninfo(database: String) -> String {
        // The last of two settings of the same name counts.
        "\(server.conninfo) dbname=\(database)"
    }

    func cloneDatabase(of template: Template?) async throws -> String {
        let source = if let template { try await prepare(template) } else { "template0" }
        return try await createDatabase(from: source)
    }

    func dropDatabase(_ name: String) async throws {
        try await administration.execute(
            script: "drop database if exists \(PostgresConnection.quoteIdentifier(name)) with (force)")
    }

    private func prepare(_ template: Template) async throws -> String {
        if let known = templates[template.name] { return try await known.value }
        let preparation = Task {
            let name = try await createDatabase(from: "template0")
            try await template.prepare(conninfo(database: name))
            return name
        }
        templates[template.name] = preparation
        return try await preparation.value
    }

    /// Copies the files: without fsync that takes a third of the time of writing everything to the log.
    private func createDatabase(from source: String) async throws -> String {
        lastNumber += 1
        let name = "test_\(getpid())_\(lastNumber)"
        try await administration.execute(
            script: """
                create database \(PostgresConnection.quoteIdentifier(name)) \
                template \(PostgresConnection.quoteIdentifier(source)) strategy file_copy
                """)
        return name
    }

    private func dropAbandonedDatabases() async throws {
        let names = try await administration.query("select datname::text from pg_database where datname ~ '^test_'")
        for name in try names.decode(String.self) {
            let parts = name.split(separator: "_")
            guard parts.count == 3, let process = pid_t(parts[1]), kill(process, 0) != 0 || process == getpid() else {
                continue
            }
            try await dropDatabase(name)
        }
    }
}

private let serverToStop = Mutex<EmbeddedPostgres?>(nil)

/// Lets a limited number of tests have a database at the same time.
final class Slots: Sendable {
    private struct State {
        var free: Int
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(count: Int) {
        state = Mutex(State(free: count))
    }

    func withSlot(_ body: @Sendable () async throws -> Void) async throws {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                if state.free > 0 {
                    state.free -= 1
                    return true
                }
                state.waiters.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
        defer {
            let next = state.withLock { state in
                if state.waiters.isEmpty {
                    state.free += 1
                    return CheckedContinuation<Void, Never>?.none
                }
                return state.waiters.removeFirst()
            }
            next?.resume()
        }
        try await body()
    }
}
