import Crypto
import Foundation

/// What a site's folder holds and what it was built from, kept beside the pages as `manifest.json`.
struct SiteManifest: Codable, Equatable {
    /// Changes with the program's way of building; another one makes every page be written again.
    var layout = SiteManifest.currentLayout
    /// What each part of the site was built from, by the part's name.
    var parts: [String: BuiltFrom] = [:]
    /// A hash of each file's content, by its path; empty when the content is not known.
    var files: [String: String] = [:]

    /// What a part of a site was built from.
    struct BuiltFrom: Codable, Equatable {
        /// What every page's frame says: whose figures, and which periods there are.
        var frame = ""
        /// The organisation's day.
        var today = ""
        /// The number of the refresh that the pages show.
        var refresh: Int64 = -1
    }

    static let name = "manifest.json"
    private static let currentLayout = contentHash(Array(DashboardPages.style.utf8)) + "-2"

    /// Reads the manifest of a folder; an empty one where there is none, or none that can be read.
    static func read(in folder: URL) -> SiteManifest {
        guard let data = try? Data(contentsOf: folder.appending(path: name)),
            let manifest = try? JSONDecoder().decode(SiteManifest.self, from: data),
            manifest.layout == currentLayout
        else { return SiteManifest() }
        return manifest
    }

    /// Forgets what is in the files, so that all are written again.
    mutating func forgetContent() {
        parts = [:]
        files = files.mapValues { _ in "" }
    }

    /// The manifest's bytes, the same for the same content.
    func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self))
    }
}

/// A short hash by which a file's content is known again.
func contentHash(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
        decoding: SHA256.hash(data: bytes).prefix(12).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
        as: UTF8.self)
}
