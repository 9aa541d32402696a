import Feedback
import Foundation
import Testing

@testable import Delivery

@Suite struct EmailMessageTests {
    @Test(arguments: Language.all)
    func aMailProgramReadsWhatWasWritten(language: Language) throws {
        let texts = try everyShippedFilling.filter { $0.channel == .email && $0.language == language }.map {
            try sampleText($0.model)
        }
        #expect(texts.count == 4)
        let messages = try texts.map { try sampleEmail($0) }
        let bytes = try messages.map { try $0.bytes() }
        for (index, read) in try readMessages(bytes).enumerated() {
            let text = texts[index]
            #expect(read.defects == [])
            #expect(read.values(of: "Subject") == [text.subject])
            #expect(read.plain == messages[index].content.plain)
            #expect(read.html == messages[index].content.html)
            #expect(read.contentType == "multipart/alternative")
            #expect(read.partTypes == ["text/plain", "text/html"])
            #expect(read.charsets == ["utf-8", "utf-8"])
            #expect(read.values(of: "Content-Language") == [language.code])
            #expect(read.isASCII && read.strayLineEnds == 0 && read.longestLine <= 100)
            // The boundary opens two parts and closes once, and no part has it.
            let boundary = "--\(messages[index].boundary)"
            #expect(String(decoding: bytes[index], as: UTF8.self).components(separatedBy: boundary).count == 4)
            #expect(try sampleEmail(text).bytes() == bytes[index])
        }
    }

    @Test func theHeadersSayWhoWhenAndHowToStop() throws {
        let read = try #require(
            try readMessages([sampleEmail(sampleText(sampleModel())).bytes()]).first)
        #expect(read.fromName == "Northgate")
        #expect(read.fromAddress == "hello@meridian.example")
        #expect(read.recipients == ["someone@mail.example"])
        #expect(read.date == "2026-11-26T14:15:00+00:00")
        #expect(read.values(of: "Reply-To") == ["answers@meridian.example"])
        #expect(read.values(of: "Message-ID") == ["<42.1@meridian.example>"])
        let unsubscribe = try sampleUnsubscribe()
        #expect(read.values(of: "List-Unsubscribe") == ["<\(unsubscribe.web)>, <\(unsubscribe.mail)>"])
        #expect(read.values(of: "List-Unsubscribe-Post") == ["List-Unsubscribe=One-Click"])
        #expect(read.values(of: "Auto-Submitted") == ["auto-generated"])
        #expect(read.values(of: "X-Auto-Response-Suppress") == ["All"])
        #expect(read.values(of: "MIME-Version") == ["1.0"])
        #expect(read.headers.map { $0[0] } == Self.headerNames)
    }

    @Test func withoutAReplyAddressThereIsNoHeaderForIt() throws {
        let sender = try EmailSender(name: "Northgate", address: #require(EmailAddress("a@b.example")))
        let message = try EmailMessage(
            sampleContent(sampleText(sampleModel())), from: sender, to: #require(EmailAddress("c@d.example")),
            unsubscribe: sampleUnsubscribe(), messageID: "1@b.example", date: Date(timeIntervalSince1970: 0))
        #expect(try !message.headers().contains("Reply-To"))
    }

    private static let headerNames = [
        "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post",
        "Auto-Submitted", "X-Auto-Response-Suppress", "Content-Language", "MIME-Version", "Content-Type",
    ]

    private static let hostile = [
        "Northgate\r\nBcc: all@mail.example\r\n\r\n<b>x", "<script>alert(1)</script>",
        String(repeating: "Long name ", count: 30), String(repeating: "ñ", count: 300), "\u{202E}etagtroN",
        "👩🏽‍💻 \"N\"\u{301} 👩🏽‍💻", "a\u{0}b\u{1B}c", "=?utf-8?B?QmNjOg==?= ,;<>@\\\"",
        ".\n.\n--=_421meridianexample--\n",
    ]

    @Test(arguments: Language.all)
    func hostileValuesStayValues(language: Language) throws {
        let models = try Self.hostile.map { try sampleModel(language, organisation: $0, text: $0) }
        let texts = try models.map(sampleText)
        let messages = try texts.map { try sampleEmail($0) }
        for (index, read) in try readMessages(messages.map { try $0.bytes() }).enumerated() {
            #expect(read.defects == [])
            #expect(read.headers.map { $0[0] } == Self.headerNames)
            #expect(read.recipients == ["someone@mail.example"])
            #expect(read.values(of: "Subject") == [texts[index].subject])
            #expect(read.plain == messages[index].content.plain)
            #expect(read.html == messages[index].content.html)
            #expect(read.plain.hasPrefix(models[index].organisation + "\n\n"))
            #expect(read.longestLine <= 100 && read.strayLineEnds == 0)
            #expect(!(read.plain + read.html).unicodeScalars.contains("\u{202E}"))
        }
    }

    @Test func noPartCanHoldTheBoundary() throws {
        let boundary = try sampleEmail(sampleText(sampleModel())).boundary
        let message = try sampleEmail(sampleText(sampleModel(text: "--\(boundary)-- \(boundary)")))
        #expect(message.boundary == boundary && boundary.utf8.count <= 70)
        let bytes = try message.bytes()
        // In the head and before, between and after the parts.
        #expect(String(decoding: bytes, as: UTF8.self).components(separatedBy: boundary).count == 5)
    }

    @Test func aSendersNameArrivesAsItIs() throws {
        let names = [
            "Northgate", "Ñandú y Compañía", "شركة الشمال", "Northgate, \"N\" <x@y.example>", "👩🏽‍💻 Northgate",
            String(repeating: "Long name ", count: 30) + "end", "=?utf-8?B?QmNjOg==?=", "back\\slash", "",
        ]
        let text = try sampleText(sampleModel())
        let messages = try names.map { try sampleEmail(text, senderName: $0).bytes() }
        for (name, read) in zip(names, try readMessages(messages)) {
            #expect(read.defects == [])
            #expect(read.fromName == name)
            #expect(read.fromAddress == "hello@meridian.example")
            #expect(read.longestLine <= 100)
        }
    }

    @Test(arguments: ["a\r\nBcc: b@c.example", "a\nb", "a\u{0}", "\u{202E}a", "a\u{2069}"])
    func aSendersNameWithControlCharactersIsRefused(name: String) throws {
        let address = try #require(EmailAddress("a@b.example"))
        #expect(throws: EmailProblem.controlCharacter(in: "From")) { try EmailSender(name: name, address: address) }
    }

    @Test func noSenderTellsWhy() throws {
        let address = try #require(EmailAddress("a@b.example"))
        let telling = try #require(EmailAddress("collections@b.example"))
        #expect(throws: EmailProblem.disclosingWord("debt", in: "From")) {
            try EmailSender(name: "Northgate Debt Team", address: address)
        }
        #expect(throws: EmailProblem.disclosingWord("collections", in: "From")) {
            try EmailSender(name: "Northgate", address: telling)
        }
        #expect(throws: EmailProblem.disclosingWord("collections", in: "Reply-To")) {
            try EmailSender(name: "Northgate", address: address, replyTo: telling)
        }
    }

    @Test(arguments: [
        "", "a", "a@", "@b", "<a@b>", "a b@c", "a@b\r\nX: y", "a@b@c", "é@b", "a..b@c",
        String(repeating: "x", count: 200) + "@b",
    ])
    func anIdentifierThatIsNoneIsRefused(identifier: String) throws {
        let email = try sampleEmail(sampleText(sampleModel()))
        #expect(throws: EmailProblem.notMessageID) {
            try EmailMessage(
                email.content, from: email.sender, to: email.recipient, unsubscribe: email.unsubscribe,
                messageID: identifier, date: email.date)
        }
    }

    @Test(arguments: [
        "", "http://a.example/stop", "https://a.example/>, <https://b.example/", "https://a.example/ x",
        "https://a.example/\r\nX: y",
    ])
    func unsubscribingNeedsASecureAddress(address: String) {
        #expect(throws: EmailProblem.notSecureWebAddress) {
            try ListUnsubscribe(web: address, mail: "mailto:stop@a.example")
        }
    }

    @Test(arguments: [
        "", "stop@a.example", "mailto:", "mailto:stop", "mailto:a@b.example,c@d.example", "mailto:a@b.example>",
        "mailto:a@b.example?subject=x y", "mailto:a@b.example\r\nX: y",
    ])
    func unsubscribingByMailNeedsOneAddress(address: String) {
        #expect(throws: EmailProblem.notMailtoAddress) {
            try ListUnsubscribe(web: "https://a.example/stop", mail: address)
        }
    }
}
