import Foundation

/// A server on the loopback interface that runs for as long as this object lives, or the test process does.
///
/// `@unchecked` since the standard library's `Process` and `Pipe` are not declared Sendable: both are only written to
/// in the initialiser and the deinitialiser.
final class Sink: @unchecked Sendable {
    let port: UInt16
    private let folder: URL
    private let process = Process()
    private let input = Pipe()

    /// Starts one of the scripts of this folder.
    init(_ script: String, _ options: [String] = []) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "sink-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let tests = URL(filePath: #filePath).deletingLastPathComponent()
        let package = tests.deletingLastPathComponent().deletingLastPathComponent()
        let python = ProcessInfo.processInfo.environment["HEARBACK_TEST_PYTHON"]
        process.executableURL =
            python.map { URL(filePath: $0) } ?? package.appending(path: ".venv/bin/python")
        process.arguments = ["-B", "-W", "ignore", tests.appending(path: script).path, folder.path] + options
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line: [UInt8] = []
        while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") {
            line.append(byte)
        }
        guard let port = UInt16(String(decoding: line, as: UTF8.self)) else { throw SinkFailure() }
        self.port = port
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// The certificate to trust for this server.
    var certificateAuthorities: String { folder.appending(path: "authority.pem").path }

    /// What an SMTP server has written down so far, of a recipient's domain or of everything else.
    func events(about domain: String = "events") throws -> [SinkEvent] {
        guard let lines = try? Data(contentsOf: folder.appending(path: "\(domain).jsonl")) else { return [] }
        return try lines.split(separator: UInt8(ascii: "\n")).map { line in
            try JSONDecoder().decode(SinkEvent.self, from: Data(line))
        }
    }
}

struct SinkFailure: Error {}

/// A line of an SMTP server's record.
struct SinkEvent: Decodable {
    enum Kind: String, Decodable { case connection, login, recipient, mail, quit }

    var event: Kind
    var connection: Int
    var sender: String?
    var recipients: [String]?
    var content: Data?
    var name: String?
    var encrypted: Bool?
    var login: Bool?
}
