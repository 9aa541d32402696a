/// The part of an SMTP session that a reply belongs to, in the order of the session.
public enum MailStage: String, Sendable {
    /// The greeting, EHLO and STARTTLS.
    case connection
    /// AUTH.
    case authentication
    /// MAIL FROM.
    case sender
    /// RCPT TO.
    case recipient
    /// DATA.
    case data
    /// The reply to the whole message.
    case end
}

/// A server's reply that it does not take a mail.
public struct MailRefusal: Sendable, Equatable {
    /// The reply's code, 400 to 599.
    public var code: Int
    /// What was refused.
    public var stage: MailStage
    /// The server's words on one line, which may quote an address; only the enhanced code if it refused a login.
    public var text: String

    /// The enhanced status code that the text begins with, such as `5.1.1` (RFC 3463), or nil.
    public var enhancedCode: String? {
        let word = text.prefix { $0 != " " }
        let numbers = word.split(separator: ".", omittingEmptySubsequences: false)
        let isCode =
            numbers.count == 3 && numbers[0].count == 1 && "245".contains(numbers[0])
            && numbers.allSatisfy { (1...3).contains($0.count) && $0.allSatisfy { $0.isASCII && $0.isNumber } }
        return isCode ? String(word) : nil
    }

    /// Both codes, without the server's words.
    var codes: String { enhancedCode.map { "\(code) \($0)" } ?? "\(code)" }

    /// What the refusal means for the next attempt.
    ///
    /// 421 announces the end of the connection, not a judgement of the mail (RFC 5321, section 3.8). 530, 534, 535 and
    /// 538 ask for another login, at whatever stage (RFC 4954, section 6). The sender is the same for every mail.
    public var consequence: TransferError.Consequence {
        switch (stage, code) {
        case (.connection, _), (.authentication, _), (_, 530), (_, 534), (_, 535), (_, 538): .channelFault
        case (_, 400...499): .tryAgain
        case (.sender, _): .channelFault
        default: .giveUp
        }
    }
}
