import Foundation

/// A site's folder, as somebody who serves it sees it.
struct SiteCopy {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "hearback-site-\(UUID())")
    var path: String { folder.path(percentEncoded: false) }

    /// Every file's bytes by its path.
    func files() throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
            let url = folder.appending(path: name)
            if try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true {
                files[name] = try Data(contentsOf: url)
            }
        }
        return files
    }

    func write(_ text: String, as name: String) throws {
        let url = folder.appending(path: name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func remove(_ name: String = "") throws {
        try FileManager.default.removeItem(at: name.isEmpty ? folder : folder.appending(path: name))
    }

    func remove() { try? remove("") }
}
