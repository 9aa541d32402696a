import ArgumentParser
import Foundation
import Store

/// The secret by which those who were erased are known again: 32 bytes in base64, beside the data and never in the database.
///
/// Processes on several machines are given the same one by HEARBACK_SUPPRESSION_KEY.
enum SuppressionKeyFile {
    /// Reads the key, making it if there is none yet.
    static func load(folder: String) throws -> SuppressionKey {
        if let key = try find(folder: folder) { return key }
        try SecretFile.make(path(in: folder), in: folder) { $0 + "\n" }
        guard let key = try find(folder: folder) else { throw ValidationError("\(path(in: folder)) has gone") }
        return key
    }

    /// Reads the key; nil if there is none yet.
    static func find(folder: String) throws -> SuppressionKey? {
        if let text = ProcessInfo.processInfo.environment["HEARBACK_SUPPRESSION_KEY"], !text.isEmpty {
            return try parse(text, source: "HEARBACK_SUPPRESSION_KEY")
        }
        let path = path(in: folder)
        guard access(path, F_OK) == 0 else { return nil }
        do {
            return try parse(String(contentsOfFile: path, encoding: .utf8), source: path)
        } catch let error as CocoaError {
            throw ValidationError("\(path) cannot be read: \(error.localizedDescription)")
        }
    }

    private static func path(in folder: String) -> String { folder + "/suppression-key" }

    private static func parse(_ text: String, source: String) throws -> SuppressionKey {
        let secret = Data(base64Encoded: text.trimmingCharacters(in: .whitespacesAndNewlines))
        guard let key = secret.flatMap({ SuppressionKey(Array($0)) }) else {
            throw ValidationError("\(source) must hold 32 bytes in base64")
        }
        return key
    }
}
