/// The score that a message consists of: a whole number from 0 to 10, or one "out of ten" such as `9/10`.
///
/// Digits are ASCII, full-width, Arabic-Indic or Eastern Arabic-Indic. Space and punctuation may surround the number. Nil for
/// anything that leaves a doubt: other words, two numbers, fractions, percentages, a sign or a decimal point before it.
func soleScore(in body: String) -> Int? {
    let scalars = body.unicodeScalars.filter { !isUnspoken($0) }
    guard let first = scalars.firstIndex(where: { digit($0) != nil }),
        let last = scalars.lastIndex(where: { digit($0) != nil })
    else { return nil }
    let before = scalars[..<first]
    let after = scalars[last...].dropFirst()
    let mark = before.last { !$0.properties.isWhitespace }
    guard before.allSatisfy(canSurround), after.allSatisfy(canSurround), !(mark.map(altersNumber) ?? false)
    else { return nil }
    let numbers = scalars[first...last]
        .split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\u{FF0F}" }
        .map(number)
    guard let score = numbers[0], score <= 10, numbers.count == 1 || (numbers.count == 2 && numbers[1] == 10)
    else { return nil }
    return score
}

/// Reads one or two digits that may have space around them.
private func number(_ scalars: some BidirectionalCollection<Unicode.Scalar>) -> Int? {
    var trimmed = scalars.drop { $0.properties.isWhitespace }
    while let last = trimmed.last, last.properties.isWhitespace { trimmed = trimmed.dropLast() }
    let digits = trimmed.prefix(3).map(digit)
    guard (1...2).contains(digits.count) else { return nil }
    return digits.reduce(0) { value, digit in
        guard let value, let digit else { return nil }
        return value * 10 + digit
    }
}

private func digit(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "0"..."9", "\u{0660}"..."\u{0669}", "\u{06F0}"..."\u{06F9}", "\u{FF10}"..."\u{FF19}":
        // Each of these ten start at a multiple of sixteen.
        Int(scalar.value & 0xF)
    default: nil
    }
}

/// Whether a character can stand beside a number without making it another one.
private func canSurround(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "%", "\u{066A}", "\u{2030}", "\u{FF05}", "/", "\u{FF0F}", "\\", "@", "&": return false
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .spaceSeparator, .lineSeparator, .paragraphSeparator: return true
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
        .finalPunctuation, .otherPunctuation:
        return true
    default: return false
    }
}

/// Whether a character before a number, but for space, can be its sign or its decimal point.
private func altersNumber(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ".", ",", "\u{066B}", "\u{066C}", "\u{060C}", "\u{FF0E}", "\u{FF0C}": true
    default: scalar.properties.generalCategory == .dashPunctuation
    }
}
