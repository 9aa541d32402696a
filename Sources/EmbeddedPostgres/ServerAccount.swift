import Foundation

/// The user of the operating system that the server runs as and that owns its files.
struct ServerAccount: Sendable {
    let name: String
    let user: uid_t
    let group: gid_t
    /// True when the program is another user, root, and has to step down for the server.
    let isDropped: Bool

    /// The account for this process: its own, except for root, as whom PostgreSQL refuses to run.
    static func forThisProcess() throws -> ServerAccount {
        let own = geteuid()
        if own != 0 { return ServerAccount(name: try name(of: own), user: own, group: getegid(), isDropped: false) }
        for name in ["postgres", "nobody"] {
            if let account = named(name) { return account }
        }
        throw EmbeddedPostgresError(
            .failed, "PostgreSQL does not run as root, and there is neither a user postgres nor a user nobody")
    }

    /// The names that may connect to the server: the program's own and the server's.
    func namesOfPermittedUsers() throws -> [String] {
        isDropped ? [try ServerAccount.name(of: geteuid()), name] : [name]
    }

    /// True when the account may enter every folder on the way to `path`, itself included.
    func canReach(_ path: String) -> Bool {
        guard isDropped else { return true }
        var folder = URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL.path
        while true {
            var status = stat()
            guard stat(folder, &status) == 0 else { return false }
            let bit: mode_t = status.st_uid == user ? 0o100 : status.st_gid == group ? 0o010 : 0o001
            guard status.st_mode & bit != 0 else { return false }
            if folder == "/" { return true }
            folder = (folder as NSString).deletingLastPathComponent
        }
    }

    /// Makes a folder that only this account may enter; refuses one that belongs to somebody else.
    func makePrivateFolder(_ path: String) throws {
        if mkdir(path, 0o700) != 0, errno != EEXIST {
            throw EmbeddedPostgresError(systemCall: "mkdir", path, errno: errno)
        }
        var status = stat()
        guard lstat(path, &status) == 0 else { throw EmbeddedPostgresError(systemCall: "stat", path, errno: errno) }
        guard status.st_mode & S_IFMT == S_IFDIR, status.st_uid == user || status.st_uid == geteuid() else {
            throw EmbeddedPostgresError(.unusableFolder, "\(path) is not a folder of \(name)'s own")
        }
        try take(path)
        guard chmod(path, 0o700) == 0 else { throw EmbeddedPostgresError(systemCall: "chmod", path, errno: errno) }
    }

    /// Writes a file that belongs to this account.
    func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        try take(path)
        guard chmod(path, 0o600) == 0 else { throw EmbeddedPostgresError(systemCall: "chmod", path, errno: errno) }
    }

    private func take(_ path: String) throws {
        guard isDropped else { return }
        guard chown(path, user, group) == 0 else {
            throw EmbeddedPostgresError(systemCall: "chown", path, errno: errno)
        }
    }

    private static func named(_ name: String) -> ServerAccount? {
        look { getpwnam_r(name, $0, $1, $2, $3) }
    }

    private static func name(of user: uid_t) throws -> String {
        guard let account = look({ getpwuid_r(user, $0, $1, $2, $3) }) else {
            throw EmbeddedPostgresError(.failed, "user \(user) has no name; PostgreSQL needs an entry in /etc/passwd")
        }
        return account.name
    }

    private static func look(
        _ search: (
            UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
            UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
        ) -> Int32
    ) -> ServerAccount? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16 * 1024) { buffer in
            var entry = passwd()
            var result: UnsafeMutablePointer<passwd>?
            guard let text = buffer.baseAddress, search(&entry, text, buffer.count, &result) == 0, result != nil else {
                return nil
            }
            return ServerAccount(
                name: String(cString: entry.pw_name), user: entry.pw_uid, group: entry.pw_gid, isDropped: true)
        }
    }
}
