import Foundation
import Testing

@testable import Delivery

@Suite struct EmailHeaderTests {
    @Test func aPlainSubjectIsFoldedBetweenWords() throws {
        let words = Array(repeating: "nine chars", count: 12).joined(separator: " ")
        let header = try emailHeader("Subject", headerTokens(of: words, in: "Subject"))
        #expect(header.hasPrefix("Subject: nine chars nine"))
        #expect(header.hasSuffix("\r\n"))
        let lines = header.components(separatedBy: "\r\n").dropLast()
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { $0.utf8.count <= 76 })
        #expect(lines.joined() == "Subject: \(words)")
    }

    @Test(arguments: [
        "¿Cómo lo hicimos?", String(repeating: "ñ", count: 300), "=?utf-8?B?ZGVidA==?=", "👩🏽‍💻👩🏽‍💻👩🏽‍💻👩🏽‍💻👩🏽‍💻",
        String(repeating: "x", count: 300), "e" + String(repeating: "\u{301}", count: 100),
        "تذكير: كيف كانت خدمتنا؟ تذكير: كيف كانت خدمتنا؟",
    ])
    func otherSubjectsBecomeEncodedWordsOfWholeCharacters(text: String) throws {
        let tokens = try headerTokens(of: text, in: "Subject")
        var decoded = ""
        for token in tokens {
            #expect(token.utf8.count <= 75)
            let base64 = try #require(token.wholeMatch(of: /=\?utf-8\?B\?([A-Za-z0-9+\/=]+)\?=/)).1
            let bytes = try #require(Data(base64Encoded: String(base64)))
            decoded += try #require(String(data: bytes, encoding: .utf8))
        }
        #expect(decoded == text)
        let lines = try emailHeader("Subject", tokens).components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 76 })
    }

    @Test(arguments: ["a\r\nBcc: b@c.example", "a\nb", "a\rb", "a\u{0}b", "a\u{1B}b", "a\u{85}b", "a\u{7F}b"])
    func controlCharactersAreRefused(text: String) throws {
        #expect(throws: EmailProblem.controlCharacter(in: "Subject")) { try headerTokens(of: text, in: "Subject") }
        #expect(throws: EmailProblem.controlCharacter(in: "From")) { try nameTokens(of: text) }
        #expect(throws: EmailProblem.controlCharacter(in: "X-Any")) { try emailHeader("X-Any", [text]) }
    }

    @Test func aTokenThatFillsALineIsRefused() {
        #expect(throws: EmailProblem.tooLong(in: "X-Any")) {
            try emailHeader("X-Any", [String(repeating: "x", count: 990)])
        }
    }

    @Test(arguments: [
        ("Northgate", ["\"Northgate\""]), ("North \"N\" gate\\", [#""North \"N\" gate\\""#]),
        ("Northgate, Ltd. <a@b>", ["\"Northgate, Ltd. <a@b>\""]), ("Ñandú", ["=?utf-8?B?w5FhbmTDug==?="]),
    ])
    func aNameIsQuotedOrEncoded(name: String, tokens: [String]) throws {
        #expect(try nameTokens(of: name) == tokens)
    }

    @Test(arguments: [
        (0, "Thu, 01 Jan 1970 00:00:00 +0000"), (1_709_251_199, "Thu, 29 Feb 2024 23:59:59 +0000"),
        (1_792_889_999.999, "Sun, 25 Oct 2026 00:59:59 +0000"), (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 +0000"),
    ])
    func aDateIsWrittenInUTC(seconds: Double, text: String) {
        #expect(headerDate(Date(timeIntervalSince1970: seconds)) == text)
    }
}
