import Feedback

/// A text as it stands in a message: white space is one space, and nothing in it acts on what surrounds it.
///
/// Unseen marks are left out: an override shows `moc.elpmaxe` as `example.com`, and one that is not closed turns the
/// rest of the line (Unicode Technical Report 36, on bidirectional text).
func oneLine(_ text: String) -> String {
    var line = String.UnicodeScalarView()
    var isAfterSpace = true
    for scalar in text.unicodeScalars {
        if scalar.properties.isWhitespace {
            if !isAfterSpace { line.append(" ") }
            isAfterSpace = true
        } else if !isUnseenMark(scalar) {
            line.append(scalar)
            isAfterSpace = false
        }
    }
    if line.last == " " { line.removeLast() }
    return String(line)
}

/// A text between isolates if it has letters of the other writing direction, so that it does not disturb its sentence.
///
/// Otherwise it stays as it is, because an isolate does not fit into the short alphabet of text messages.
func isolated(_ text: String, in language: Language) -> String {
    let turns = text.unicodeScalars.contains { scalar in
        scalar.properties.isAlphabetic && isRightToLeft(scalar) != language.isRightToLeft
    }
    return turns ? "\u{2068}\(text)\u{2069}" : text
}

/// Whether a letter lies in a block of right-to-left scripts (Unicode Standard Annex 9, section 3.2).
private func isRightToLeft(_ letter: Unicode.Scalar) -> Bool {
    switch letter.value {
    case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
    default: false
    }
}
