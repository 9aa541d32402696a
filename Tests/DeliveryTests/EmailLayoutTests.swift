import Feedback
import Foundation
import TestSupport
import Testing

@testable import Delivery

@Suite struct EmailLayoutTests {
    private let composer: EmailComposer

    init() throws {
        composer = try EmailComposer()
    }

    @Test func everyTagIsKnownToItsModel() throws {
        let template = try MessageTemplate(
            channel: .email, language: Language.all[0],
            source: """
                Subject: x
                Preheader: x

                {{question}}

                {{scores}}

                Go to {{link}} now.

                Answer: {{link}}

                --

                {{question}}

                Stop at {{stop}}

                Stop: {{stop}}
                """)
        let models = try [[], [1], Array(1...5), Array(0...10)].map { scores in
            EmailLayout(template.text(for: try sampleModel(scores: scores)))
        }
        let withoutEnds = MessageBlock.scores([ScoreLink(score: 1, address: sampleLink)], low: "", high: "")
        let bare = EmailLayout(
            MessageText(
                language: Language.all[2], organisation: "x", subject: "x", preheader: "x", blocks: [withoutEnds],
                footer: []))
        let tags = TemplateTags(["email-layout": EmailLayoutTemplate.source])
        #expect(tags.faults(of: "email-layout", with: models + [bare]) == [])
    }

    @Test(arguments: everyShippedFilling.filter { $0.channel == .email })
    func theHTMLSaysWhatThePlainTextSays(channel: MessageChannel, language: Language, model: MessageModel) throws {
        let text = try sampleText(model)
        let html = composer.content(of: text).html
        let words = wordsOfBody(html)
        let linked = html.matches(of: /<a [^>]*href="([^"]*)"[^>]*>([^<]*)<\/a>/).map {
            "\($0.2): \($0.1.replacing("&amp;", with: "&"))"
        }
        for block in text.blocks + text.footer {
            switch block {
            case .paragraph(let pieces):
                #expect(words.contains(pieces.map(\.text).joined()))
            case .question(let question):
                #expect(html.contains(">\(question)</h1>"))
            case .scores(let links, let low, let high):
                #expect(links.count == 11)
                for link in links { #expect(linked.contains("\(link.score): \(link.address)")) }
                #expect(words.contains("0 \(low)") && words.contains("10 \(high)"))
            case .action(let name, let address):
                #expect(linked.contains("\(name): \(address)"))
            }
        }
        #expect(html.contains("<html lang=\"\(language.code)\" dir=\"\(language.isRightToLeft ? "rtl" : "ltr")\">"))
        #expect(html.contains("<title>\(text.subject)</title>"))
        #expect(html.contains("mso-hide:all\">\(text.preheader)</div>"))
    }

    @Test(arguments: Language.all) func nothingIsFetchedAndNothingRuns(language: Language) throws {
        let html = composer.content(of: try sampleText(sampleModel(language))).html
        for forbidden in [
            "<script", "<img", "<link", "<iframe", "src=", "url(", "@import", "@font-face", "background=", "onclick",
        ] {
            #expect(!html.contains(forbidden), "\(forbidden)")
        }
        // Every address is one that the message is about.
        let addresses = html.matches(of: /https?:[^"<\s]*/).map { String($0.0) }
        #expect(addresses.count == 13)
        #expect(addresses.allSatisfy { $0.hasPrefix(sampleLink) || $0 == sampleOwnPage })
        // Well under the 102 kB at which a large provider cuts messages off.
        #expect(html.utf8.count < 20_000)
    }

    @Test(arguments: [
        ([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [6, 5]), ([1, 2, 3, 4, 5, 6, 7], [4, 3]), ([1, 2, 3, 4, 5, 6], [6]),
        ([1, 2, 3, 4, 5], [5]), ([1], [1]),
    ])
    func scoresStandInGroupsThatFitATelephone(scores: [Int], groups: [Int]) {
        let links = scores.map { ScoreLink(score: $0, address: sampleLink) }
        let scale = EmailLayoutScale(links, low: "low", high: "high")
        #expect(scale.groups.map(\.scores.count) == groups)
        #expect(scale.groups.flatMap(\.scores).map(\.score) == scores)
        #expect(scale.groups.allSatisfy { $0.scores.count * (scale.cell + 4) <= 320 - 32 })
        #expect(scale.width <= 600 - 64)
        #expect(scale.cell >= 44)
    }

    @Test func anAddressInASentenceIsEscaped() throws {
        let text = MessageText(
            language: Language.all[0], organisation: "x", subject: "x", preheader: "x",
            blocks: [.paragraph([.words("See "), .address("https://a.example/?a=1&b=2"), .words(" now.")])], footer: [])
        let address = "https://a.example/?a=1&amp;b=2"
        let html = composer.content(of: text).html
        #expect(
            html.contains(
                "See <a class=\"link\" href=\"\(address)\" dir=\"ltr\" style=\"color:#0b5d5a\">\(address)</a> now."))
    }

    /// The last one ends an attribute although its quotation mark and accent are one character.
    private static let hostile = [
        "<script>alert(1)</script>", "\" onclick=\"alert(1)", "' onclick='x", "</title><b>", "&lt;b&gt;",
        "\"\u{301} onclick=alert(1) x=\"\u{301}", "{{{link}}}", "<!--", "]]>",
    ]

    @Test(arguments: hostile) func hostileTextsStayTexts(value: String) throws {
        let html = composer.content(of: try sampleText(sampleModel(organisation: value, text: value))).html
        let plain = composer.content(of: try sampleText(sampleModel(organisation: "x", text: "x"))).html
        for mark in ["<", ">", "\"", "'"] as [Unicode.Scalar] {
            #expect(html.unicodeScalars.count { $0 == mark } == plain.unicodeScalars.count { $0 == mark }, "\(mark)")
        }
        #expect(wordsOfBody(html).unicodeScalars.contains(value.unicodeScalars))
    }

    /// What is read in the body: without tags, references resolved, by code units since accents may follow a reference.
    private func wordsOfBody(_ html: String) -> String {
        let body = html.replacingOccurrences(of: "(?s)^.*<body|<[^>]*>", with: "", options: .regularExpression)
        return [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")].reduce(body) {
            $0.replacingOccurrences(of: $1.0, with: $1.1, options: .literal)
        }
    }
}
