import Feedback
import Foundation
import Testing

@testable import Delivery

@Suite struct ShippedTemplateTests {
    @Test func everyChannelHasATemplateInEveryLanguage() throws {
        let templates = try shippedTemplates.get()
        for channel in MessageChannel.allCases {
            for language in Language.all {
                let template = try #require(templates.template(for: channel, in: language))
                #expect(template.channel == channel && template.language == language)
            }
        }
    }

    @Test(arguments: everyShippedFilling)
    func everyFillingIsWholeAndTellsNoBystanderWhy(channel: MessageChannel, language: Language, model: MessageModel)
        throws
    {
        let text = try #require(try shippedTemplates.get().text(for: model, by: channel))
        let words = [text.subject, text.preheader, text.plainText].joined(separator: "\n")
        #expect(words.contains("Northgate"))
        #expect(text.plainText.contains(sampleLink))
        #expect(text.plainText.contains(channel == .sms ? "STOP" : sampleOwnPage))
        #expect(!words.contains("{") && !words.contains("}") && !words.contains("  "))
        // A link's token is chance.
        let prose = words.split(whereSeparator: \.isWhitespace).filter { !$0.contains("://") }.joined(separator: " ")
        #expect(disclosingWords(in: prose) == [])
        #expect(text.subject.isEmpty == (channel == .sms))
        #expect(text.preheader.isEmpty == (channel != .email))
    }

    @Test(arguments: everyShippedFilling.filter { !$0.model.isReminder && $0.channel != .sms })
    func aReminderSaysSo(channel: MessageChannel, language: Language, model: MessageModel) throws {
        let templates = try shippedTemplates.get()
        let first = try #require(templates.text(for: model, by: channel))
        let reminder = try #require(
            templates.text(
                for: try sampleModel(language, isReminder: true, scores: model.scores.map(\.score)), by: channel))
        #expect(first.subject != reminder.subject)
        #expect(first.blocks[0] != reminder.blocks[0])
        #expect(first.blocks.count == reminder.blocks.count)
    }

    @Test(arguments: Language.all)
    func languagesSayTheSameInTheirOwnWords(language: Language) throws {
        let english = try sampleText(sampleModel())
        let text = try sampleText(sampleModel(language))
        #expect(text.blocks.count == english.blocks.count)
        #expect(text.footer.count == english.footer.count)
        if language.code != "en" {
            for (block, other) in zip(text.blocks + text.footer, english.blocks + english.footer) {
                #expect(block != other)
            }
        }
    }

    @Test func theEnglishEMailSaysWhoAsksWhyAndHowToStop() throws {
        let text = try sampleText(sampleModel())
        #expect(text.subject == "How did we do?")
        #expect(text.preheader == "Tell Northgate how it went. It takes less than a minute.")
        let lines = text.plainText.split(separator: "\n").map(String.init)
        for line in [
            """
            You were recently in touch with Northgate. Please tell us how it went, so that we can do better. \
            It takes less than a minute.
            """,
            "How likely are you to recommend us to a friend or colleague?",
            "0 = Not at all likely", "10 = Extremely likely",
            "0: \(sampleLink)?lang=en&nps=0", "9: \(sampleLink)?lang=en&nps=9",
            "Choose a number to open our page with it marked. Nothing is sent until you press the button there.",
            """
            Answering is up to you, and it changes nothing in your dealings with us. \
            You can answer until 10 December 2026.
            """,
            "You receive this message because you were recently in touch with Northgate.",
            "Stop these messages, or choose how and when we write to you:",
        ] {
            #expect(lines.contains(line), "\(line)")
        }
        #expect(lines.last == sampleOwnPage)
        let reminder = try sampleText(sampleModel(isReminder: true))
        #expect(reminder.subject == "Reminder: how did we do?")
        #expect(reminder.plainText.contains("We will not remind you again."))
    }

    @Test func theEnglishTextMessageIsOneOf160Characters() throws {
        let templates = try shippedTemplates.get()
        let first = templates.text(for: try sampleModel(), by: .sms)?.plainText
        #expect(
            first == """
                Northgate: How likely are you to recommend us to a friend or colleague? Reply 0-10, STOP to end, or \
                \(sampleLink)
                """)
        #expect(first?.count == 160)
        let reminder = templates.text(for: try sampleModel(isReminder: true, scores: Array(1...5)), by: .sms)
        #expect(
            reminder?.plainText
                == "Northgate: You can still reply 1-5 to our question, STOP to end, or answer at \(sampleLink)")
    }

    /// GSM 03.38's basic alphabet, without the letters of the extension that count twice.
    private let shortAlphabet = Set(
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
            + "abcdefghijklmnopqrstuvwxyzäöñüà")

    @Test(arguments: everyShippedFilling.filter { $0.channel == .sms && $0.language.code != "ar" })
    func textMessagesKeepToTheShortAlphabet(channel: MessageChannel, language: Language, model: MessageModel) throws {
        let text = try #require(try shippedTemplates.get().text(for: model, by: channel)).plainText
        #expect(Set(text).subtracting(shortAlphabet) == [])
        #expect(sampleLink.count == 60)
        // 160 are one message, and two in a row hold 153 each.
        #expect(text.count <= (language.code == "en" ? 160 : 306))
    }

    @Test(arguments: everyShippedFilling.filter { $0.channel == .sms && !$0.model.scores.isEmpty })
    func aTextMessageSaysWhichDigitsAnswer(channel: MessageChannel, language: Language, model: MessageModel) throws {
        let text = try #require(try shippedTemplates.get().text(for: model, by: channel)).plainText
        let digits = ["en": "0-10", "es": "0-10", "ar": "من 0 إلى 10"]
        #expect(text.contains(try #require(digits[language.code])))
    }
}
