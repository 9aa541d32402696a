import Foundation

/// Replaces files of a site: all are written beside the site first and moved into their places afterwards, so that a disk that
/// fills up leaves the old site whole, and a reader sees the old page or the new one.
struct SiteFolder {
    /// How many files were written anew.
    private(set) var written = 0
    private(set) var manifest: SiteManifest
    private let folder: URL
    private let staging: URL
    private var staged: [String] = []
    private var folders: Set<String> = []

    /// Opens a site's folder, made if it is not there.
    init(_ path: String) throws {
        folder = URL(filePath: path, directoryHint: .isDirectory)
        staging = folder.appending(path: ".unfinished")
        manifest = SiteManifest.read(in: folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // What an interrupted building has left.
        try? FileManager.default.removeItem(at: staging)
    }

    /// Takes a page and its file, unless the site has the same content already.
    mutating func take(_ page: WrittenPage) throws {
        try take(page.html, as: page.path.html)
        try take(page.csv, as: page.path.csv)
    }

    private mutating func take(_ content: [UInt8], as name: String) throws {
        let hash = contentHash(content)
        guard manifest.files[name] != hash else { return }
        try write(content, as: name)
        manifest.files[name] = hash
        staged.append(name)
        written += 1
    }

    /// Moves what was taken into place, removes files that no page has any more, and writes down what is there.
    ///
    /// - Parameter isKept: Whether a file that was there before stays.
    mutating func finish(_ about: SiteManifest, keeping isKept: (String) -> Bool) throws {
        let gone = manifest.files.keys.filter { !isKept($0) }
        var next = about
        next.files = manifest.files.filter { isKept($0.key) }
        try write(try next.encoded(), as: SiteManifest.name)
        for name in staged { try makeFolder(of: name, in: folder) }
        for name in staged + [SiteManifest.name] {
            let source = staging.appending(path: name).path(percentEncoded: false)
            let target = folder.appending(path: name).path(percentEncoded: false)
            guard rename(source, target) == 0 else {
                throw SiteError(reason: String(cString: strerror(errno)), path: target)
            }
        }
        for name in gone { try? FileManager.default.removeItem(at: folder.appending(path: name)) }
        try? FileManager.default.removeItem(at: staging)
        manifest = next
    }

    private mutating func write(_ content: [UInt8], as name: String) throws {
        try makeFolder(of: name, in: staging)
        let path = staging.appending(path: name).path(percentEncoded: false)
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
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

    private mutating func makeFolder(of name: String, in root: URL) throws {
        let parent = root.appending(path: name).deletingLastPathComponent()
        guard folders.insert(parent.path(percentEncoded: false)).inserted else { return }
        do {
            try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        } catch {
            throw SiteError(reason: error.localizedDescription, path: parent.path(percentEncoded: false))
        }
    }
}

/// A page could not be written; the site is as it was.
public struct SiteError: Error, CustomStringConvertible {
    let reason: String
    let path: String

    /// What happened and what to do.
    public var description: String {
        "the dashboards cannot be written (\(path): \(reason)); the old ones are still there. Make room or choose another folder."
    }
}
