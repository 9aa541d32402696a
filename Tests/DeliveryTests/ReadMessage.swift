import Foundation
import Testing

/// An e-mail as Python's standard library reads it, which shares no code with what wrote it.
struct ReadMessage: Decodable {
    let defects: [String]
    let headers: [[String]]
    let fromName: String
    let fromAddress: String
    let recipients: [String]
    let date: String
    let contentType: String
    let partTypes: [String]
    let charsets: [String]
    let plain: String
    let html: String
    let longestLine: Int
    let strayLineEnds: Int
    let isASCII: Bool

    func values(of name: String) -> [String] {
        headers.filter { $0[0] == name }.map { $0[1] }
    }
}

/// Reads e-mails.
func readMessages(_ messages: [[UInt8]]) throws -> [ReadMessage] {
    let script = try #require(Bundle.module.url(forResource: "read_message", withExtension: "py"))
    let python = Process()
    python.executableURL = URL(filePath: "/usr/bin/python3")
    python.arguments = [script.path]
    let (input, output) = (Pipe(), Pipe())
    python.standardInput = input
    python.standardOutput = output
    try python.run()
    // The script reads all of its input before it writes anything.
    try input.fileHandleForWriting.write(contentsOf: JSONEncoder().encode(messages.map { Data($0) }))
    try input.fileHandleForWriting.close()
    let written = try output.fileHandleForReading.readToEnd() ?? Data()
    python.waitUntilExit()
    try #require(python.terminationStatus == 0)
    let read = try JSONDecoder().decode([ReadMessage].self, from: written)
    try #require(read.count == messages.count)
    return read
}
