import ArgumentParser
import EmbeddedPostgres
import Feedback
import Foundation
import Logging
import Postgres
import Store
import Synchronization
import UnixSignals

/// Where the data are: a folder with a private PostgreSQL, or the server that DATABASE_URL names.
struct DataOptions: ParsableArguments {
    @Option(
        name: .customLong("data"),
        help: ArgumentHelp(
            "The data folder, with the private PostgreSQL and the link keys.",
            discussion: "With the environment's DATABASE_URL set, the database is there instead.",
            valueName: "folder"))
    var folder = ".hearback"

    @Option(help: ArgumentHelp("How much to log: debug, info, notice, warning or error.", valueName: "level"))
    var logLevel: Logger.Level = .notice

    /// A logger that writes to standard error.
    func logger(_ label: String) -> Logger {
        var logger = Logger(label: label) { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = logLevel
        return logger
    }

    /// Opens the store, brings it up to date, and closes it after the body.
    ///
    /// An interruption (Ctrl-C, SIGTERM) cancels the body, and the private PostgreSQL is stopped in any case.
    ///
    /// - Parameters:
    ///   - connections: How many connections to keep at the most.
    ///   - stopsOnSignals: Whether an interruption cancels the body; otherwise the body sees to it.
    func withStore<R: Sendable>(
        connections: Int = 4, stopsOnSignals: Bool = true, _ body: @escaping @Sendable (Store) async throws -> R
    ) async throws -> R {
        let logger = logger("hearback")
        let progress = OpeningProgress()
        return try await withThrowingTaskGroup(of: R?.self) { group in
            group.addTask {
                try await withDatabase(logger) { conninfo in
                    try await open(conninfo, connections, logger) { store in
                        progress.isInBody.store(true, ordering: .relaxed)
                        return try await body(store)
                    }
                }
            }
            group.addTask {
                for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm)
                where stopsOnSignals || !progress.isInBody.load(ordering: .relaxed) {
                    throw Interruption()
                }
                return nil
            }
            defer { group.cancelAll() }
            while let finished = try await group.next() {
                if let result = finished { return result }
            }
            throw CancellationError()
        }
    }

    /// Runs the body with the connection string of DATABASE_URL, or of the private PostgreSQL, which is stopped afterwards.
    private func withDatabase<R: Sendable>(
        _ logger: Logger, _ body: @escaping @Sendable (_ conninfo: String) async throws -> R
    ) async throws -> R {
        let environment = ProcessInfo.processInfo.environment
        if let url = environment["DATABASE_URL"], !url.isEmpty { return try await body(url) }
        let server = try await EmbeddedPostgres.start(
            dataFolder: folder, searchPath: environment["PATH"] ?? "", logger: logger)
        do {
            let result = try await keeping(server, logger) { try await body(server.conninfo) }
            await server.stop()
            return result
        } catch {
            await server.stop()
            throw error
        }
    }

    /// Runs the body, and starts the private PostgreSQL again should it die meanwhile.
    private func keeping<R: Sendable>(
        _ server: EmbeddedPostgres, _ logger: Logger, _ body: @escaping @Sendable () async throws -> R
    ) async throws -> R {
        let keeper = Task {
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(2))
                do {
                    if !Task.isCancelled { try await server.restartIfGone() }
                } catch {
                    logger.error("the private PostgreSQL could not be started again", metadata: ["error": "\(error)"])
                }
            }
        }
        defer { keeper.cancel() }
        return try await body()
    }

    /// Brings the database up to date as its owner, and works in it as the role that may not change what is recorded.
    private func open<R: Sendable>(
        _ conninfo: String, _ connections: Int, _ logger: Logger, _ body: @escaping @Sendable (Store) async throws -> R
    ) async throws -> R {
        try await withPool(conninfo, size: 1, Store.sessionSettings, logger) { pool in
            _ = try await Migrator().migrate(pool, now: Date())
        }
        return try await withPool(conninfo, size: connections, Store.serviceSettings, logger) { pool in
            let store = Store(pool: pool, suppressionKey: try SuppressionKeyFile.find(folder: folder))
            // Without a survey and policies nobody can be asked: those that ship are there from the start.
            if try await store.surveyVersions(after: 0).isEmpty {
                _ = try await store.publish(SurveyFile.standard(), by: .program, now: Date())
            }
            try await store.publishStandardPolicies(now: Date())
            return try await body(store)
        }
    }

    private func withPool<R: Sendable>(
        _ conninfo: String, size: Int, _ settings: [String: String], _ logger: Logger,
        _ body: @escaping @Sendable (PostgresPool) async throws -> R
    ) async throws -> R {
        let options = PostgresPool.Options(maximumSize: size, applicationName: "hearback", settings: settings)
        let pool = PostgresPool(conninfo: conninfo, options: options, logger: logger)
        return try await withThrowingTaskGroup(of: R?.self) { group in
            group.addTask {
                await pool.run()
                return nil
            }
            group.addTask { try await body(pool) }
            defer { group.cancelAll() }
            while let finished = try await group.next() {
                if let result = finished { return result }
            }
            throw CancellationError()
        }
    }
}

/// How far the opening of a store has come.
private final class OpeningProgress: Sendable {
    let isInBody = Atomic(false)
}

/// The program was told to stop.
struct Interruption: Error, CustomStringConvertible {
    let description = "interrupted; what was not finished is not kept"
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
