import Foundation

/// Replaces files of a site: they are written beside the site first and moved into their places afterwards, so that a disk that
/// fills up leaves the old pages whole, and a reader sees the old page or the new one.
///
/// Its content is remembered from one building to the next; the manifest is written when every page shows the same figures.
actor SiteFolder {
    private(set) var manifest = SiteManifest()
    private let folder: URL
    private let staging: URL
    private var staged: [String] = []
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
    /// - Returns: What is known of its content.
    func open() throws -> SiteManifest {
        let path = folder.appending(path: SiteManifest.name).path(percentEncoded: false)
        let identity = FileIdentity(path)
        guard manifestFile == nil || identity != manifestFile else { return manifest }
        try makeFolder(folder)
        manifest = SiteManifest.read(in: folder)
        // An interrupted building has moved some pages into place that the manifest does not know.
        let stagingPath = staging.path(percentEncoded: false)
        if FileManager.default.fileExists(atPath: stagingPath) {
            manifest.forgetContent()
            try? FileManager.default.removeItem(at: staging)
        }
        manifestFile = identity
        staged = []
        folders = []
        return manifest
    }

    /// Takes a page and its file, unless the site has the same content already.
    func take(_ page: WrittenPage) throws {
        try take(page.html, as: page.path.html)
        try take(page.csv, as: page.path.csv)
    }

    private func take(_ content: [UInt8], as name: String) throws {
        let hash = contentHash(content)
        guard manifest.files[name] != hash else { return }
        try write(content, as: name)
        manifest.files[name] = hash
        staged.append(name)
    }

    /// Moves what was taken into place.
    ///
    /// - Parameter parts: What the parts that are now whole were built from.
    /// - Returns: How many files were new.
    func publish(_ parts: [String: SiteManifest.BuiltFrom]) throws -> Int {
        for name in staged { try makeFolder(of: name, in: folder) }
        for name in staged { try move(name) }
        manifest.parts.merge(parts) { $1 }
        defer { staged = [] }
        return staged.count
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
        try? FileManager.default.removeItem(at: staging)
        folders = []
    }

    /// Drops what was taken and not moved into place, so that its pages are made again.
    func discard() {
        for name in staged { manifest.files[name] = "" }
        for name in staged { unlink(staging.appending(path: name).path(percentEncoded: false)) }
        staged = []
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
