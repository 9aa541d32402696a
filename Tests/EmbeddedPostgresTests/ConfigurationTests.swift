import EmbeddedPostgres
import Foundation
import Logging
import Postgres
import Testing

func execute(_ script: String, on conninfo: String) async throws {
    let connection = try await PostgresConnection.open(conninfo, logger: Logger(label: "test"))
    do {
        try await connection.execute(script: script)
    } catch {
        await connection.close()
        throw error
    }
    await connection.close()
}

struct ConfigurationTests {
    private let expectations = [
        "listen_addresses": "", "fsync": "on", "synchronous_commit": "on", "data_checksums": "on",
        "server_encoding": "UTF8", "TimeZone": "UTC", "log_statement": "none", "log_error_verbosity": "terse",
        "log_min_error_statement": "panic", "log_min_messages": "log", "max_connections": "40",
        "shared_buffers": "256MB",
    ]

    @Test func theServerIsSafeAndSmall() async throws {
        try await DataFolder.with { folder in
            let server = try await folder.start()
            for (name, value) in expectations {
                #expect(try await server.query("select current_setting($1)", name).decodeOnly(String.self) == value)
            }
            let (locale, role) = try await server.query(
                "select datcollate::text, current_user::text from pg_database where datname = current_database()"
            ).decodeOnly(String.self, String.self)
            #expect(locale == "C.UTF-8")
            #expect(role == "hearback")
            await server.stop()
        }
    }

    @Test func onlyTheServersUserMayEnterItsFolders() async throws {
        try await DataFolder.with { folder in
            let server = try await folder.start()
            for name in ["postgres", "postgres.socket"] {
                let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/\(name)")
                #expect(attributes[.posixPermissions] as? Int == 0o700)
                #expect(attributes[.ownerAccountID] as? Int != 0)
            }
            await server.stop()
        }
    }

    @Test func refusedRowsAreNotLogged() async throws {
        try await DataFolder.with { folder in
            let server = try await folder.start()
            try await server.query("create table t (name text unique)")
            try await server.query("insert into t values ($1)", "Jana Nováková")
            await #expect(throws: PostgresError.self) {
                try await server.query("insert into t values ($1)", "Jana Nováková")
            }
            await #expect(throws: PostgresError.self) { try await server.query("select $1::int", "Jana Nováková") }
            try await server.query("select pg_stat_reset()")
            await server.stop()
            let logs = try FileManager.default.contentsOfDirectory(atPath: folder.cluster + "/log")
            #expect(logs.count == 1)
            let text = try String(contentsOfFile: "\(folder.cluster)/log/\(try #require(logs.first))", encoding: .utf8)
            #expect(text.contains("database system is ready"))
            #expect(text.contains("Jana") == false)
        }
    }

    @Test func settingsOfTheCallerAndOfTheOperatorPrevail() async throws {
        try await DataFolder.with { folder in
            let first = try await folder.start(["work_mem": "5MB", "cluster_name": "it's \\"])
            try await execute("alter system set statement_timeout = '77s'", on: first.conninfo)
            await first.stop()
            let second = try await folder.start(["work_mem": "5MB", "cluster_name": "it's \\"])
            let values = try await second.query(
                """
                select array[current_setting('work_mem'), current_setting('cluster_name'),
                             current_setting('statement_timeout')]
                """
            ).decodeOnly([String].self)
            #expect(values == ["5MB", "it's \\", "77s"])
            await second.stop()
        }
    }

    @Test(arguments: [String(repeating: "long-", count: 30), "'quotes', \"these\", \\ and $(false)", "ünï çode"])
    func anyFolderNameWillDo(_ name: String) async throws {
        try await DataFolder.with(name) { folder in
            let server = try await folder.start()
            #expect(try await server.query("select 1").count == 1)
            await server.stop()
        }
    }

    @Test(.enabled(if: geteuid() == 0)) func aFolderThatOnlyRootMayEnterHasItsClusterElsewhere() async throws {
        try await DataFolder.with { folder in
            try FileManager.default.createDirectory(
                atPath: folder.path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
            let first = try await folder.start()
            try await first.query("create table t as select 42 as answer")
            await first.stop()
            #expect(FileManager.default.fileExists(atPath: folder.cluster) == false)
            // Found again, also when the folder has been opened in the meantime.
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
            let second = try await folder.start()
            #expect(try await second.query("select answer from t").decodeOnly(Int.self) == 42)
            let cluster = try await second.query("select current_setting('data_directory')").decodeOnly(String.self)
            await second.stop()
            #expect(cluster.hasPrefix("/var/lib/hearback/"))
            try FileManager.default.removeItem(atPath: (cluster as NSString).deletingLastPathComponent)
        }
    }
}
