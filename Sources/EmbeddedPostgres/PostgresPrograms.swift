import Foundation
import Subprocess

/// The server's programs of one PostgreSQL installation, run as the server's account.
struct PostgresPrograms: Sendable {
    let folder: String
    let majorVersion: Int
    let account: ServerAccount

    /// Finds an installation: first in the folders of `searchPath`, then the newest that Debian's packages put down.
    ///
    /// - Parameter wanted: The major version of a cluster that exists; another one cannot run it.
    static func find(searchPath: String, account: ServerAccount, wanted: Int?) async throws -> PostgresPrograms {
        var found: [PostgresPrograms] = []
        for folder in candidates(searchPath) {
            guard let version = try await majorVersion(in: folder, account) else { continue }
            let programs = PostgresPrograms(folder: folder, majorVersion: version, account: account)
            if wanted == nil || version == wanted { return programs }
            found.append(programs)
        }
        guard let wanted, let other = found.first else {
            throw EmbeddedPostgresError(
                .notInstalled,
                "PostgreSQL is not installed (initdb, pg_ctl and postgres were not found); on Debian and Ubuntu: "
                    + "apt-get install postgresql\(wanted.map { "-\($0)" } ?? "")")
        }
        throw EmbeddedPostgresError(
            .wrongVersion,
            "the data folder holds a cluster of PostgreSQL \(wanted), but only \(other.majorVersion) is installed; "
                + "apt-get install postgresql-\(wanted), or move the cluster with pg_upgrade")
    }

    private static func candidates(_ searchPath: String) -> [String] {
        let debian = "/usr/lib/postgresql"
        let versions = ((try? FileManager.default.contentsOfDirectory(atPath: debian)) ?? []).compactMap(Int.init)
        let folders = searchPath.split(separator: ":").map(String.init)
        return (folders + versions.sorted(by: >).map { "\(debian)/\($0)/bin" }).filter { folder in
            ["initdb", "pg_ctl", "postgres"].allSatisfy { access("\(folder)/\($0)", X_OK) == 0 }
        }
    }

    private static func majorVersion(in folder: String, _ account: ServerAccount) async throws -> Int? {
        let programs = PostgresPrograms(folder: folder, majorVersion: 0, account: account)
        // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"
        let answer = try await programs.run("postgres", ["--version"]).output
        return answer.split(separator: " ").lazy.compactMap { Int($0.prefix(while: \.isNumber)) }.first
    }

    /// Runs one of the programs to its end; returns what it wrote, both streams together.
    ///
    /// The cluster is named by PGDATA and the working directory, not by an argument: pg_ctl hands those to a shell.
    func run(
        _ name: String, _ arguments: [String], cluster: String? = nil
    ) async throws -> (succeeded: Bool, output: String) {
        var options = PlatformOptions()
        // A Ctrl-C in the terminal is for the program, which then stops the server in good order.
        options.createSession = true
        var environment: [Environment.Key: String] = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"]
        environment["PGDATA"] = cluster
        var command = ["\(folder)/\(name)"] + arguments
        if account.isDropped {
            // Not by PlatformOptions.userID: that changes the user between fork and exec, where glibc's setuid() may
            // wait for a thread that the fork has left behind.
            let identity = ["--reuid=\(account.user)", "--regid=\(account.group)", "--clear-groups", "--"]
            command = ["/usr/bin/setpriv"] + identity + command
        }
        let result = try await Subprocess.run(
            .path(.init(command[0])),
            arguments: Arguments(Array(command.dropFirst())),
            environment: .custom(environment),
            workingDirectory: .init(cluster ?? "/"),
            platformOptions: options,
            output: .string(limit: 64 * 1024),
            error: .combinedWithOutput)
        return (result.terminationStatus.isSuccess, result.standardOutput)
    }
}
