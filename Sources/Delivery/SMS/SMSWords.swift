import Foundation

/// A message's words, each in one spelling however it was typed: lower case, without accents, full-width letters as plain ones.
///
/// Words are runs of letters; runs of digits and of symbols such as emoji are words of their own; white space and punctuation
/// part them. The work grows with the length of the body alone.
func foldedWords(of body: String) -> [String] {
    var words: [String] = []
    var kindBefore: WordKind?
    for scalar in decomposed(body).unicodeScalars where !isUnspoken(scalar) {
        let kind = WordKind(scalar)
        if let kind {
            if kind != kindBefore { words.append("") }
            if scalar.properties.changesWhenLowercased {
                words[words.count - 1] += scalar.properties.lowercaseMapping
            } else {
                words[words.count - 1].unicodeScalars.append(scalar)
            }
        }
        kindBefore = kind
    }
    return words
}

/// Whether a character changes nothing about which word it stands in: accents, vowel signs, direction marks, joiners, and the
/// stroke that lengthens Arabic words.
///
/// The zero width space is none of them: it parts words.
func isUnspoken(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return false }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return true
    case .format: return scalar != "\u{200B}"
    default: return scalar == "\u{0640}"
    }
}

/// The text with every character taken apart into its plainest equivalents (Unicode Standard Annex 15, form KD).
private func decomposed(_ body: String) -> String {
    if body.utf8.allSatisfy({ $0 < 0x80 }) { return body }
    var rest = Array(body.unicodeScalars).filter { !isUnspoken($0) }[...]
    var decomposed = ""
    while !rest.isEmpty {
        // In pieces, and without accents, which would have to be sorted: in whole it takes a time that grows with the square.
        decomposed += String(String.UnicodeScalarView(rest.prefix(256))).decomposedStringWithCompatibilityMapping
        rest = rest.dropFirst(256)
    }
    return decomposed
}

private enum WordKind {
    case letters, digits, symbols

    /// Finds the kind of word a character is part of, nil for what parts words.
    init?(_ scalar: Unicode.Scalar) {
        switch scalar.properties.generalCategory {
        case .decimalNumber: self = .digits
        case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: self = .symbols
        default:
            guard scalar.properties.isAlphabetic else { return nil }
            self = .letters
        }
    }
}
