import Feedback
import Foundation
import Store

/// A message with made-up values, as its author looks at it.
public struct MessagePreview {
    private let message: MessageText
    private let channel: MessageChannel
    private let organisation: Organisation
    private let now: Date

    /// Creates a preview.
    ///
    /// - Throws: ``MessageModelProblem``, ``MissingTemplate``.
    public init(
        channel: MessageChannel, language: Language, isReminder: Bool, templates: MessageTemplates, survey: Survey,
        organisation: Organisation, now: Date
    ) throws {
        let link = sampleLink
        let question = survey.questions.first
        let scores = question?.scores.map {
            $0.map { ScoreLink(score: $0, address: "\(link)?\(question?.key ?? "")=\($0)") }
        }
        let code = survey.languages.contains(language.code) ? language.code : survey.languages.first ?? "en"
        let model = try MessageModel(
            organisation: organisation.name, language: language, isReminder: isReminder,
            question: question?.text[code] ?? "", low: question?.low[code] ?? "", high: question?.high[code] ?? "",
            scores: scores ?? [], link: link, ownPage: link.replacing("/s/", with: "/c/"),
            expires: longDay(now.addingTimeInterval(14 * 86_400), in: language, organisation))
        guard let message = templates.text(for: model, by: channel) else {
            throw MissingTemplate(channel: channel, language: language.code)
        }
        (self.message, self.channel, self.organisation, self.now) = (message, channel, organisation, now)
    }

    /// The words, and what a text costs.
    public var text: String {
        switch channel {
        case .email: "Subject: \(message.subject)\nPreheader: \(message.preheader)\n\n\(message.plainText)\n"
        case .letter: "\(message.subject)\n\n\(message.plainText)\n"
        case .sms: smsText
        }
    }

    /// The document that is sent or printed; nil for a text.
    public var html: String? {
        get throws {
            switch channel {
            case .sms: return nil
            case .email: return try EmailComposer().content(of: message).html
            case .letter:
                let batch = try LetterBatch(paper: .a4)
                let letter = Letter(
                    address: ["Jane Example", "1 Sample Street", "12345 Anytown"], language: message.language,
                    date: longDay(now, in: message.language, organisation), heading: message.subject,
                    paragraphs: message.letterParagraphs(besides: sampleLink), link: sampleLink, reference: "preview",
                    sender: LetterSender(name: organisation.name, address: []))
                return batch.head() + (try batch.page(of: letter)) + batch.foot
            }
        }
    }

    private var smsText: String {
        let text = SMSText(SMSText.economical(message.plainText))
        let encoding = text.encoding == .gsm7 ? "GSM-7" : "UCS-2"
        let forcing = text.charactersForcingUCS2
        let longer = forcing.prefix(6).map { "\"\($0)\"" }.joined(separator: " ") + (forcing.count > 6 ? " …" : "")
        return "\(text.text)\n\n\(text.units) characters in \(encoding), \(text.segments) "
            + (text.segments == 1 ? "segment" : "segments") + (longer.isEmpty ? "" : "; UCS-2 because of \(longer)")
            + "\n"
    }
}

/// As long as real ones are.
private let sampleLink = "https://feedback.example.com/s/\(String(repeating: "x", count: 34))"
