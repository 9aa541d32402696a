import ArgumentParser
import Feedback
import Foundation

/// The secrets that links are signed with, kept beside the data and never in the database.
///
/// A line is a key's number and its 32 bytes in base64; the highest number signs. Processes on several machines are given the
/// same keys by HEARBACK_LINK_KEYS, with commas between the lines.
enum LinkKeyFile {
    /// Reads the keys, making the first one if there are none yet.
    static func load(folder: String) throws -> LinkKeys {
        if let text = ProcessInfo.processInfo.environment["HEARBACK_LINK_KEYS"], !text.isEmpty {
            return try parse(text.replacing(",", with: "\n"), source: "HEARBACK_LINK_KEYS")
        }
        let path = folder + "/link-keys"
        if access(path, F_OK) != 0 { try SecretFile.make(path, in: folder) { "1 \($0)\n" } }
        do {
            return try parse(String(contentsOfFile: path, encoding: .utf8), source: path)
        } catch let error as CocoaError {
            throw ValidationError("\(path) cannot be read: \(error.localizedDescription)")
        }
    }

    private static func parse(_ text: String, source: String) throws -> LinkKeys {
        var secrets: [UInt8: [UInt8]] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ")
            guard parts.count == 2, let number = UInt8(parts[0]), let secret = Data(base64Encoded: String(parts[1]))
            else {
                throw ValidationError("\(source) has a line that is not \"NUMBER BASE64\"")
            }
            secrets[number] = Array(secret)
        }
        guard let keys = LinkKeys(secrets) else {
            throw ValidationError("\(source) must hold at least one key, each of 32 bytes in base64")
        }
        return keys
    }
}
