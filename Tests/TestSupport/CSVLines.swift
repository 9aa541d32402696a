/// Reads CSV as RFC 4180 has it, with LF or CRLF between records; each record as its values by heading.
public func csvRecords(_ text: String) -> [[String: String]] {
    var lines: [[String]] = []
    var line: [String] = []
    var field = ""
    var isQuoted = false
    var scalars = text.unicodeScalars[...]
    func endLine() {
        line.append(field)
        lines.append(line)
        (line, field) = ([], "")
    }
    while let scalar = scalars.popFirst() {
        switch scalar {
        case "\"" where isQuoted && scalars.first == "\"":
            scalars.removeFirst()
            field.unicodeScalars.append(scalar)
        case "\"": isQuoted.toggle()
        case _ where isQuoted: field.unicodeScalars.append(scalar)
        case ",":
            line.append(field)
            field = ""
        case "\r" where scalars.first == "\n": break
        case "\n": endLine()
        default: field.unicodeScalars.append(scalar)
        }
    }
    if !line.isEmpty || !field.isEmpty { endLine() }
    guard let headings = lines.first else { return [] }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(headings, $0)) }
}
