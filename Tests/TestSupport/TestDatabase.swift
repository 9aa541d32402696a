import EmbeddedPostgres
import Foundation
import Logging
import Postgres
import Synchronization
import Testing

/// A test's own database, with a running pool on it; dropped when the test is over.
public struct TestDatabase: Sendable {
    /// The database's name.
    public let name: String
    /// The database's connection string.
    public let conninfo: String
    /// A pool that runs for as long as the test does.
    public let pool: PostgresPool

    @TaskLocal private static var inScope: TestDatabase?

    /// The database of the test that is running; throws when the test lacks a database trait.
    public static var current: TestDatabase {
        get throws {
            guard let inScope else { throw TestClusterError.noDatabaseTrait }
            return inScope
        }
    }

    /// Runs `body` with a database that is cloned from the template, and drops it afterwards.
    static func withClone(of template: TestCluster.Template?, _ body: @Sendable () async throws -> Void) async throws {
        let cluster = try await TestCluster.shared()
        try await cluster.slots.withSlot {
            let name = try await cluster.cloneDatabase(of: template)
            let conninfo = cluster.conninfo(database: name)
            let pool = PostgresPool(
                conninfo: conninfo, options: .init(maximumSize: 8, settings: ["jit": "off", "timezone": "UTC"]),
                logger: TestCluster.logger)
            let run = Task { await pool.run() }
            let outcome: Result<Void, any Error>
            do {
                try await $inScope.withValue(TestDatabase(name: name, conninfo: conninfo, pool: pool), operation: body)
                outcome = .success(())
            } catch {
                outcome = .failure(error)
            }
            run.cancel()
            await run.value
            try await cluster.dropDatabase(name)
            try outcome.get()
        }
    }
}

/// Gives each test a database of its own; write `@Test(.database)`, or `@Suite(.database)` for all tests of a suite.
public struct DatabaseTrait: TestTrait, SuiteTrait, TestScoping {
    let template: TestCluster.Template?

    /// Every test of a suite with this trait gets it.
    public var isRecursive: Bool { true }

    /// Runs a test, but not the suite that it stands in, with a database.
    public func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        try await TestDatabase.withClone(of: template, function)
    }
}

extension Trait where Self == DatabaseTrait {
    /// An empty database.
    public static var database: DatabaseTrait { DatabaseTrait(template: nil) }

    /// A database that is cloned from a template.
    public static func database(_ template: TestCluster.Template) -> DatabaseTrait {
        DatabaseTrait(template: template)
    }
}

/// Why a test has no database.
public enum TestClusterError: Error {
    /// The test stands outside of a suite with a database trait and has none itself.
    case noDatabaseTrait
}
