import Testing

@testable import Delivery

@Suite struct EmailPartTests {
    @Test(arguments: [
        ("", ""), ("a=b", "a=3Db"), ("é", "=C3=A9"), ("a \nb\t\nc", "a=20\r\nb=09\r\nc"), ("a b", "a b"),
        (" ", "=20"), ("\r\n", "=0D\r\n"), ("\u{0}", "=00"),
    ])
    func bytesAreQuoted(text: String, encoded: String) {
        #expect(String(decoding: quotedPrintable(Array(text.utf8)), as: UTF8.self) == encoded)
    }

    @Test(arguments: 70...80, ["x", "=", "é", " ", "👩"])
    func linesHaveAtMost76CharactersAndPartNoEscape(count: Int, last: String) {
        let text = String(repeating: "x", count: count) + last
        let lines = String(decoding: quotedPrintable(Array(text.utf8)), as: UTF8.self).split(separator: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 76 })
        #expect(lines.dropLast().allSatisfy { $0.hasSuffix("=") })
        for line in lines {
            let inner = line.hasSuffix("=") ? line.dropLast() : line
            #expect(
                inner.split(separator: "=").dropFirst().allSatisfy { $0.first?.isHexDigit == true && $0.count >= 2 })
        }
        #expect(
            lines.map { $0.hasSuffix("=") ? $0.dropLast() : $0 }.joined().hasPrefix(
                String(repeating: "x", count: count)))
    }

    @Test func theShorterEncodingIsTaken() {
        #expect(part("How was it?", type: "plain").contains("quoted-printable\r\n\r\nHow was it?\r\n"))
        let arabic = part("كيف كانت خدمتنا؟\n", type: "html")
        #expect(arabic.contains("Transfer-Encoding: base64\r\n\r\n2YPZitmB"))
        #expect(arabic.hasPrefix("Content-Type: text/html; charset=utf-8\r\n"))
    }

    private func part(_ text: String, type: String) -> String {
        String(decoding: emailPart(text, type: type), as: UTF8.self)
    }
}
