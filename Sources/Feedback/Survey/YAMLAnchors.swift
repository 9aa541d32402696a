/// The line of the first anchor in a YAML text, from 1; nil if there is none.
///
/// Anchors let a small file stand for an endless one ("billion laughs"), which no check of the parsed file would survive. An anchor
/// stands where a node begins (YAML 1.1, section 4.2.1): after a line's beginning, an indicator or a tag.
func lineOfAnchor(in source: String) -> Int? {
    var line = 1
    /// The last character before this one that is no space, in this line.
    var before: Unicode.Scalar?
    var isAfterSpace = true
    /// Whether the word that ends before this character is a tag, such as `!!seq`.
    var isTag = false
    var scalars = source.unicodeScalars.makeIterator()
    var next = scalars.next()
    while let scalar = next {
        next = scalars.next()
        switch scalar {
        case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}":
            if scalar != "\r" || next != "\n" { line += 1 }
            (before, isAfterSpace, isTag) = (nil, true, false)
        case " ", "\t": isAfterSpace = true
        case "&" where (before.map(beginsNode) ?? true) || isTag && isAfterSpace:
            if let next, isAnchorCharacter(next) { return line }
            (before, isAfterSpace, isTag) = (scalar, false, false)
        case "\u{FEFF}": break
        default:
            if isAfterSpace { isTag = scalar == "!" }
            (before, isAfterSpace) = (scalar, false)
        }
    }
    return nil
}

private func beginsNode(after scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ":", "-", "?", ",", "[", "{": true
    default: false
    }
}

private func isAnchorCharacter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)) || scalar == "_" || scalar == "-"
}
