import Foundation

/// An address that mail came back from.
public struct Bounce: Sendable, Equatable {
    /// The address, in lower case.
    public let address: String
    /// The status, such as 5.1.1 (RFC 3463).
    public let status: String
    /// The name the message was sent by, if the report quotes its Message-ID.
    public let message: String?

    /// Whether the address will never work: class 5, but not a full mailbox or a message that was not liked.
    public var isPermanent: Bool {
        status.hasPrefix("5.1.") || status.hasPrefix("5.4.") || status == "5.0.0" || status == "5.2.1"
    }
}

/// Finds delivery reports (RFC 3464) in a mailbox file, line by line, so that a mailbox of any size can be read.
///
/// A message of the mailbox begins with a line "From …" after an empty line (RFC 4155); a file with one message needs none.
public struct BounceReader {
    private var address: String?
    private var status = ""
    private var hasFailed = false
    private var message: String?
    private var isAfterEmptyLine = true

    /// Creates a reader.
    public init() {}

    /// Takes the next line, without its end.
    ///
    /// - Returns: The report that the line ends, if it had failed.
    public mutating func read(_ line: Substring) -> Bounce? {
        let ended = isAfterEmptyLine && line.hasPrefix("From ") ? finish() : nil
        isAfterEmptyLine = line.isEmpty
        // Longer lines are no fields of a report.
        guard line.utf8.count <= 998, let colon = line.firstIndex(of: ":") else { return ended }
        let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        switch line[..<colon].lowercased() {
        case "final-recipient", "original-recipient":
            // "rfc822; somebody@example.com"
            guard let semicolon = value.firstIndex(of: ";") else { break }
            let found = value[value.index(after: semicolon)...].trimmingCharacters(in: [" ", "\t", "<", ">"])
            if found.contains("@"), found.utf8.count <= 254 { address = found.lowercased() }
        case "action": hasFailed = value.lowercased().hasPrefix("failed")
        case "status": status = String(value.prefix { $0.isNumber || $0 == "." })
        case "message-id":
            let key = value.trimmingCharacters(in: ["<", ">"]).prefix { $0 != "@" }
            if key.hasPrefix("hearback-"), key.utf8.count <= 40 { message = String(key) }
        default: break
        }
        return ended
    }

    /// The report that the end of the mailbox ends, if it had failed.
    public mutating func finish() -> Bounce? {
        defer { self = BounceReader() }
        guard hasFailed, let address, !status.isEmpty else { return nil }
        return Bounce(address: address, status: status, message: message)
    }
}
