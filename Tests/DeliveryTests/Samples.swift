import Feedback
import Foundation
import Testing

@testable import Delivery

/// The shipped survey's first question, in a language.
struct SampleQuestion {
    let text: String
    let low: String
    let high: String
    let expires: String

    static func of(_ language: Language) -> SampleQuestion {
        switch language.code {
        case "es":
            SampleQuestion(
                text: "¿Qué probabilidad hay de que nos recomiende a un amigo o colega?", low: "Nada probable",
                high: "Muy probable", expires: "10 de diciembre de 2026")
        case "ar":
            SampleQuestion(
                text: "ما مدى احتمال أن توصي بنا صديقًا أو زميلًا؟", low: "غير محتمل إطلاقًا", high: "محتمل جدًا",
                expires: "10 ديسمبر 2026")
        default:
            SampleQuestion(
                text: "How likely are you to recommend us to a friend or colleague?", low: "Not at all likely",
                high: "Extremely likely", expires: "10 December 2026")
        }
    }
}

/// A link of 60 characters.
let sampleLink = "https://www.meridian.example/s/AAAAAAAAACoB1f5wq0gYx-Tz_9kQm"

/// The address of a customer's own page.
let sampleOwnPage = "https://www.meridian.example/you/BwAAAAAAAAABb2Zs1f5wq0gYx"

/// A model as the shipped survey gives it, or with other texts.
func sampleModel(
    _ language: Language = Language.all[0], organisation: String = "Northgate", isReminder: Bool = false,
    scores: [Int] = Array(0...10), text: String? = nil
) throws -> MessageModel {
    let question = SampleQuestion.of(language)
    return try MessageModel(
        organisation: organisation, language: language, isReminder: isReminder, question: text ?? question.text,
        low: text ?? question.low, high: text ?? question.high,
        scores: scores.map { ScoreLink(score: $0, address: "\(sampleLink)?lang=\(language.code)&nps=\($0)") },
        link: sampleLink, ownPage: sampleOwnPage, expires: text ?? question.expires)
}

/// Every way in which a shipped template can be filled.
let everyShippedFilling: [(channel: MessageChannel, language: Language, model: MessageModel)] = {
    MessageChannel.allCases.flatMap { channel in
        Language.all.flatMap { language in
            TemplateVariant.all.compactMap { variant in
                let model = try? sampleModel(
                    language, isReminder: variant.isReminder, scores: variant.hasScale ? Array(0...10) : [])
                return model.map { (channel, language, $0) }
            }
        }
    }
}()

/// The shipped templates, read once.
let shippedTemplates = Result { try MessageTemplates() }

/// The text of an e-mail with the shipped template.
func sampleText(_ model: MessageModel) throws -> MessageText {
    try #require(try shippedTemplates.get().text(for: model, by: .email))
}

/// What an e-mail with a text shows.
func sampleContent(_ text: MessageText) throws -> EmailContent {
    try EmailComposer().content(of: text)
}

/// An e-mail that carries a text.
func sampleEmail(_ text: MessageText, senderName: String = "Northgate") throws -> EmailMessage {
    let sender = try EmailSender(
        name: senderName, address: #require(EmailAddress("hello@meridian.example")),
        replyTo: EmailAddress("answers@meridian.example"))
    return try EmailMessage(
        sampleContent(text), from: sender, to: #require(EmailAddress("someone@mail.example")),
        unsubscribe: sampleUnsubscribe(), messageID: "42.1@meridian.example",
        date: Date(timeIntervalSince1970: 1_795_702_500))
}

/// The two ways to unsubscribe of the sample e-mails.
func sampleUnsubscribe() throws -> ListUnsubscribe {
    try ListUnsubscribe(
        web: "https://www.meridian.example/stop/BwAAAAAAAAABb2Zs1f5wq0gYx",
        mail: "mailto:stop@meridian.example?subject=BwAAAAAAAAABb2Zs1f5wq0gYx")
}
