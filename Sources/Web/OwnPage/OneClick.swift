import Foundation

/// The media type of a form as a browser sends it.
let formType = "application/x-www-form-urlencoded"

/// The media type without its parameters, in lower case.
func mediaType(_ contentType: String) -> String {
    contentType.prefix { $0 != ";" && $0 != " " && $0 != "\t" }.lowercased()
}

/// Whether a body is what a mail program sends to unsubscribe at once: the field `List-Unsubscribe=One-Click` and nothing else.
///
/// Source: RFC 8058, section 3.2; it may come as either kind of form.
func isOneClick(_ body: [UInt8], contentType: String) -> Bool {
    switch mediaType(contentType) {
    case formType:
        guard let fields = FormFields(body)?.all, fields.count == 1 else { return false }
        return fields[0].name == "List-Unsubscribe" && isOneClick(fields[0].value)
    case "multipart/form-data":
        guard let boundary = boundary(of: contentType), let text = String(validating: body, as: UTF8.self) else {
            return false
        }
        // What precedes the only part, the part, and what follows the end.
        let parts = text.split(separator: "--" + boundary, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2].hasPrefix("--"), let end = parts[1].firstRange(of: "\r\n\r\n") else {
            return false
        }
        let head = parts[1][..<end.lowerBound].lowercased()
        return (head.contains("name=\"list-unsubscribe\"") || head.hasSuffix("name=list-unsubscribe"))
            && isOneClick(String(parts[1][end.upperBound...]))
    default: return false
    }
}

private func isOneClick(_ value: String) -> Bool {
    value.trimmingCharacters(in: .whitespacesAndNewlines) == "One-Click"
}

/// The boundary between the parts of a multipart body (RFC 2046, section 5.1.1: 1 to 70 characters).
private func boundary(of contentType: String) -> String? {
    guard let start = contentType.range(of: "boundary=", options: .caseInsensitive)?.upperBound else { return nil }
    let boundary = contentType[start...].prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces)
        .trimmingCharacters(in: ["\""])
    return (1...70).contains(boundary.utf8.count) ? boundary : nil
}
