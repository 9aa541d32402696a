import Foundation

/// A form with files as a browser sends it (`multipart/form-data`, RFC 7578).
///
/// Names of files are not looked at: nothing is stored by them.
struct MultipartForm {
    /// The content of each field, by its name.
    private let parts: [(name: String, content: Data)]

    /// Reads a body.
    ///
    /// - Returns: nil for what no browser sends: no boundary, no end, broken headers, or more than 20 parts.
    init?(_ body: Data, contentType: String) {
        guard let boundary = Self.boundary(in: contentType) else { return nil }
        let (line, end) = (Data("--\(boundary)\r\n".utf8), Data("\r\n--\(boundary)".utf8))
        guard body.starts(with: line) else { return nil }
        var parts: [(name: String, content: Data)] = []
        var rest = body.dropFirst(line.count)
        while true {
            guard parts.count < 20, let headersEnd = rest.range(of: Data("\r\n\r\n".utf8)),
                let name = Self.name(in: rest[rest.startIndex..<headersEnd.lowerBound]),
                let partEnd = rest.range(of: end, in: headersEnd.upperBound..<rest.endIndex)
            else { return nil }
            parts.append((name, rest[headersEnd.upperBound..<partEnd.lowerBound]))
            rest = rest[partEnd.upperBound...]
            if rest.starts(with: "--".utf8) { break }
            guard rest.starts(with: "\r\n".utf8) else { return nil }
            rest = rest.dropFirst(2)
        }
        self.parts = parts
    }

    /// The content of a field that was sent exactly once.
    func bytes(_ name: String) -> [UInt8]? {
        let found = parts.filter { $0.name == name }
        return found.count == 1 ? Array(found[0].content) : nil
    }

    /// The same as text.
    subscript(name: String) -> String? { bytes(name).flatMap { String(validating: $0, as: UTF8.self) } }

    private static func boundary(in contentType: String) -> String? {
        guard mediaType(contentType) == "multipart/form-data",
            let found = contentType.firstMatch(
                of: /;\s*boundary=(?:"([0-9A-Za-z'()+_,.\/:=? \-]{1,70})"|([0-9A-Za-z'+_.\-]{1,70}))/)
        else { return nil }
        return String(found.1 ?? found.2 ?? "")
    }

    /// The field's name in a part's headers; browsers write a quotation mark within it as %22.
    private static func name(in headers: Data) -> String? {
        guard headers.count <= 2000, let text = String(validating: headers, as: UTF8.self) else { return nil }
        for line in text.split(separator: "\r\n") where line.lowercased().hasPrefix("content-disposition:") {
            return line.firstMatch(of: /form-data;\s*name="([^"]*)"/).map { String($0.1) }
        }
        return nil
    }
}
