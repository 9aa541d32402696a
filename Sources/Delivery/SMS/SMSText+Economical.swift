import Foundation

extension SMSText {
    /// The same text with plain quotation marks, dashes, dots and spaces, if that alone lets it be sent as GSM-7.
    ///
    /// Accents written as separate characters are composed, and invisible joiners and soft hyphens removed. A text that needs
    /// UCS-2 for anything else is returned as it was, and so is one that would need more segments: in UCS-2 an ellipsis
    /// is one unit, in GSM-7 three dots.
    public static func economical(_ text: String) -> String {
        let measured = SMSText(text)
        if measured.encoding == .gsm7 { return text }
        var plain = ""
        for character in text {
            // No letter of GSM-7 has two accents, and to compose one with thousands is slow.
            guard character.unicodeScalars.count <= 2 else { return text }
            // One by one: to compose a long text at once takes a time that grows with its square.
            for scalar in String(character).precomposedStringWithCanonicalMapping.unicodeScalars {
                if let replacement = plainForm(of: scalar) {
                    plain += replacement
                } else {
                    plain.unicodeScalars.append(scalar)
                }
            }
        }
        let economical = SMSText(plain)
        return economical.encoding == .gsm7 && economical.segments <= measured.segments ? plain : text
    }

    /// What stands for a typographic character in GSM-7, or nil for any other character.
    private static func plainForm(of scalar: Unicode.Scalar) -> String? {
        switch scalar {
        // Single quotation marks, primes and what is typed in their place.
        case "\u{2018}"..."\u{201B}", "\u{2032}", "\u{02BC}", "\u{60}", "\u{B4}": "'"
        case "\u{201C}"..."\u{201F}", "\u{2033}", "\u{AB}", "\u{BB}": "\""
        case "\u{2039}": "<"
        case "\u{203A}": ">"
        // Hyphens and dashes, and the minus sign.
        case "\u{2010}"..."\u{2015}", "\u{2212}": "-"
        case "\u{2026}": "..."
        // The tab, and spaces of every width, breaking or not.
        case "\t", "\u{A0}", "\u{2000}"..."\u{200A}", "\u{202F}", "\u{205F}", "\u{3000}": " "
        case "\u{2028}", "\u{2029}": "\n"
        // Soft hyphen, zero width space, word joiner, byte order mark.
        case "\u{AD}", "\u{200B}", "\u{2060}", "\u{FEFF}": ""
        default: nil
        }
    }
}
