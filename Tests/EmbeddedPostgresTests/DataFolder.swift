import EmbeddedPostgres
import Foundation
import Logging
import Postgres

/// A data folder for one test, removed with everything in it afterwards.
struct DataFolder {
    let path: String

    static func with(
        _ name: String = "data", _ body: (DataFolder) async throws -> Void
    ) async throws {
        let parent = FileManager.default.temporaryDirectory.appending(path: "hearback-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        let outcome: Result<Void, any Error>
        do {
            try await body(DataFolder(path: "\(parent)/\(name)"))
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        try FileManager.default.removeItem(atPath: parent)
        try outcome.get()
    }

    var cluster: String { path + "/postgres" }

    func start(_ settings: [String: String] = [:]) async throws -> EmbeddedPostgres {
        try await EmbeddedPostgres.start(
            dataFolder: path, settings: settings, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// The number in `postmaster.pid`; nil when there is no such file.
    var serverProcess: pid_t? {
        let text = try? String(contentsOfFile: cluster + "/postmaster.pid", encoding: .utf8)
        return text?.split(separator: "\n").first.flatMap { pid_t($0) }
    }
}

extension EmbeddedPostgres {
    /// Runs one statement on a connection of its own.
    @discardableResult
    func query(_ sql: StaticString, _ parameters: any PostgresEncodable...) async throws -> PostgresRows {
        let connection = try await PostgresConnection.open(conninfo, logger: Logger(label: "test"))
        let rows = try await connection.query(PostgresStatement(sql, parameters: parameters))
        await connection.close()
        return rows
    }
}

/// Returns once the process is gone.
func waitForEnd(of process: pid_t) async throws {
    while kill(process, 0) == 0 { try await Task.sleep(for: .milliseconds(5)) }
}
