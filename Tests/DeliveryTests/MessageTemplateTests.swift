import Feedback
import Testing

@testable import Delivery

@Suite struct MessageTemplateTests {
    private let english = Language.all[0]

    @Test func paragraphsButtonsAndSmallPrintAreToldApart() throws {
        let text = try email(
            """
            Hello from {{organisation}}.
            It is short.

            {{question}}

            {{ scores }}

            Answer {{organisation}} here: {{link}}

            Or open {{link}} later.

            {{link}}

            --

            To stop: {{stop}}
            """
        ).text(for: sampleModel(scores: [1, 2]))
        #expect(text.subject == "How was it?")
        #expect(text.preheader == "From Northgate")
        #expect(
            text.blocks == [
                .paragraph([.words("Hello from "), .words("Northgate"), .words(". It is short.")]),
                .question("How likely are you to recommend us to a friend or colleague?"),
                .scores(
                    [
                        ScoreLink(score: 1, address: "\(sampleLink)?lang=en&nps=1"),
                        ScoreLink(score: 2, address: "\(sampleLink)?lang=en&nps=2"),
                    ], low: "Not at all likely", high: "Extremely likely"),
                .action(words: "Answer Northgate here", address: sampleLink),
                .paragraph([.words("Or open "), .address(sampleLink), .words(" later.")]),
                .paragraph([.address(sampleLink)]),
            ])
        #expect(text.footer == [.action(words: "To stop", address: sampleOwnPage)])
        #expect(
            text.plainText.contains("1 = Not at all likely\n2 = Extremely likely\n\n1: \(sampleLink)?lang=en&nps=1\n"))
        #expect(text.plainText.hasSuffix("later.\n\n\(sampleLink)\n\nTo stop:\n\(sampleOwnPage)"))
    }

    @Test func sectionsAreShownAsTheModelIs() throws {
        let template = try email(
            """
            One {{#reminder}}again {{/reminder}}two
            {{#reminder}}hidden at first{{/reminder}}
            three.

            {{#scale}}
            Choose from {{lowest}} ({{low}}) to {{highest}} ({{high}}).

            {{#reminder}}
            Still.
            {{/reminder}}
            {{/scale}}
            {{^scale}}
            Open it.
            {{/scale}}

            {{scores}}

            {{link}} {{stop}}
            """)
        func paragraphs(isReminder: Bool, scores: [Int]) throws -> [String] {
            try template.text(for: sampleModel(isReminder: isReminder, scores: scores)).blocks.map(\.plainText)
        }
        #expect(
            try paragraphs(isReminder: false, scores: []) == [
                "One two three.", "Open it.", "\(sampleLink) \(sampleOwnPage)",
            ])
        let again = try paragraphs(isReminder: true, scores: [0, 1])
        #expect(again.count == 5)
        #expect(again[0] == "One again two hidden at first three.")
        #expect(again[1] == "Choose from 0 (Not at all likely) to 1 (Extremely likely).")
        #expect(again[2] == "Still.")
    }

    @Test func linesMayEndInEveryWay() throws {
        let source = headed("One\ntwo.\n\n{{scores}}\n\n{{link}} {{stop}}")
        let text = try email(source, isHeaded: true).text(for: sampleModel())
        let other = try email(source.replacing("\n", with: "\r\n"), isHeaded: true).text(for: sampleModel())
        #expect(text == other)
        #expect(text.blocks.count == 3)
    }

    @Test func valuesMakeNeitherTagsNorParagraphs() throws {
        let model = try sampleModel(organisation: "{{stop}}\n\n--\n\n{{#scale}}")
        let text = try sampleText(model)
        #expect(try text.blocks.count == sampleText(sampleModel()).blocks.count)
        #expect(text.footer.count == 2)
        #expect(text.organisation == "{{stop}} -- {{#scale}}")
        #expect(text.plainText.contains("in touch with {{stop}} -- {{#scale}}."))
    }

    @Test func aTextMessageIsOneLineThatIsAnsweredWithWords() throws {
        let template = try MessageTemplate(
            channel: .sms, language: english, source: "{{question}}\nReply {{stop}}.\nOur page: {{link}}\n")
        let text = template.text(for: try sampleModel())
        #expect(text.subject.isEmpty && text.preheader.isEmpty && text.footer.isEmpty)
        let question = SampleQuestion.of(english).text
        #expect(text.plainText == "\(question) Reply STOP. Our page: \(sampleLink)")
    }

    @Test func anOperatorsTemplateTakesTheShippedOnesPlace() throws {
        var templates = try shippedTemplates.get()
        let before = templates.text(for: try sampleModel(), by: .sms)
        templates.use(try MessageTemplate(channel: .sms, language: english, source: "Ours: {{link}} {{stop}}"))
        #expect(templates.text(for: try sampleModel(), by: .sms)?.plainText == "Ours: \(sampleLink) STOP")
        #expect(before?.plainText.hasPrefix("Northgate: ") == true)
        #expect(try templates.text(for: sampleModel(), by: .email) == sampleText(sampleModel()))
    }

    private func headed(_ body: String) -> String {
        "Subject: How was it?\nPreheader: From {{organisation}}\n\n\(body)"
    }

    private func email(_ body: String, isHeaded: Bool = false) throws -> MessageTemplate {
        try MessageTemplate(channel: .email, language: english, source: isHeaded ? body : headed(body))
    }
}
