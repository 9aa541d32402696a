import HTTPTypes
import HummingbirdCore
import NIOCore

/// A request for a survey page, `/s/TOKEN`, read whole.
struct SurveyRequest: Sendable {
    /// The largest form that is read; a full one has about 20 KB.
    static let largestForm = 64 * 1024

    /// The method, the path and the headers.
    let head: HTTPRequest
    /// The link's token, not proved yet.
    let token: String
    /// The form.
    private(set) var body = ByteBuffer()

    /// - Returns: nil if the request is for something else.
    init?(_ head: HTTPRequest) {
        guard let path = head.path, path.hasPrefix("/s/"), [.get, .head, .post].contains(head.method) else {
            return nil
        }
        let token = path.utf8.dropFirst(3).prefix { $0 != UInt8(ascii: "?") }
        guard !token.contains(UInt8(ascii: "/")) else { return nil }
        self.head = head
        self.token = String(Substring(token))
    }

    /// Takes a piece of the form.
    ///
    /// - Returns: Whether the form is still short enough.
    mutating func append(_ piece: ByteBuffer) -> Bool {
        guard body.readableBytes + piece.readableBytes <= Self.largestForm else { return false }
        if body.readableBytes == 0 { body = piece } else { body.writeImmutableBuffer(piece) }
        return true
    }

    /// The first value of a name in the query.
    func query(_ name: String) -> String? {
        guard let path = head.path, path.utf8.contains(UInt8(ascii: "?")) else { return nil }
        return URI(path).queryParameters[Substring(name)].map(String.init)
    }

    /// Whether the body is a form as a browser sends it.
    var isForm: Bool {
        let type = head.headerFields[.contentType] ?? ""
        let form = "application/x-www-form-urlencoded"
        return type == form || type.prefix { $0 != ";" && $0 != " " && $0 != "\t" }.lowercased() == form
    }
}
