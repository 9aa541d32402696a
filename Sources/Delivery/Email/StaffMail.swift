import Foundation

/// Writes plain mail to the people who work with Hearback, such as those who look after follow-ups.
public struct StaffMail: Sendable {
    private let session: TransferSession
    private let server: MailServer
    private let sender: EmailAddress
    private let readers: [EmailAddress]

    /// Creates a way to write to some readers.
    public init(
        over session: TransferSession, through server: MailServer, from sender: EmailAddress, to readers: [EmailAddress]
    ) {
        self.session = session
        self.server = server
        self.sender = sender
        self.readers = readers
    }

    /// Writes to each reader by themselves, whatever becomes of the others.
    ///
    /// - Parameter key: Tells this mail from others, so that one that is sent again is the same mail.
    /// - Returns: The readers to whom the server takes no mail, and why.
    /// - Throws: The first ``TransferError`` if the server took none, and trying again may help; ``EmailProblem`` for a subject that
    ///   cannot stand in a header.
    public func send(
        subject: String, text: String, key: String, now: Date
    ) async throws -> [(reader: EmailAddress, error: TransferError)] {
        var refused: [(reader: EmailAddress, error: TransferError)] = []
        for (number, reader) in readers.enumerated() {
            let host = sender.text.split(separator: "@").last.map(String.init) ?? "localhost"
            let headers = try [
                emailHeader("From", ["<\(sender.text)>"]),
                emailHeader("To", ["<\(reader.text)>"]),
                emailHeader("Subject", headerTokens(of: subject, in: "Subject")),
                emailHeader("Date", [headerDate(now)]),
                emailHeader("Message-ID", ["<\(key).\(number)@\(host)>"]),
                emailHeader("Auto-Submitted", ["auto-generated"]),
                emailHeader("MIME-Version", ["1.0"]),
            ].joined()
            let mail = MailTransfer(
                sender: sender.text, recipient: reader.text,
                message: Array(headers.utf8) + emailPart(text, type: "plain"))
            do throws(TransferError) { _ = try await session.send(mail, through: server) } catch {
                refused.append((reader, error))
            }
        }
        // A reader who was told is not told again for another's sake.
        if refused.count == readers.count,
            let passing = refused.first(where: { $0.error.consequence != .giveUp })
        {
            throw passing.error
        }
        return refused
    }

    /// Closes the connection.
    public func close() async { await session.close() }
}
