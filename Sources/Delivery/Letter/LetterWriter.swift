import Feedback
import Foundation
import Store

/// Makes letters of claimed messages.
public struct LetterWriter: Sendable {
    private let writer: MessageWriter
    private let sender: LetterSender
    private let batch: String

    /// Creates a writer.
    ///
    /// - Parameter batch: The batch's number, which stands small on each letter.
    public init(writer: MessageWriter, sender: LetterSender, batch: String) {
        self.writer = writer
        self.sender = sender
        self.batch = batch
    }

    /// The letter of a message.
    ///
    /// - Throws: ``MessageModelProblem``, ``MissingTemplate``.
    public func letter(_ step: SendingStep) throws -> Letter {
        let tokens = writer.tokens(step.message.invitation)
        let text = try writer.text(of: step, by: .letter, tokens: tokens)
        let link = writer.surveyLink(tokens)
        return Letter(
            address: step.message.postalAddress, language: text.language,
            date: longDay(step.now, in: text.language, step.organisation), heading: text.subject,
            paragraphs: text.letterParagraphs(besides: link), link: link,
            reference: "\(batch) · \(step.message.id)", sender: sender)
    }
}

extension MessageText {
    /// The paragraphs of a letter, without the survey's link, which stands below them by itself with its code.
    func letterParagraphs(besides link: String) -> [String] {
        (blocks + footer).compactMap { block in
            if case .action(_, link) = block { return nil }
            return block.plainText.replacing(":\n", with: ": ")
        }
    }
}
