import Mustache

/// Escapes a text for HTML, between tags and in quoted attributes.
///
/// By scalars, not by characters: `"` and a combining accent are one character to Swift, and two to a browser. Control
/// characters become spaces.
func escapedMarkup(_ text: String) -> String {
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": escaped += "&amp;"
        case "<": escaped += "&lt;"
        case ">": escaped += "&gt;"
        case "\"": escaped += "&quot;"
        case "'": escaped += "&#39;"
        case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}": escaped += " "
        default: escaped.unicodeScalars.append(scalar)
        }
    }
    return escaped
}

/// What the templates of e-mails and letters escape values with.
struct EscapedMarkup: MustacheContentType {
    func escapeText(_ text: String) -> String {
        escapedMarkup(text)
    }
}
