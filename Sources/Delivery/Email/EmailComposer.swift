/// Writes e-mails out as the bytes that are sent.
public struct EmailComposer: Sendable {
    private let layout: EmailLayoutTemplate

    /// Prepares the layout.
    ///
    /// - Throws: Mustache's parser error.
    public init() throws {
        layout = try EmailLayoutTemplate()
    }

    /// The message in the Internet Message Format, ASCII with CRLF: plain text first, then the same as HTML.
    ///
    /// The same message gives the same bytes. Source: RFC 5322; RFC 2046, section 5.1.4.
    ///
    /// - Throws: ``EmailProblem`` for a value that cannot stand in a header.
    public func bytes(of message: EmailMessage) throws -> [UInt8] {
        let edge = "--\(message.boundary)"
        let plain = emailPart(plainText(of: message.text), type: "plain")
        let html = emailPart(self.html(of: message.text), type: "html")
        let headers = try message.headers()
        return Array("\(headers)\r\n\(edge)\r\n\(plain)\(edge)\r\n\(html)\(edge)--\r\n".utf8)
    }

    /// The HTML part, one whole document.
    public func html(of text: MessageText) -> String {
        layout.html(of: text)
    }

    /// The plain-text part.
    public func plainText(of text: MessageText) -> String {
        "\(text.organisation)\n\n\(text.plainText)\n"
    }
}
