/// A comment as it is stored: line ends as `\n`, no other control characters, no white space around it.
func cleanComment(_ text: String) -> String {
    var kept = String.UnicodeScalarView()
    var afterReturn = false
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\r": kept.append("\n")
        case "\n": if !afterReturn { kept.append(scalar) }
        case "\t": kept.append(scalar)
        // The rest of the category Cc.
        case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": break
        default: kept.append(scalar)
        }
        afterReturn = scalar == "\r"
    }
    guard let first = kept.firstIndex(where: { !$0.properties.isWhitespace }),
        let last = kept.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(kept[first...last])
}

/// Removes card and account numbers: eight or more digits in a row, or thirteen or more in groups.
///
/// Digits of any script count. Groups may be parted by one space, hyphen, dot or slash. Dates, times, amounts and telephone
/// numbers written in groups stay.
func redactingLongNumbers(_ text: String) -> String {
    // Most comments are plain and have no number that long.
    var digits = 0
    let isPlain = text.utf8.allSatisfy { byte in
        if (0x30...0x39).contains(byte) { digits += 1 }
        return byte < 0x80 && digits < 8
    }
    if isPlain { return text }
    var kept = ""
    var run = NumberRun()
    for character in text {
        if run.append(character) { continue }
        kept += run.settled
        run = NumberRun()
        if !run.append(character) { kept.append(character) }
    }
    return kept + run.settled
}

/// Digits in groups, as far as they have been read.
private struct NumberRun {
    private var text = ""
    private var digits = 0
    private var group = 0
    private var longestGroup = 0

    /// Takes the character if the run goes on with it.
    mutating func append(_ character: Character) -> Bool {
        if character.isWholeNumber {
            digits += 1
            group += 1
            longestGroup = max(longestGroup, group)
        } else if group > 0, isNumberSeparator(character) {
            group = 0
        } else {
            return false
        }
        text.append(character)
        return true
    }

    /// The run as it is kept: itself, or a mark in its place.
    var settled: String {
        guard longestGroup >= 8 || digits >= 13 else { return text }
        return "[number removed]" + String(text.reversed().prefix { !$0.isWholeNumber })
    }
}

private func isNumberSeparator(_ character: Character) -> Bool {
    switch character {
    case " ", "-", ".", "/", "\u{00A0}", "\u{2013}", "\u{2011}", "_": true
    default: false
    }
}
