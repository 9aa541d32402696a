/// What is wrong with one value, said as the end of a sentence: `"31-02-2017" is not a date`.
struct Flaw: Error, Equatable {
    let predicate: String

    init(_ predicate: String) {
        self.predicate = predicate
    }

    init(_ value: Span<UInt8>, _ predicate: String) {
        self.predicate = "\(quoted(value)) \(predicate)"
    }
}

/// Returns the value in quotes for a message, cut at 60 characters, with control characters made visible.
func quoted(_ value: Span<UInt8>) -> String {
    quoted(text(value))
}

func quoted(_ value: String) -> String {
    var result = "\""
    for scalar in value.unicodeScalars.prefix(60) {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: result += "\u{FFFD}"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result + (value.unicodeScalars.count > 60 ? "…\"" : "\"")
}

/// Returns "a", "a or b", "a, b or c".
func alternatives(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
}
