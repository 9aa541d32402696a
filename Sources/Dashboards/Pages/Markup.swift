/// Escapes a text for HTML and SVG, inside elements and inside quoted attributes.
///
/// It works on Unicode scalars: a quotation mark followed by a combining accent is one `Character`, which Mustache's own
/// escaping lets through, but it still ends an attribute. Control characters, which XML forbids, become U+FFFD.
public func escapedMarkup(_ text: String) -> String {
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": escaped += "&amp;"
        case "<": escaped += "&lt;"
        case ">": escaped += "&gt;"
        case "\"": escaped += "&quot;"
        case "'": escaped += "&#39;"
        case "\t", "\n", "\r": escaped.unicodeScalars.append(scalar)
        case "\0"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
        default: escaped.unicodeScalars.append(scalar)
        }
    }
    return escaped
}
