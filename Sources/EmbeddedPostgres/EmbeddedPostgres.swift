import Foundation
import Logging

/// A private PostgreSQL in a data folder, reachable by a unix socket only, shared by the processes that use the folder.
///
/// The first process that needs the server starts it and the last one stops it. A server whose program was killed is
/// joined by the next one. As root, the server runs as the user `postgres`, or else `nobody`.
///
/// Files in the data folder: `postgres` (the cluster), `postgres.socket`, `postgres.users` (each user holds a shared
/// lock on it) and `postgres.lock` (held while a server is being started or stopped).
public actor EmbeddedPostgres {
    /// The connection string of the database `hearback`.
    public nonisolated let conninfo: String
    private let cluster: Cluster
    private let configuration: ClusterConfiguration
    private let lock: FileLock
    private let searchPath: String
    /// Held as long as this value uses the server.
    private var use: FileLock?

    /// Makes the cluster if there is none, starts its server unless it runs, and returns when it accepts connections.
    ///
    /// - Parameters:
    ///   - dataFolder: The folder, which is made when it does not exist.
    ///   - searchPath: Folders to look for PostgreSQL's programs in, as in PATH; then `/usr/lib/postgresql/*/bin`.
    ///   - settings: Settings of the server that differ from those chosen here; heeded when this call starts it.
    public static func start(
        dataFolder: String, searchPath: String = "", settings: [String: String] = [:], logger: Logger
    ) async throws -> EmbeddedPostgres {
        let account = try ServerAccount.forThisProcess()
        let folder = try makeDataFolder(dataFolder, account)
        let lock = try FileLock(path: folder + "/postgres.lock")
        let use = try FileLock(path: folder + "/postgres.users")
        try await lock.lock(.exclusive)
        defer { lock.release() }
        let location = try ClusterLocation(dataFolder: folder, account: account)
        let cluster = Cluster(location: location, account: account, logger: logger)
        try await use.lock(.shared)
        let configuration = ClusterConfiguration(location: location, account: account, settings: settings)
        let server = EmbeddedPostgres(cluster, configuration, lock: lock, use: use, searchPath: searchPath)
        do {
            if !(await cluster.answers()) { try await bringUp(cluster, configuration, searchPath) }
            return server
        } catch {
            // The server may have been started all the same, when this task was cancelled at the wrong moment.
            await server.stop()
            throw error
        }
    }

    private init(
        _ cluster: Cluster, _ configuration: ClusterConfiguration, lock: FileLock, use: FileLock, searchPath: String
    ) {
        self.cluster = cluster
        self.configuration = configuration
        self.lock = lock
        self.use = use
        self.searchPath = searchPath
        conninfo = cluster.location.conninfo(database: "hearback")
    }

    /// Starts the server again if it is gone, as after a crash; to be called now and then while the server is used.
    public func restartIfGone() async throws {
        guard use != nil, !(await cluster.answers()) else { return }
        try await lock.lock(.exclusive)
        defer { lock.release() }
        guard use != nil else { return }
        try await Self.bringUp(cluster, configuration, searchPath)
        cluster.logger.warning("The private PostgreSQL was gone and has been started again.")
    }

    /// Gives the server up, and stops it when no other process uses it; further calls do nothing.
    public func stop() async {
        guard let use else { return }
        self.use = nil
        // A task of its own, since the caller's may have been cancelled: stopping is what one does then.
        await Task { await release(use) }.value
    }

    private func release(_ use: FileLock) async {
        do {
            try await lock.lock(.exclusive)
            defer { lock.release() }
            let isLast = use.tryLock(.exclusive)
            use.release()
            guard isLast, cluster.serverProcess != nil else { return }
            let programs = try await PostgresPrograms.find(
                searchPath: searchPath, account: cluster.account, wanted: cluster.majorVersion)
            try await cluster.stop(with: programs)
            rmdir(cluster.location.socketFolder)
        } catch {
            cluster.logger.error("The private PostgreSQL was not stopped.", metadata: ["error": "\(error)"])
        }
    }

    private static func bringUp(
        _ cluster: Cluster, _ configuration: ClusterConfiguration, _ searchPath: String
    ) async throws {
        if try await cluster.waitForServer() { return }
        let programs = try await PostgresPrograms.find(
            searchPath: searchPath, account: cluster.account, wanted: cluster.majorVersion)
        try cluster.account.makePrivateFolder(cluster.location.socketFolder)
        if cluster.majorVersion == nil {
            cluster.logger.info(
                "Making a private PostgreSQL cluster.", metadata: ["folder": "\(cluster.location.cluster)"])
            try await cluster.initialize(with: programs)
        }
        try configuration.write()
        cluster.removeStaleProcessFile()
        try await cluster.start(with: programs)
    }

    private static func makeDataFolder(_ path: String, _ account: ServerAccount) throws -> String {
        if !FileManager.default.fileExists(atPath: path) {
            // As root, the server's account has to get through to its own folder, but not to see what else is there.
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true,
                attributes: [.posixPermissions: account.isDropped ? 0o711 : 0o700])
        }
        guard let resolved = realpath(path, nil) else {
            throw EmbeddedPostgresError(systemCall: "realpath", path, errno: errno)
        }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
