import Crypto
import Foundation
import Migrations
import Postgres

/// Why a database cannot be used by this program.
public enum MigrationError: Error, CustomStringConvertible, Equatable {
    /// An applied migration's text differs from the one this program carries.
    case changed(name: String)
    /// The database has a migration that this program does not know.
    case newer(name: String)
    /// A migration failed; nothing of it was applied.
    case failed(name: String, reason: String)

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .changed(let name):
            "migration \(name) was changed after it was applied; put back its text and add a new migration instead"
        case .newer(let name):
            "the database has migration \(name), which this program does not know; install the newer program"
        case .failed(let name, let reason):
            "migration \(name) failed and nothing of it was applied: \(reason)"
        }
    }
}

/// Brings a database up to the program's migrations, each in one transaction with its bookkeeping row.
public struct Migrator: Sendable {
    private let migrations: [Migration]

    /// Creates a migrator.
    ///
    /// - Parameter migrations: The migrations in order; those the program carries unless a test says otherwise.
    public init(_ migrations: [Migration] = Migration.all) {
        self.migrations = migrations
    }

    /// Applies what is missing. Programs that start together wait for each other.
    ///
    /// - Returns: The names of the migrations that were applied.
    /// - Throws: ``MigrationError``, or `PostgresError` when the database cannot be reached.
    @discardableResult
    public func migrate(_ pool: PostgresPool, now: Date) async throws -> [String] {
        try await pool.withConnection { connection in
            try await connection.query("select pg_advisory_lock(4720091)")
            do {
                let applied = try await apply(on: connection, now: now)
                try await connection.query("select pg_advisory_unlock(4720091)")
                return applied
            } catch {
                _ = try? await connection.query("select pg_advisory_unlock(4720091)")
                throw error
            }
        }
    }

    private func apply(on connection: isolated PostgresConnection, now: Date) async throws -> [String] {
        try await connection.execute(
            script: """
                create table if not exists schema_migration (
                    name        text primary key,
                    sha256      bytea not null,
                    applied_at  timestamptz not null
                )
                """)
        let rows = try await connection.query("select name, sha256 from schema_migration order by name")
            .decode(String.self, [UInt8].self)
        let known = Dictionary(uniqueKeysWithValues: migrations.map { ($0.name, $0.sha256) })
        for (name, sha256) in rows {
            guard let expected = known[name] else { throw MigrationError.newer(name: name) }
            guard expected == sha256 else { throw MigrationError.changed(name: name) }
        }
        let done = Set(rows.map(\.0))
        let missing = migrations.filter { !done.contains($0.name) }
        for migration in missing {
            do {
                try await connection.transaction { connection in
                    try await connection.execute(script: migration.sql)
                    try await connection.query(
                        "insert into schema_migration (name, sha256, applied_at) values ($1, $2, $3)",
                        migration.name, migration.sha256, now)
                }
            } catch let error as PostgresError where error.code == .server {
                throw MigrationError.failed(name: migration.name, reason: error.description)
            }
        }
        return missing.map(\.name)
    }
}

extension Migration {
    fileprivate var sha256: [UInt8] { Array(SHA256.hash(data: Data(sql.utf8))) }
}
