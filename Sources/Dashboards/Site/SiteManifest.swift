import Crypto
import Foundation

/// What a site's folder holds and what it was built from, kept beside the pages as `manifest.json`.
struct SiteManifest: Codable, Equatable {
    /// Changes with the program's way of building; another one makes every page be written again.
    var layout = SiteManifest.currentLayout
    /// Whose figures.
    var scope = ""
    /// The organisation's day of the last building.
    var today = ""
    /// The number of the refresh that the pages show.
    var refresh: Int64 = -1
    /// A hash of each file's content, by its path.
    var files: [String: String] = [:]

    static let name = "manifest.json"
    private static let currentLayout = contentHash(Array(DashboardPages.style.utf8)) + "-1"

    /// Reads the manifest of a folder; an empty one where there is none, or none that can be read.
    static func read(in folder: URL) -> SiteManifest {
        guard let data = try? Data(contentsOf: folder.appending(path: name)),
            let manifest = try? JSONDecoder().decode(SiteManifest.self, from: data),
            manifest.layout == currentLayout
        else { return SiteManifest() }
        return manifest
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
    SHA256.hash(data: bytes).prefix(12).map { byte in
        let text = String(byte, radix: 16)
        return byte < 16 ? "0" + text : text
    }.joined()
}
