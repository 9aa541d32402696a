import Foundation

/// Replaces files of a site: they are written beside the site first and moved into their places afterwards, so that a disk that
/// fills up leaves the old pages whole, and a reader sees the old page or the new one.
///
/// Its content is remembered from one building to the next; the manifest is written when every page shows the same figures. Two
/// buildings may be under way at once, of different parts.
actor SiteFolder {
    private var manifest = SiteManifest()
    private let folder: URL
    private let staging: URL
    /// The hashes of the files that are written beside the site and not moved into place yet, by building.
    private var staged: [Int: [String: String]] = [:]
    private var buildings = 0
    private var folders: Set<String> = []
    /// The manifest's file as it was when it was last read or written.
    private var manifestFile: FileIdentity?

    /// Creates the folder of a site at a path; it is made when it is opened.
    init(_ path: String) {
        folder = URL(filePath: path, directoryHint: .isDirectory)
        staging = folder.appending(path: ".unfinished")
    }

    /// Makes the folder if it is not there, and learns what it holds unless that is known.
    ///
    /// - Returns: A number for the building that begins, and what is known of the folder's content.
    func open() throws -> (building: Int, manifest: SiteManifest) {
        try learn()
        buildings += 1
        return (buildings, manifest)
    }

    private func learn() throws {
        let path = folder.appending(path: SiteManifest.name).path(percentEncoded: false)
        let identity = FileIdentity(path)
        guard manifestFile == nil || identity != manifestFile else { return }
        try makeFolder(folder)
        manifest = SiteManifest.read(in: folder)
        // An interrupted building has moved some pages into place that the manifest does not know.
        let stagingPath = staging.path(percentEncoded: false)
        if staged.isEmpty, FileManager.default.fileExists(atPath: stagingPath) {
            manifest.forgetContent()
            try? FileManager.default.removeItem(at: staging)
        }
        manifestFile = identity
        folders = []
    }

    /// Writes a page and its file beside the site, unless the site has the same content already.
    func stage(_ page: WrittenPage, by building: Int) throws {
        for (name, content) in [(page.path.html, page.html), (page.path.csv, page.csv)] {
            let hash = contentHash(content)
            guard manifest.files[name] != hash else { continue }
            staged[building, default: [:]][name] = hash
            try write(content, as: name)
        }
    }

    /// Moves what a building has staged into place.
    ///
    /// - Parameter parts: What the parts that are now whole were built from.
    /// - Returns: How many files were new.
    func publish(_ parts: [String: SiteManifest.BuiltFrom], by building: Int) throws -> Int {
        let files = staged[building] ?? [:]
        let names = files.keys.sorted()
        for name in names { try makeFolder(of: name, in: folder) }
        for name in names { try move(name) }
        manifest.files.merge(files) { $1 }
        manifest.parts.merge(parts) { $1 }
        staged[building] = nil
        return names.count
    }

    /// Drops what a building has staged and not moved into place; what was moved is not known any more, so that all is made again.
    func discard(by building: Int) {
        for name in (staged[building] ?? [:]).keys {
            manifest.files[name] = ""
            unlink(staging.appending(path: name).path(percentEncoded: false))
        }
        staged[building] = nil
    }

    /// Removes files and parts that the site does not have any more, and writes down what is there.
    func finish(keeping names: Set<String>, parts: Set<String>) throws {
        let gone = manifest.files.keys.filter { !names.contains($0) }
        for name in gone { try? FileManager.default.removeItem(at: folder.appending(path: name)) }
        manifest.files = manifest.files.filter { names.contains($0.key) }
        manifest.parts = manifest.parts.filter { parts.contains($0.key) }
        try write(try manifest.encoded(), as: SiteManifest.name)
        try move(SiteManifest.name)
        manifestFile = FileIdentity(folder.appending(path: SiteManifest.name).path(percentEncoded: false))
        // Another building's pages may be waiting there.
        guard staged.isEmpty else { return }
        try? FileManager.default.removeItem(at: staging)
        folders = []
    }

    private func move(_ name: String) throws {
        let source = staging.appending(path: name).path(percentEncoded: false)
        let target = folder.appending(path: name).path(percentEncoded: false)
        guard rename(source, target) == 0 else {
            throw SiteError(reason: String(cString: strerror(errno)), path: target)
        }
    }

    private func write(_ content: [UInt8], as name: String) throws {
        try makeFolder(of: name, in: staging)
        let path = staging.appending(path: name).path(percentEncoded: false)
        let file = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw SiteError(reason: String(cString: strerror(errno)), path: path) }
        var offset = 0
        var failure: Int32 = 0
        content.withUnsafeBytes { bytes in
            while offset < bytes.count, failure == 0 {
                let count = Glibc.write(file, bytes.baseAddress.map { $0 + offset }, bytes.count - offset)
                if count > 0 { offset += count } else if errno != EINTR { failure = errno }
            }
        }
        if close(file) != 0, failure == 0 { failure = errno }
        guard failure == 0 else { throw SiteError(reason: String(cString: strerror(failure)), path: path) }
    }

    private func makeFolder(of name: String, in root: URL) throws {
        try makeFolder(root.appending(path: name).deletingLastPathComponent())
    }

    private func makeFolder(_ url: URL) throws {
        let path = url.path(percentEncoded: false)
        guard folders.insert(path).inserted else { return }
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        } catch {
            folders.remove(path)
            throw SiteError(reason: error.localizedDescription, path: path)
        }
    }
}

/// Tells one file from another that has taken its place.
private struct FileIdentity: Equatable {
    var number: UInt = 0
    var seconds = 0
    var nanoseconds = 0

    /// The file at a path; all zero when there is none.
    init(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return }
        number = UInt(status.st_ino)
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
    }
}

/// A page could not be written; the site is as it was.
public struct SiteError: Error, CustomStringConvertible {
    let reason: String
    let path: String

    /// What happened and what to do.
    public var description: String {
        "the dashboards cannot be written (\(path): \(reason)); the old pages are still there. Make room or choose another folder."
    }
}
