import Feedback

/// A message ready to be laid out for its channel.
public struct MessageText: Sendable, Equatable {
    /// The language it is written in.
    public let language: Language
    /// The organisation that asks.
    public let organisation: String
    /// The e-mail's subject or the letter's heading; empty for a text message.
    public let subject: String
    /// What an inbox shows after the subject; empty except for an e-mail.
    public let preheader: String
    /// What it says, in order.
    public let blocks: [MessageBlock]
    /// The small print: who sends it, and how to stop.
    public let footer: [MessageBlock]

    /// Everything it says after the subject, as plain text: paragraphs with an empty line between them.
    public var plainText: String {
        (blocks + footer).map(\.plainText).joined(separator: "\n\n")
    }
}

/// One part of a message.
public enum MessageBlock: Sendable, Equatable {
    /// A paragraph.
    case paragraph([MessagePiece])
    /// The survey's first question.
    case question(String)
    /// The scores to choose from, and what the lowest and the highest mean.
    case scores([ScoreLink], low: String, high: String)
    /// Words that name what opens at an address, such as a button's.
    case action(words: String, address: String)

    /// The part as plain text, each address of its own on its own line.
    public var plainText: String {
        switch self {
        case .paragraph(let pieces):
            return pieces.map(\.text).joined()
        case .question(let question):
            return question
        case .scores(let scores, let low, let high):
            let ends = [(scores.first, low), (scores.last, high)].compactMap { link, meaning in
                link.flatMap { meaning.isEmpty ? nil : "\($0.score) = \(meaning)" }
            }
            let links = scores.map { "\($0.score): \($0.address)" }
            return (ends.isEmpty ? links : ends + [""] + links).joined(separator: "\n")
        case .action(let words, let address):
            return "\(words):\n\(address)"
        }
    }
}

/// A stretch of a paragraph.
public enum MessagePiece: Sendable, Equatable {
    /// Words.
    case words(String)
    /// An address that can be opened.
    case address(String)

    /// What is read.
    public var text: String {
        switch self {
        case .words(let text), .address(let text): text
        }
    }
}
