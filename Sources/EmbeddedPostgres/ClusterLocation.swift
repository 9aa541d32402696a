import Foundation

/// Where a cluster's files and its socket are.
struct ClusterLocation: Sendable {
    /// PostgreSQL's data directory.
    let cluster: String
    /// The folder of the unix socket, which only the server's account may enter.
    let socketFolder: String

    /// The longest path that a unix socket can have, its final NUL apart (sun_path in unix(7)).
    private static let socketPathLimit = 107

    /// Chooses the folders for a data folder, which must be an absolute path.
    ///
    /// The cluster is in the data folder, unless the server's account cannot get there (a data folder in root's home):
    /// then it is under `/var/lib/hearback`. A cluster that exists already is found again where it is.
    init(dataFolder: String, account: ServerAccount) throws {
        let hash = ClusterLocation.hash(dataFolder)
        let elsewhere = "/var/lib/hearback/\(hash)"
        let exists = { (folder: String) in FileManager.default.fileExists(atPath: folder + "/postgres/PG_VERSION") }
        var home = dataFolder
        if !exists(dataFolder) && (exists(elsewhere) || !account.canReach(dataFolder)) { home = elsewhere }
        if home == elsewhere {
            try FileManager.default.createDirectory(
                atPath: home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o711])
        }
        guard account.canReach(home) else {
            throw EmbeddedPostgresError(
                .unusableFolder, "the user \(account.name), as whom PostgreSQL runs, may not enter \(home)")
        }
        cluster = home + "/postgres"
        let socketFolder = home + "/postgres.socket"
        let isTooLong = (socketFolder + "/.s.PGSQL.5432").utf8.count > ClusterLocation.socketPathLimit
        self.socketFolder = isTooLong ? "/tmp/hearback-\(hash)-\(account.user)" : socketFolder
    }

    /// The connection string for a database of the cluster.
    ///
    /// Everything is spelled out, so that no PGHOST or PGPORT in the environment leads elsewhere.
    func conninfo(database: String) -> String {
        let host = socketFolder.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
        return "host='\(host)' port=5432 user=hearback dbname=\(database)"
    }

    /// Twelve hexadecimal digits that stand for a path (FNV-1a, 64 bits, folded).
    private static func hash(_ path: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in path.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        let digits = String((hash >> 48) ^ (hash & 0xffff_ffff_ffff), radix: 16)
        return String(repeating: "0", count: 12 - digits.count) + digits
    }
}
