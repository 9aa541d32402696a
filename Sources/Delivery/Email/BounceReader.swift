import Foundation

/// An address that mail came back from.
public struct Bounce: Sendable, Equatable {
    /// The address, in lower case.
    public let address: String
    /// The status, such as 5.1.1 (RFC 3463).
    public let status: String
    /// The message's number, if the report quotes its Message-ID.
    public let message: Int64?

    /// Whether the address will never work: class 5, but not a full mailbox or a message that was not liked.
    public var isPermanent: Bool {
        status.hasPrefix("5.1.") || status.hasPrefix("5.4.") || status == "5.0.0" || status == "5.2.1"
    }
}

/// What a mailbox tells.
public enum ReturnedMail: Sendable, Equatable {
    /// Mail came back.
    case bounce(Bounce)
    /// Somebody unsubscribes by mail (RFC 2369), with the token of their own page.
    case unsubscribe(token: String)
}

/// Finds delivery reports (RFC 3464) and wishes to unsubscribe in a mailbox file, line by line, so that a mailbox of any size can be read.
///
/// A message of the mailbox begins with a line "From …" after an empty line (RFC 4155); a file with one message needs none.
public struct BounceReader {
    private var address: String?
    private var status = ""
    private var hasFailed = false
    private var message: Int64?
    private var token: String?
    private var isInHead = true
    private var isAfterEmptyLine = true

    /// Creates a reader.
    public init() {}

    /// Takes the next line, without its end.
    ///
    /// - Returns: What the message told that the line ends.
    public mutating func read(_ line: Substring) -> ReturnedMail? {
        let ended = isAfterEmptyLine && line.hasPrefix("From ") ? finish() : nil
        isAfterEmptyLine = line.isEmpty
        if line.isEmpty { isInHead = false }
        // Longer lines are no fields of a report.
        guard line.utf8.count <= 998, let colon = line.firstIndex(of: ":") else { return ended }
        let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        switch line[..<colon].lowercased() {
        case "final-recipient", "original-recipient":
            // "rfc822; somebody@example.com"
            guard let semicolon = value.firstIndex(of: ";") else { break }
            let found = value[value.index(after: semicolon)...].trimmingCharacters(in: [" ", "\t", "<", ">"])
            if found.contains("@"), found.utf8.count <= 254 { address = found.lowercased() }
        case "subject" where isInHead:
            let words = value.split(separator: " ")
            if words.count == 2, words[0].lowercased() == "unsubscribe" { token = String(words[1]) }
        case "action": hasFailed = value.lowercased().hasPrefix("failed")
        case "status": status = String(value.prefix { $0.isNumber || $0 == "." })
        case "message-id":
            let key = value.trimmingCharacters(in: ["<", ">"]).prefix { $0 != "@" }
            if key.hasPrefix("hearback-"), let number = Int64(key.dropFirst("hearback-".count)) { message = number }
        default: break
        }
        return ended
    }

    /// What the last message told.
    public mutating func finish() -> ReturnedMail? {
        defer { self = BounceReader() }
        if let token { return .unsubscribe(token: token) }
        guard hasFailed, let address, !status.isEmpty else { return nil }
        return .bounce(Bounce(address: address, status: status, message: message))
    }
}
