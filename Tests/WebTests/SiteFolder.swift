import Foundation

/// A folder of files for one test; removed with everything beside it.
final class SiteFolder: Sendable {
    let path: String
    private let home: String

    init() throws {
        home = NSTemporaryDirectory() + "site-" + UUID().uuidString
        path = home + "/site"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: home)
    }

    /// Writes a file in one step, as the dashboards are; a name may begin with `../` to lie beside the site.
    func write(_ text: String, to name: String) throws {
        let file = URL(filePath: path).appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file, options: .atomic)
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: path + "/" + name)
    }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: target)
    }
}
