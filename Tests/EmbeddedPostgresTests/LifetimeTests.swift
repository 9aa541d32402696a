import EmbeddedPostgres
import Foundation
import Testing

struct LifetimeTests {
    @Test func dataSurviveAStopAndAStart() async throws {
        try await DataFolder.with { folder in
            let first = try await folder.start()
            try await first.query("create table t as select 42 as answer")
            let process = try #require(folder.serverProcess)
            await first.stop()
            #expect(folder.serverProcess == nil)
            try await waitForEnd(of: process)
            await first.stop()
            let second = try await folder.start()
            #expect(try await second.query("select answer from t").decodeOnly(Int.self) == 42)
            #expect(second.conninfo == first.conninfo)
            await second.stop()
        }
    }

    @Test func usersShareOneServerAndTheLastOneStopsIt() async throws {
        try await DataFolder.with { folder in
            let users = try await withThrowingTaskGroup(of: EmbeddedPostgres.self) { group in
                for _ in 0..<4 { group.addTask { try await folder.start() } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let process = try #require(folder.serverProcess)
            for user in users.dropLast() {
                await user.stop()
                #expect(folder.serverProcess == process)
                #expect(kill(process, 0) == 0)
            }
            #expect(try await users[3].query("select 1").count == 1)
            await users[3].stop()
            #expect(folder.serverProcess == nil)
        }
    }

    @Test func stoppingWorksInACancelledTask() async throws {
        try await DataFolder.with { folder in
            let server = try await folder.start()
            await Task {
                withUnsafeCurrentTask { $0?.cancel() }
                await server.stop()
            }.value
            #expect(folder.serverProcess == nil)
        }
    }

    /// A killed program loses its locks without having stopped anything, as a value that is simply dropped does.
    @Test func theServerOfAKilledProgramIsJoinedAndStoppedByTheNext() async throws {
        try await DataFolder.with { folder in
            _ = try await folder.start()
            let process = try #require(folder.serverProcess)
            #expect(kill(process, 0) == 0)
            let next = try await folder.start()
            #expect(folder.serverProcess == process)
            #expect(try await next.query("select 1").count == 1)
            await next.stop()
            try await waitForEnd(of: process)
        }
    }

    @Test func aKilledServerRecoversWhatWasCommitted() async throws {
        try await DataFolder.with { folder in
            let first = try await folder.start()
            try await first.query("create table t as select 42 as answer")
            let process = try #require(folder.serverProcess)
            kill(process, SIGKILL)
            try await waitForEnd(of: process)
            #expect(folder.serverProcess == process)
            let second = try await folder.start()
            #expect(try await second.query("select answer from t").decodeOnly(Int.self) == 42)
            await second.stop()
            await first.stop()
            #expect(folder.serverProcess == nil)
        }
    }

    /// After a crash of the machine the number in the file may be any process's, also one of the server's own user.
    @Test func aStaleNumberOfAnUnrelatedProcessDoesNotKeepTheServerFromStarting() async throws {
        try await DataFolder.with { folder in
            let first = try await folder.start()
            try await first.query("create table t as select 42 as answer")
            let process = try #require(folder.serverProcess)
            kill(process, SIGKILL)
            try await waitForEnd(of: process)
            let owner = try FileManager.default.attributesOfItem(atPath: folder.cluster)[.ownerAccountID] as? Int
            let stranger = Process()
            stranger.executableURL = URL(filePath: "/usr/bin/setpriv")
            stranger.arguments =
                geteuid() == 0 ? ["--reuid=\(try #require(owner))", "sleep", "600"] : ["sleep", "600"]
            // Whatever inherits the test's output keeps its reader waiting.
            stranger.standardOutput = FileHandle.nullDevice
            stranger.standardError = FileHandle.nullDevice
            try stranger.run()
            defer { stranger.terminate() }
            let file = folder.cluster + "/postmaster.pid"
            let lines = try String(contentsOfFile: file, encoding: .utf8).split(
                separator: "\n", omittingEmptySubsequences: false)
            try ([Substring("\(stranger.processIdentifier)")] + lines.dropFirst()).joined(separator: "\n")
                .write(toFile: file, atomically: true, encoding: .utf8)
            let second = try await folder.start()
            #expect(try await second.query("select answer from t").decodeOnly(Int.self) == 42)
            await second.stop()
            await first.stop()
            #expect(stranger.isRunning)
        }
    }

    @Test func aHalfMadeClusterIsMadeAnew() async throws {
        try await DataFolder.with { folder in
            let unfinished = folder.cluster + ".new/base"
            try FileManager.default.createDirectory(atPath: unfinished, withIntermediateDirectories: true)
            let server = try await folder.start()
            #expect(try await server.query("select 1").count == 1)
            #expect(FileManager.default.fileExists(atPath: folder.cluster + ".new") == false)
            await server.stop()
        }
    }

    @Test func aMissingDatabaseIsMadeAgain() async throws {
        try await DataFolder.with { folder in
            let first = try await folder.start()
            let other = first.conninfo.replacing("dbname=hearback", with: "dbname=postgres")
            try await execute("drop database hearback", on: other)
            let second = try await folder.start()
            #expect(try await second.query("select 1").count == 1)
            await second.stop()
            await first.stop()
        }
    }

    @Test func aClusterOfAnotherMajorVersionIsRefused() async throws {
        try await DataFolder.with { folder in
            let first = try await folder.start()
            await first.stop()
            try "9\n".write(toFile: folder.cluster + "/PG_VERSION", atomically: true, encoding: .utf8)
            let error = await #expect(throws: EmbeddedPostgresError.self) { try await folder.start() }
            #expect(error?.code == .wrongVersion)
            #expect(error?.description.contains("PostgreSQL 9") == true)
            #expect(error?.description.contains("apt-get install postgresql-9") == true)
        }
    }
}
