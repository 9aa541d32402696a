/// One mail to one recipient.
public struct MailTransfer: Sendable {
    /// The envelope's sender, to which bounces go.
    public var sender: String
    /// The envelope's recipient.
    public var recipient: String
    /// The message with its header, every line ended by CRLF, in seven-bit characters; dots need no doubling.
    public var message: [UInt8]

    /// Describes a mail; what cannot be sent is refused by ``TransferSession/send(_:through:)``.
    public init(sender: String, recipient: String, message: [UInt8]) {
        self.sender = sender
        self.recipient = recipient
        self.message = message
    }

    /// Refuses what would change the course of the SMTP session, or what no server has to accept.
    func check() throws(TransferError) {
        guard MailTransfer.isAddress(sender) else { throw .invalid(.sender) }
        guard MailTransfer.isAddress(recipient) else { throw .invalid(.recipient) }
        guard MailTransfer.isMessage(message) else { throw .invalid(.message) }
    }

    /// Printable ASCII without angle brackets, in two parts; as long as a path may be (RFC 5321, section 4.5.3.1.3).
    private static func isAddress(_ text: String) -> Bool {
        let bytes = text.utf8
        guard bytes.count <= 254, let at = bytes.lastIndex(of: UInt8(ascii: "@")) else { return false }
        return at > bytes.startIndex && bytes.index(after: at) < bytes.endIndex
            && bytes.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }
    }

    /// Seven-bit characters without NUL, and no CR or LF alone: some servers take `LF . LF` for the end of a message,
    /// and what follows for commands (RFC 5321, sections 2.3.8 and 4.1.1.4).
    private static func isMessage(_ bytes: [UInt8]) -> Bool {
        var previous: UInt8 = 0
        for byte in bytes {
            guard byte != 0, byte < 0x80, (previous == 0x0D) == (byte == 0x0A) else { return false }
            previous = byte
        }
        return !bytes.isEmpty && previous != 0x0D
    }
}

/// A server's word that it has taken a mail over.
public struct MailAcceptance: Sendable, Equatable {
    /// The reply's code, 250.
    public var code: Int
    /// The reply's text on one line; often the number the server knows the mail by.
    public var text: String
}
