import Feedback
import Testing

@testable import Delivery

@Suite struct TemplateCheckTests {
    private static let tags = "organisation, question, lowest, highest, low, high, link, stop, ownPage, expires"

    /// Text messages, since they are short: what follows the link and the word to stop, and the problems with it.
    @Test(arguments: [
        ("{{Link}}", ["line 2: there is no tag {{Link}} here; known are \(tags)"]),
        ("{{scores}}", ["line 2: there is no tag {{scores}} here; known are \(tags)"]),
        ("{{{link}}}", ["line 2: there is no tag {{{link}} here; known are \(tags)"]),
        ("{{&link}}", ["line 2: there is no tag {{&link}} here; known are \(tags)"]),
        ("{{>link}}", ["line 2: there is no tag {{>link}} here; known are \(tags)"]),
        ("{{!note}}", ["line 2: there is no tag {{!note}} here; known are \(tags)"]),
        ("{{=<% %>=}}", ["line 2: there is no tag {{=<% %>=}} here; known are \(tags)"]),
        ("{{}}", ["line 2: there is no tag {{}} here; known are \(tags)"]),
        ("{{name}}", ["line 2: there is no tag {{name}} here; known are \(tags)"]),
        ("{{link", ["line 2: a tag is not closed: }} is missing"]),
        ("{{\nlink}}", ["line 2: a tag is not closed: }} is missing"]),
        (
            "{{#debtor}}x{{/debtor}}",
            [
                "line 2: there is no section {{#debtor}}; known are reminder, scale",
                "line 2: {{/debtor}} closes a section that is not open there",
            ]
        ),
        ("x\n{{#reminder}}\nx", ["line 3: the section reminder is not closed"]),
        ("{{^scale}}x", ["line 2: the section scale is not closed"]),
        ("x{{/reminder}}", ["line 2: {{/reminder}} closes a section that is not open there"]),
        (
            "{{#reminder}}{{#scale}}x{{/reminder}}{{/scale}}",
            [
                "line 2: {{/reminder}} closes a section that is not open there",
                "line 2: the section reminder is not closed",
            ]
        ),
        ("a <b>bold</b> word", ["line 2: <b> is HTML; write plain words, the layout is added"]),
        ("<script src=x", ["line 2: <script src=x is HTML; write plain words, the layout is added"]),
        ("</td>", ["line 2: </td> is HTML; write plain words, the layout is added"]),
        ("<!-- x -->", ["line 2: <!-- x --> is HTML; write plain words, the layout is added"]),
        ("\u{202E}", ["line 2: U+202E is a mark that is not seen; delete it"]),
        (
            "de\u{AD}bt",
            [
                "line 2: U+AD is a mark that is not seen; delete it",
                "line 2: \"debt\" would tell a bystander about a debt; say it without that word",
            ]
        ),
        ("\u{0}", ["line 2: U+0 is a mark that is not seen; delete it"]),
        ("your Debt", ["line 2: \"debt\" would tell a bystander about a debt; say it without that word"]),
        ("su DÉUDA", ["line 2: \"deuda\" would tell a bystander about a debt; say it without that word"]),
        ("هذا الدَّين", ["line 2: \"الدين\" would tell a bystander about a debt; say it without that word"]),
        (
            "{{#reminder}}your case{{/reminder}}",
            [
                "line 2: \"case\" would tell a bystander about a debt; say it without that word"
            ]
        ),
        (
            "ca{{^reminder}}se{{/reminder}}",
            [
                "line 2: \"case\" would tell a bystander about a debt; say it without that word"
            ]
        ),
        (
            "from {{lowest}}",
            [
                "line 2: {{lowest}} stands between {{#scale}} and {{/scale}}, since some questions have no scale"
            ]
        ),
        (
            "{{#scale}}{{high}}{{/scale}}{{^scale}}{{low}}{{/scale}}",
            [
                "line 2: {{low}} stands between {{#scale}} and {{/scale}}, since some questions have no scale"
            ]
        ),
        ("{{link}}.", ["line 2: leave a space after {{link}}, or what follows joins the address"]),
        ("{{ownPage}}{{stop}}", ["line 2: leave a space after {{ownPage}}, or what follows joins the address"]),
        ("\n\nsecond", ["line 4: a text message is one paragraph"]),
    ])
    func whatIsWrongIsNamedWithItsLine(words: String, problems: [String]) {
        #expect(faults(of: "{{link}} {{stop}}\n\(words)", on: .sms) == problems)
    }

    @Test(arguments: [
        "1 < 2 and 3 > 2", "{ one brace }", "a {{#scale}}{{lowest}}-{{highest}}{{/scale}}", "{{stop}}.", "",
    ])
    func plainWordsAreAllowed(words: String) {
        #expect(faults(of: "{{link}} {{stop}}\n\(words)", on: .sms) == [])
    }

    @Test func everyMessageHasALinkAndSaysHowToStop() {
        #expect(faults(of: "", on: .sms) == ["line 1: {{link}} is missing", "line 1: {{stop}} is missing"])
        #expect(faults(of: "{{link}} {{ownPage}}", on: .sms) == [])
        #expect(
            faults(of: "{{#reminder}}{{link}} {{/reminder}}{{stop}}", on: .sms) == [
                "line 1: {{link}} is missing from a first message"
            ])
        #expect(
            faults(of: "{{link}}{{#scale}} {{stop}}{{/scale}}", on: .sms) == [
                "line 1: {{stop}} is missing from a first message without a scale"
            ])
        let head = "Subject: x\nPreheader: x\n\n"
        #expect(
            faults(of: "\(head){{link}}", on: .email) == [
                "line 1: {{scores}} is missing", "line 1: {{stop}} is missing",
            ])
        #expect(faults(of: "\(head){{link}} {{stop}}\n\n{{#scale}}\n{{scores}}\n{{/scale}}", on: .email) == [])
        #expect(faults(of: "Heading: x\n\n{{link}}", on: .letter) == [])
    }

    @Test func theHeadIsWhole() {
        let body = "\n\n{{scores}}\n\n{{link}} {{stop}}"
        let expected = "a head line begins with Subject: and Preheader:; the text follows an empty line"
        #expect(
            faults(of: "Hello\(body)", on: .email) == [
                "line 1: \(expected)", "line 1: the head line Subject: is missing",
                "line 1: the head line Preheader: is missing",
            ])
        #expect(
            faults(of: "Subject: x\nSubject: y\nPreheader: x\nBcc: x\(body)", on: .email) == [
                "line 2: Subject: is given twice", "line 4: \(expected)",
            ])
        #expect(
            faults(of: "Subject: {{#reminder}}x{{/reminder}}\nPreheader: {{link}}\(body)", on: .email) == [
                "line 1: Subject: is empty in a first message",
                "line 1: Subject: is empty in a first message without a scale",
                "line 2: Preheader: may name {{organisation}} and {{expires}}, not {{link}}",
            ])
        let long = String(repeating: "x", count: 81)
        #expect(
            faults(of: "Subject: \(long)\nPreheader: \(long)\(body)", on: .email) == [
                "line 1: Subject: has 81 characters; at most 80"
            ])
        #expect(faults(of: "Subject: \(long.dropFirst())\nPreheader: x\(body)", on: .email) == [])
        #expect(
            faults(of: "Heading: \(long)\n\n{{link}}", on: .letter) == [
                "line 1: Heading: has 81 characters; at most 80"
            ])
    }

    @Test func scoresStandByThemselvesAboveTheSmallPrint() {
        let head = "Subject: x\nPreheader: x\n\n{{link}} {{stop}}\n\n"
        #expect(
            faults(of: "\(head)Choose: {{scores}}", on: .email) == ["line 6: {{scores}} is a paragraph of its own"])
        #expect(
            faults(of: "\(head)--\n\n{{scores}}", on: .email) == ["line 8: {{scores}} stands above the small print"])
    }

    @Test func aTemplateWithoutEndIsRefused() {
        let source = "{{link}} {{stop}} " + String(repeating: "x", count: 10_000)
        #expect(faults(of: source, on: .sms) == ["line 1: the template is longer than 10000 bytes"])
    }

    private func faults(of source: String, on channel: MessageChannel) -> [String] {
        do {
            _ = try MessageTemplate(channel: channel, language: Language.all[0], source: source)
            return []
        } catch let problems as TemplateProblems {
            return problems.description.split(separator: "\n").map(String.init)
        } catch {
            return ["\(error)"]
        }
    }
}
