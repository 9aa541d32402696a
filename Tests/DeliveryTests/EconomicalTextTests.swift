import Foundation
import Testing

@testable import Delivery

private func scalars(_ text: String) -> [UInt32] {
    text.unicodeScalars.map(\.value)
}

@Suite struct EconomicalTextTests {
    @Test(arguments: [
        ("“It’s fine” – they said…", "\"It's fine\" - they said..."),
        ("‘a’ ‚b‛ «c» „d‟ ‹e› 6′2″", "'a' 'b' \"c\" \"d\" <e> 6'2\""),
        ("a‐b‑c‒d–e—f―g−h", "a-b-c-d-e-f-g-h"),
        ("1\u{A0}000\u{202F}€\u{2009}a\tb", "1 000 € a b"),
        ("so\u{AD}ft\u{200B}\u{2060}\u{FEFF}", "soft"),
        ("one\u{2028}two", "one\ntwo"),
        ("cafe\u{301} \u{212B}", "café Å"),
    ])
    func typographyBecomesPlain(text: String, plain: String) {
        let economical = SMSText.economical(text)
        #expect(scalars(economical) == scalars(plain))
        #expect(SMSText(economical).encoding == .gsm7)
    }

    @Test(arguments: [
        "", "Thank you [1] {2} ~ €", "شكرا… “لك”", "“Thanks” 😀", "ça – va", "e\u{301} – ш", "a\u{0}–",
    ])
    func aTextThatCannotBePlainOrIsSoAlreadyStays(text: String) {
        #expect(scalars(SMSText.economical(text)) == scalars(text))
    }

    @Test func aTextThatWouldNeedMoreSegmentsStays() {
        let dots = String(repeating: "…", count: 70)
        #expect(SMSText(dots).segments == 1)
        #expect(SMSText.economical(dots) == dots)
        #expect(SMSText.economical(String(repeating: "…", count: 53)).count == 159)
    }

    @Test func itNeverCostsMoreAndTwiceIsOnce() {
        var generator = SeededGenerator(seed: 21)
        let characters = ["a", "b ", "€", "[", "…", "“", "’", "–", "\u{A0}", "e\u{301}", "\u{AD}"]
        var shortened = 0
        for round in 0..<300 {
            let pool = round % 5 == 0 ? characters + ["ш"] : characters
            let text = pool.draws(.random(in: 0...200, using: &generator), using: &generator).joined()
            let economical = SMSText.economical(text)
            #expect(SMSText(economical).segments <= SMSText(text).segments)
            #expect(scalars(SMSText.economical(economical)) == scalars(economical))
            #expect(SMSText(economical).encoding == .gsm7 || scalars(economical) == scalars(text))
            if SMSText(economical).segments < SMSText(text).segments { shortened += 1 }
        }
        #expect(shortened > 100)
    }
}
