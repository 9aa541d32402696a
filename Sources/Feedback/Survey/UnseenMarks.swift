/// Whether a character is not seen and acts on others: controls, the marks that open or close a run of another writing
/// direction, and those that break or join a word (which would hide it from a search for words).
public func isUnseenMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": true
    case "\u{AD}", "\u{200B}", "\u{2060}", "\u{FEFF}": true
    default: scalar.properties.generalCategory == .control
    }
}
