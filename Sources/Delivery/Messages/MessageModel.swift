import Feedback

/// One score of a scale and the link that opens the survey with it marked.
public struct ScoreLink: Sendable, Equatable {
    /// The score.
    public let score: Int
    /// The link's address.
    public let address: String

    /// Creates a link.
    public init(score: Int, address: String) {
        self.score = score
        self.address = address
    }
}

/// What a message to a customer is about; it names no person and says nothing of why they were in touch.
public struct MessageModel: Sendable, Equatable {
    /// The organisation's name, as customers know it.
    public let organisation: String
    /// The language of every text here.
    public let language: Language
    /// Whether the customer was asked before.
    public let isReminder: Bool
    /// The survey's first question.
    public let question: String
    /// What the lowest score means.
    public let low: String
    /// What the highest score means.
    public let high: String
    /// The scores, lowest first; empty if the first question has no scale.
    public let scores: [ScoreLink]
    /// The address of the survey.
    public let link: String
    /// The address of the customer's own page, where they choose channel, language and hours, and stop messages.
    public let ownPage: String
    /// When the link expires, in words.
    public let expires: String

    /// Creates a model whose texts are one line each, without control characters and marks that turn the direction.
    ///
    /// - Throws: ``MessageModelProblem`` for an empty text, for an address that is not one, or for a word in the
    ///   organisation's name or an address's host that would tell a bystander about a debt.
    public init(
        organisation: String, language: Language, isReminder: Bool, question: String, low: String = "",
        high: String = "", scores: [ScoreLink] = [], link: String, ownPage: String, expires: String
    ) throws {
        self.organisation = oneLine(organisation)
        self.language = language
        self.isReminder = isReminder
        self.question = oneLine(question)
        self.low = oneLine(low)
        self.high = oneLine(high)
        self.scores = scores
        self.link = link
        self.ownPage = ownPage
        self.expires = oneLine(expires)
        for (text, field) in [
            (self.organisation, "organisation"), (self.question, "question"), (self.expires, "expires"),
        ] where text.isEmpty {
            throw MessageModelProblem.empty(field: field)
        }
        var hosts: Set<String> = []
        for (address, field) in [(link, "link"), (ownPage, "ownPage")] + scores.map({ ($0.address, "scores") }) {
            guard let host = webHost(of: address) else { throw MessageModelProblem.notAWebAddress(field: field) }
            // Nearly always one host, and looking for words takes longer than all the rest.
            if hosts.insert(host).inserted { try refuseDisclosure(in: host, field: field) }
        }
        try refuseDisclosure(in: self.organisation, field: "organisation")
    }
}

private func refuseDisclosure(in text: String, field: String) throws {
    if let word = disclosingWords(in: text).first { throw MessageModelProblem.disclosingWord(word, field: field) }
}

/// Why a message cannot be about something. It names the field and not the value, since links open surveys.
public enum MessageModelProblem: Error, Equatable, CustomStringConvertible {
    /// A text that every message needs is empty.
    case empty(field: String)
    /// An address is not one that can be opened from a message.
    case notAWebAddress(field: String)
    /// A word would tell a bystander about a debt.
    case disclosingWord(String, field: String)

    /// What is wrong and what would be right.
    public var description: String {
        switch self {
        case .empty(let field): "\(field) is empty"
        case .notAWebAddress(let field): "\(field) is not an address that begins with https:// and needs no escaping"
        case .disclosingWord(let word, let field): "\"\(word)\" in \(field) would tell a bystander about a debt"
        }
    }
}
