import Feedback

/// Who an e-mail comes from.
public struct EmailSender: Sendable, Equatable {
    /// The name an inbox shows.
    public let name: String
    /// The address it is sent from.
    public let address: EmailAddress
    /// Where answers to the message go, if not to the sender's address.
    public let replyTo: EmailAddress?

    /// Creates a sender.
    ///
    /// - Throws: ``EmailProblem`` for a control character in the name, or for a word in name or addresses that would
    ///   tell a bystander about a debt.
    public init(name: String, address: EmailAddress, replyTo: EmailAddress? = nil) throws {
        guard !name.unicodeScalars.contains(where: isUnseenMark) else {
            throw EmailProblem.controlCharacter(in: "From")
        }
        for (text, place) in [(name, "From"), (address.text, "From"), (replyTo?.text ?? "", "Reply-To")] {
            if let word = disclosingWords(in: text).first { throw EmailProblem.disclosingWord(word, in: place) }
        }
        self.name = name
        self.address = address
        self.replyTo = replyTo
    }
}

/// How a mail program unsubscribes a customer with one tap (RFC 8058) or by a message (RFC 2369).
public struct ListUnsubscribe: Sendable, Equatable {
    /// The address that a POST unsubscribes at.
    public let web: String
    /// The `mailto:` address that a message unsubscribes at.
    public let mail: String

    /// Creates the two ways.
    ///
    /// - Parameter mail: `mailto:` and one address, with or without a query such as `?subject=…`.
    /// - Throws: ``EmailProblem`` if one of them cannot stand in a header.
    public init(web: String, mail: String) throws {
        guard web.hasPrefix("https://"), webHost(of: web) != nil else { throw EmailProblem.notSecureWebAddress }
        let address = mail.dropFirst("mailto:".count).prefix { $0 != "?" }
        guard mail.hasPrefix("mailto:"), mail.utf8.count <= 500, mail.utf8.allSatisfy(isAddressByte),
            EmailAddress(String(address)) != nil
        else { throw EmailProblem.notMailtoAddress }
        self.web = web
        self.mail = mail
    }
}
