import Crypto
import Foundation
import HTTPTypes
import Hummingbird

/// A page; one for customers is complete in itself, never stored, never indexed, and tells nobody where the reader came from.
struct PageReply: Sendable {
    /// The status and the headers, but for the date.
    var head: HTTPResponse
    /// The page.
    let body: ByteBuffer

    /// - Parameters:
    ///   - seconds: When to try again.
    ///   - closing: Whether the connection ends with this reply.
    init(
        _ body: ByteBuffer, status: HTTPResponse.Status = .ok, retryAfter seconds: Int? = nil, closing: Bool = false
    ) {
        head = HTTPResponse(status: status, headerFields: pageHeaders)
        head.headerFields[.contentLength] = "\(body.readableBytes)"
        if let seconds { head.headerFields[.retryAfter] = "\(seconds)" }
        if closing { head.headerFields[.connection] = "close" }
        self.body = body
    }

    /// A reply with headers of its own.
    init(head: HTTPResponse, body: ByteBuffer) {
        self.head = head
        self.body = body
    }

    /// The same as a response of the router.
    var response: Response {
        Response(status: head.status, headers: head.headerFields, body: .init(byteBuffer: body))
    }
}

private let pageHeaders = headers(ofPageStyledBy: SurveyPages.style, referrer: "no-referrer").madeSafe

/// The headers of a page that is complete in itself: nothing runs, nothing is fetched, and its one style block is this one.
func headers(ofPageStyledBy style: String, referrer: String) -> HTTPFields {
    let hash = Data(SHA256.hash(data: Data(style.utf8))).base64EncodedString()
    return [
        .contentType: "text/html; charset=utf-8",
        .contentSecurityPolicy: """
        default-src 'none'; style-src 'sha256-\(hash)'; img-src data:; form-action 'self'; base-uri 'none'; \
        frame-ancestors 'none'
        """,
        .referrerPolicy: referrer,
        .cacheControl: "no-store",
        .robotsTag: "noindex, nofollow",
        .xContentTypeOptions: "nosniff",
    ]
}

extension HTTPField.Name {
    /// The names that `HTTPTypes` has no constant for.
    static let referrerPolicy = named("Referrer-Policy")
    static let robotsTag = named("X-Robots-Tag")
    static let idempotencyKey = named("Idempotency-Key")

    private static func named(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is no field name") }
        return name
    }
}
