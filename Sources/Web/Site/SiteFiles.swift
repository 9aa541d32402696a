import Foundation
import NIOCore

/// What a path of the site leads to.
enum SiteItem: Sendable {
    case file(SiteFile)
    /// A file that is too large to be kept in memory.
    case large(LargeFile)
    /// A folder, by a path without the slash that its links need.
    case folder
    case nothing
}

/// A file that is sent from disk.
struct LargeFile: Sendable {
    let file: OpenFile
    let identity: FileIdentity
    let type: String
}

/// The files of the site's folder, which somebody else writes; those of the kinds that a site has, and nothing outside.
final class SiteFiles: Sendable {
    /// What a site consists of: text, by the ending of its name.
    private static let types = [
        ".html": "text/html; charset=utf-8", ".csv": "text/csv; charset=utf-8", ".json": "application/json",
        ".svg": "image/svg+xml", ".txt": "text/plain; charset=utf-8",
    ]

    private let folder: String
    private let largest: Int
    private let cache: SiteCache
    private let reader = Reader()

    /// - Parameters:
    ///   - capacity: How many bytes are kept in memory.
    ///   - largest: The largest file that is kept.
    init(folder: String, capacity: Int = 64 << 20, largest: Int = 8 << 20) {
        self.folder = folder
        self.largest = largest
        cache = SiteCache(capacity: capacity)
    }

    /// The file of a path, if it is in memory as it is on disk; costs one look at the disk and never waits.
    func current(_ path: SitePath) -> SiteFile? {
        guard let file = cache[path], let found = FileIdentity.look(file.place), found.identity == file.identity
        else { return nil }
        return file
    }

    /// What a path leads to.
    ///
    /// - Throws: `IOError` when the disk cannot be read.
    func item(at path: SitePath) async throws -> SiteItem {
        if let file = current(path) { return .file(file) }
        return try await reader.read(path, of: self)
    }

    /// Reads files one at a time, so that one that many wait for is read and compressed once.
    private actor Reader {
        func read(_ path: SitePath, of files: SiteFiles) throws -> SiteItem {
            if let file = files.current(path) { return .file(file) }
            return try files.read(path)
        }
    }

    private func read(_ path: SitePath) throws -> SiteItem {
        cache.forget(path)
        // Where links lead is looked at before anything is opened.
        guard let root = realPath(folder), let place = realPath(place(of: path)),
            place == root || place.hasPrefix(root + "/"), let file = try OpenFile(place),
            let (kind, identity) = file.look()
        else { return .nothing }
        if kind == .folder { return .folder }
        guard kind == .file, let dot = path.relative.lastIndex(of: "."),
            let type = Self.types[String(path.relative[dot...])]
        else { return .nothing }
        guard identity.size <= largest else { return .large(LargeFile(file: file, identity: identity, type: type)) }
        let found = SiteFile(
            try file.read(identity.size, at: 0), type: type, place: self.place(of: path), identity: identity)
        cache.keep(found, at: path)
        return .file(found)
    }

    private func place(of path: SitePath) -> String {
        path.relative.isEmpty ? folder : folder + "/" + path.relative
    }

    private func realPath(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }
}
