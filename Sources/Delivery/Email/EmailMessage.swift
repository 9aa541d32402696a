import Feedback
import Foundation

/// An e-mail to one customer, before it is written out.
public struct EmailMessage: Sendable {
    /// What it shows.
    public let content: EmailContent
    /// Who it comes from.
    public let sender: EmailSender
    /// Who it goes to.
    public let recipient: EmailAddress
    /// How a mail program unsubscribes the recipient.
    public let unsubscribe: ListUnsubscribe
    /// The identifier, without angle brackets; the same at every attempt.
    public let messageID: String
    /// When it was written.
    public let date: Date

    /// Creates an e-mail.
    ///
    /// - Throws: ``EmailProblem/notMessageID`` unless the identifier is `left@right`, both dot-atoms (RFC 5322,
    ///   section 3.6.4).
    public init(
        _ content: EmailContent, from sender: EmailSender, to recipient: EmailAddress, unsubscribe: ListUnsubscribe,
        messageID: String, date: Date
    ) throws {
        let parts = messageID[...].utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, messageID.utf8.count <= 200, parts.allSatisfy(isDotAtom) else {
            throw EmailProblem.notMessageID
        }
        self.content = content
        self.sender = sender
        self.recipient = recipient
        self.unsubscribe = unsubscribe
        self.messageID = messageID
        self.date = date
    }

    /// The message in the Internet Message Format, ASCII with CRLF: plain text first, then the same as HTML.
    ///
    /// The same message gives the same bytes. Source: RFC 5322; RFC 2046, section 5.1.4.
    ///
    /// - Throws: ``EmailProblem`` for a value that cannot stand in a header.
    public func bytes() throws -> [UInt8] {
        let edge = "--\(boundary)"
        var bytes = Array(try headers().utf8)
        bytes.reserveCapacity(bytes.count + (content.plain.utf8.count + content.html.utf8.count) * 3 / 2)
        bytes += "\r\n\(edge)\r\n".utf8
        bytes += emailPart(content.plain, type: "plain")
        bytes += "\(edge)\r\n".utf8
        bytes += emailPart(content.html, type: "html")
        bytes += "\(edge)--\r\n".utf8
        return bytes
    }

    /// The header lines.
    ///
    /// A message neither answers another (no `In-Reply-To`) nor wants an automatic answer (RFC 3834, section 5).
    func headers() throws -> String {
        let boundary = "boundary=\"\(boundary)\""
        return try [
            emailHeader("From", nameTokens(of: sender.name) + ["<\(sender.address.text)>"]),
            emailHeader("To", ["<\(recipient.text)>"]),
            sender.replyTo.map { try emailHeader("Reply-To", ["<\($0.text)>"]) } ?? "",
            emailHeader("Subject", headerTokens(of: content.subject, in: "Subject")),
            emailHeader("Date", [headerDate(date)]),
            emailHeader("Message-ID", ["<\(messageID)>"]),
            emailHeader("List-Unsubscribe", ["<\(unsubscribe.web)>,", "<\(unsubscribe.mail)>"]),
            emailHeader("List-Unsubscribe-Post", ["List-Unsubscribe=One-Click"]),
            emailHeader("Auto-Submitted", ["auto-generated"]),
            emailHeader("X-Auto-Response-Suppress", ["All"]),
            emailHeader("Content-Language", [content.language.code]),
            emailHeader("MIME-Version", ["1.0"]),
            emailHeader("Content-Type", ["multipart/alternative;", boundary]),
        ].joined()
    }

    /// What stands between the parts: the identifier's letters and digits after `=_`.
    ///
    /// Neither encoding of a part ever has `=_`, so that no part can hold the boundary (RFC 2045, section 6.7).
    var boundary: String {
        "=_" + messageID.filter { $0.isLetter || $0.isNumber }.suffix(60)
    }
}
