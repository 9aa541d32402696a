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
        if access(path, F_OK) != 0 { try makeFirstKey(path, in: folder) }
        do {
            return try parse(String(contentsOfFile: path, encoding: .utf8), source: path)
        } catch let error as CocoaError {
            throw ValidationError("\(path) cannot be read: \(error.localizedDescription)")
        }
    }

    /// Writes a file of its own and links it into place: of programs that start together one makes the key, and none sees half.
    private static func makeFirstKey(_ path: String, in folder: String) throws {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o711])
        var generator = SystemRandomNumberGenerator()
        let secret = Data((0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) })
        let draft = "\(path).\(getpid())"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        guard descriptor >= 0 else {
            throw ValidationError("\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
        defer { unlink(draft) }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try file.write(contentsOf: Data("1 \(secret.base64EncodedString())\n".utf8))
        try file.synchronize()
        guard link(draft, path) == 0 || errno == EEXIST else {
            throw ValidationError("\(path) cannot be written: \(String(cString: strerror(errno)))")
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
