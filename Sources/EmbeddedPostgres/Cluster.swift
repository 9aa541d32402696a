import Foundation
import Logging
import Postgres

/// A cluster on disk and its server process; callers see to it that only one of them acts at a time.
struct Cluster: Sendable {
    let location: ClusterLocation
    let account: ServerAccount
    let logger: Logger

    /// The major version that the cluster was made by; nil when there is none yet.
    var majorVersion: Int? {
        let text = try? String(contentsOfFile: "\(location.cluster)/PG_VERSION", encoding: .utf8)
        return text.flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }

    /// True when a server accepts connections to the database.
    func answers() async -> Bool {
        guard FileManager.default.fileExists(atPath: "\(location.socketFolder)/.s.PGSQL.5432") else { return false }
        do {
            let conninfo = location.conninfo(database: "hearback")
            try await PostgresConnection.open(conninfo, logger: logger).close()
            return true
        } catch {
            return false
        }
    }

    /// Makes the cluster under another name and renames it when it is complete.
    func initialize(with programs: PostgresPrograms) async throws {
        let unfinished = location.cluster + ".new"
        if FileManager.default.fileExists(atPath: unfinished) { try FileManager.default.removeItem(atPath: unfinished) }
        try account.makePrivateFolder(unfinished)
        let (succeeded, output) = try await programs.run(
            "initdb",
            [
                "--username=hearback", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums", "--auth=peer",
                "--no-instructions",
            ], cluster: unfinished)
        guard succeeded else { throw EmbeddedPostgresError(.failed, "initdb failed: \(output)") }
        guard rename(unfinished, location.cluster) == 0 else {
            throw EmbeddedPostgresError(systemCall: "rename", unfinished, errno: errno)
        }
    }

    /// Starts the server and returns when it accepts connections.
    ///
    /// A cancelled caller waits too: a server whose pg_ctl was ended before it had written its number could not be found
    /// again to be stopped.
    func start(with programs: PostgresPrograms) async throws {
        let log = "\(location.cluster)/start.log"
        // When a server was killed, its last sessions may hold its memory for another moment.
        for attempt in 1... {
            try account.write("", to: log)
            let (succeeded, output) = try await Task {
                try await programs.run(
                    "pg_ctl", ["start", "--wait", "--timeout=3600", "--silent", "--log=start.log"],
                    cluster: location.cluster)
            }.value
            if succeeded { break }
            let reason = output + ((try? String(contentsOfFile: log, encoding: .utf8)) ?? "")
            guard attempt < 100, reason.contains("shared memory block") else {
                throw EmbeddedPostgresError(.failed, "PostgreSQL did not start: \(reason)")
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        try await createDatabaseIfMissing()
    }

    /// Stops the server, also when sessions are open: they are rolled back.
    func stop(with programs: PostgresPrograms) async throws {
        for mode in ["fast", "immediate"] {
            let arguments = ["stop", "--wait", "--timeout=60", "--silent", "--mode=\(mode)"]
            if try await programs.run("pg_ctl", arguments, cluster: location.cluster).succeeded { return }
            if serverProcess == nil { return }
        }
        throw EmbeddedPostgresError(.failed, "PostgreSQL did not stop")
    }

    /// The server's process, when one runs on this very cluster.
    ///
    /// After a crash the number in `postmaster.pid` may be a dead process's, or belong to an unrelated one by now.
    var serverProcess: pid_t? {
        let text = try? String(contentsOfFile: "\(location.cluster)/postmaster.pid", encoding: .utf8)
        guard let line = text?.split(separator: "\n").first, let process = pid_t(line) else { return nil }
        let folder = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/cwd")
        return folder == URL(filePath: location.cluster).resolvingSymlinksInPath().path ? process : nil
    }

    /// Removes the mark of a server that is gone, which would keep a new one from starting.
    ///
    /// PostgreSQL refuses to start when the number in the file is in use by any process of its user. It does not rely
    /// on the file alone: a server of which a single session is left is found by its shared memory.
    func removeStaleProcessFile() {
        guard serverProcess == nil else { return }
        unlink("\(location.cluster)/postmaster.pid")
    }

    /// Waits for a server that is already there but does not answer yet: it may be busy with its recovery.
    ///
    /// Returns false when there is none, or no longer.
    func waitForServer() async throws -> Bool {
        var failure: (any Error)?
        for _ in 0..<12_000 where serverProcess != nil {
            do {
                try await createDatabaseIfMissing()
                return true
            } catch {
                failure = error
                try await Task.sleep(for: .milliseconds(50))
            }
        }
        if let failure, serverProcess != nil { throw failure }
        return false
    }

    private func createDatabaseIfMissing() async throws {
        let connection = try await PostgresConnection.open(location.conninfo(database: "postgres"), logger: logger)
        do {
            let found = try await connection.query("select 1 from pg_database where datname = 'hearback'")
            if found.isEmpty { try await connection.execute(script: "create database hearback") }
        } catch {
            await connection.close()
            throw error
        }
        await connection.close()
    }
}
