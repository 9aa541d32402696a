import ArgumentParser
import Foundation

/// A file in the data folder that only its owner may read.
enum SecretFile {
    /// Makes the file, unless another program has made it meanwhile.
    ///
    /// It is written under a name of its own and linked into place: of programs that start together one makes it, and none sees half.
    ///
    /// - Parameter content: The text, from 32 random bytes in base64.
    static func make(_ path: String, in folder: String, content: (_ secret: String) -> String) throws {
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
        try file.write(contentsOf: Data(content(secret.base64EncodedString()).utf8))
        try file.synchronize()
        guard link(draft, path) == 0 || errno == EEXIST else {
            throw ValidationError("\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
    }
}

extension [String: String] {
    /// A secret of the environment: the variable's own value, or what is in the file that the variable with _FILE names.
    func secret(_ name: String) throws -> String? {
        if let value = self[name] { return value }
        guard let path = self[name + "_FILE"] else { return nil }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw ValidationError("\(name)_FILE names a file that cannot be read")
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
