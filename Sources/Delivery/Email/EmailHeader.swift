import Foundation

/// The length that header lines are folded at; lines with encoded words have no more (RFC 2047, section 2).
private let lineLength = 76

/// A header of one or more lines, folded between tokens (RFC 5322, section 2.2.3).
///
/// - Parameter tokens: ASCII, as they stand in the message; spaces go between them.
/// - Throws: ``EmailProblem`` for anything that is not printable ASCII, and for a token longer than a line may be.
func emailHeader(_ name: String, _ tokens: [String]) throws -> String {
    var lines = ""
    var column = 0
    for token in ["\(name):"] + tokens {
        guard token.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw EmailProblem.controlCharacter(in: name)
        }
        // 998 is the limit of a line (RFC 5322, section 2.1.1).
        guard token.utf8.count < 990 else { throw EmailProblem.tooLong(in: name) }
        if column == 0 {
            lines = token
            column = token.utf8.count
        } else if column + 1 + token.utf8.count <= lineLength || column == name.utf8.count + 1 {
            lines += " " + token
            column += 1 + token.utf8.count
        } else {
            lines += "\r\n " + token
            column = 1 + token.utf8.count
        }
    }
    return lines + "\r\n"
}

/// The tokens of a text in a header: its words if they are plain ASCII, else encoded words.
///
/// - Throws: ``EmailProblem`` for control characters.
func headerTokens(of text: String, in name: String) throws -> [String] {
    guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
        throw EmailProblem.controlCharacter(in: name)
    }
    let words = text.split(separator: " ").map(String.init)
    // `=?` begins an encoded word, and a word that fills a line could not be folded.
    let isPlain = text.utf8.allSatisfy { $0 < 0x80 } && !text.contains("=?") && words.allSatisfy { $0.utf8.count < 60 }
    return isPlain ? words : encodedWords(text)
}

/// The tokens of a name before an address: a quoted string if it is plain and short, else encoded words.
func nameTokens(of name: String) throws -> [String] {
    let tokens = try headerTokens(of: name, in: "From")
    guard name.utf8.count < 60, tokens == name.split(separator: " ").map(String.init) else { return encodedWords(name) }
    let quoted = name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return ["\"\(quoted)\""]
}

/// A text as encoded words of whole characters, each short enough for a line that begins with `Subject:`.
///
/// Source: RFC 2047, sections 2 and 5. Always base64, since where most letters need encoding it is the shorter form.
private func encodedWords(_ text: String) -> [String] {
    // 39 bytes are 52 characters of base64, and 64 with the marks around them.
    let limit = 39
    var words: [[UInt8]] = [[]]
    for character in text {
        // A character of many accents may be longer than a word and is parted between them.
        let whole = Array(character.utf8)
        let parts = whole.count <= limit ? [whole] : character.unicodeScalars.map { Array($0.utf8) }
        for part in parts {
            if words[words.count - 1].count + part.count > limit { words.append([]) }
            words[words.count - 1] += part
        }
    }
    return words.map { "=?utf-8?B?\(Data($0).base64EncodedString())?=" }
}

/// A time as headers have it, in UTC (RFC 5322, section 3.3).
func headerDate(_ date: Date) -> String {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second, .weekday], from: date)
    func digits(_ value: Int?, _ count: Int = 2) -> String {
        let text = String(value ?? 0)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let weekday = weekdays[(parts.weekday ?? 1) - 1]
    let month = months[(parts.month ?? 1) - 1]
    let day = "\(weekday), \(digits(parts.day)) \(month) \(digits(parts.year, 4))"
    return "\(day) \(digits(parts.hour)):\(digits(parts.minute)):\(digits(parts.second)) +0000"
}
