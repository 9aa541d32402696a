/// Follows an SMTP session by its commands and replies, as far as is needed to tell what a failure means.
struct MailTranscript {
    struct Reply: Equatable {
        var code: Int
        var text: String
    }

    /// The part of the session that the last command began.
    private(set) var stage = MailStage.connection
    /// The complete reply to the last command; nil while there is none.
    private(set) var reply: Reply?
    /// True once this connection has seen AUTH; carried over to the next mail on it.
    private(set) var hasLoggedIn: Bool
    /// True once QUIT was said: what is said then belongs to no mail.
    private(set) var isParting = false
    private var text = ""

    /// The most of a reply that is kept, in bytes of UTF-8; a server may send any number of lines.
    private static let textLimit = 1000

    init(hasLoggedIn: Bool = false) {
        self.hasLoggedIn = hasLoggedIn
    }

    /// Takes note of a command; its arguments, which may be a password, are not kept.
    mutating func noteCommand(_ line: some Collection<UInt8>) {
        switch MailTranscript.verb(line) {
        case "EHLO", "HELO":
            hasLoggedIn = false
            begin(.connection)
        case "STARTTLS": begin(.connection)
        case "AUTH":
            hasLoggedIn = true
            begin(.authentication)
        case "MAIL": begin(.sender)
        case "RCPT": begin(.recipient)
        case "DATA" where stage == .recipient: begin(.data)
        case "QUIT": isParting = true
        // The next line of a login.
        default: break
        }
    }

    /// Takes note that nothing of the message is left to send.
    mutating func noteEnd() {
        begin(.end)
    }

    /// Takes note of one line of a reply; all but the last have a hyphen behind the code (RFC 5321, section 4.2.1).
    mutating func noteReplyLine(_ line: some Collection<UInt8>) {
        guard !isParting else { return }
        let digits = line.prefix(3)
        guard digits.count == 3, let code = Int(String(decoding: digits, as: UTF8.self)), code >= 100 else { return }
        if reply != nil { text = "" }
        reply = nil
        append(line.dropFirst(4))
        if line.dropFirst(3).first != UInt8(ascii: "-") { reply = Reply(code: code, text: text) }
    }

    private mutating func begin(_ stage: MailStage) {
        self.stage = stage
        reply = nil
        text = ""
        isParting = false
    }

    private mutating func append(_ bytes: some Collection<UInt8>) {
        let words = oneLine(String(decoding: bytes.prefix(MailTranscript.textLimit), as: UTF8.self))
        if !text.isEmpty, !words.isEmpty { text += " " }
        text += words
        while text.utf8.count > MailTranscript.textLimit { text.unicodeScalars.removeLast() }
    }

    private static func verb(_ line: some Collection<UInt8>) -> String {
        String(decoding: line.prefix(8).prefix { $0 > 0x20 }, as: UTF8.self).uppercased()
    }
}
