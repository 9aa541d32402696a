/// The rows a text takes in lines of a width, in units of the type's size, when words that are too long are broken.
///
/// An estimate, because the print room's typeface is not known: it takes the advances of a wide one (DejaVu Sans), and
/// so errs by too many rows.
func estimatedRows(_ text: String, width: Double) -> Int {
    var rows = 1
    var position = 0.0
    // What else is white space does not collapse in HTML, and some of it never breaks a line.
    for word in text.unicodeScalars.split(whereSeparator: { $0.value <= 0x20 }) {
        let length = word.reduce(0) { $0 + estimatedWidth($1) }
        let space = position == 0 ? 0 : estimatedWidth(" ")
        if position + space + length <= width {
            position += space + length
            continue
        }
        if position > 0 {
            rows += 1
            position = 0
        }
        for scalar in word {
            let advance = estimatedWidth(scalar)
            if position > 0, position + advance > width {
                rows += 1
                position = 0
            }
            position += advance
        }
    }
    return rows
}

/// The advance of a character, rounded up.
private func estimatedWidth(_ scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "f", "t", "r", "I", " ", ".", ",", ":", ";", "!", "'", "|", "(", ")", "[", "]", "/", "-": 0.42
    case "m", "w", "M", "W", "@", "%": 1
    case "a"..."z", "0"..."9": 0.65
    case "\u{1F000}"...: 1.4
    case "\u{2E80}"...: 1
    default:
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: 0
        case .uppercaseLetter, .titlecaseLetter: 0.85
        case .lowercaseLetter, .otherLetter: scalar.value < 0x250 ? 0.65 : 0.8
        default: 1
        }
    }
}
