import Foundation

/// What tells one content of a file from another without reading it.
///
/// Files of the site are replaced in one step, by renaming; whoever writes into one instead changes its time.
struct FileIdentity: Hashable, Sendable {
    /// What a file is.
    enum Kind {
        case file, folder, other
    }

    let device: UInt64
    let inode: UInt64
    let size: Int
    let seconds: Int
    let nanoseconds: Int

    /// Looks at what a path leads to.
    static func look(_ path: String) -> (kind: Kind, identity: FileIdentity)? {
        var status = stat()
        return stat(path, &status) == 0 ? read(status) : nil
    }

    /// Looks at an open file.
    static func look(_ descriptor: Int32) -> (kind: Kind, identity: FileIdentity)? {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? read(status) : nil
    }

    private static func read(_ status: stat) -> (kind: Kind, identity: FileIdentity) {
        let kind: Kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            default: .other
            }
        let identity = FileIdentity(
            device: UInt64(status.st_dev), inode: UInt64(status.st_ino), size: Int(status.st_size),
            seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
        return (kind, identity)
    }
}
