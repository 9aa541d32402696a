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
        _ page: RenderedPage, status: HTTPResponse.Status = .ok, retryAfter seconds: Int? = nil, closing: Bool = false
    ) {
        head = HTTPResponse(status: status, headerFields: page.headers)
        body = page.bytes
        head.headerFields[.contentLength] = "\(body.readableBytes)"
        if let seconds { head.headerFields[.retryAfter] = "\(seconds)" }
        if closing { head.headerFields[.connection] = "close" }
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

/// A customer's page with the headers that let its style through.
struct RenderedPage: Sendable {
    let bytes: ByteBuffer
    let headers: HTTPFields
}

/// The headers of a page that is complete in itself: nothing runs, nothing is fetched, and its style blocks are these.
///
/// - Parameter frames: Where the pages come from that it shows in frames.
func headers(ofPageStyledBy styles: String..., framing frames: String? = nil, referrer: String) -> HTTPFields {
    let hashes = styles.map { "'sha256-\(Data(SHA256.hash(data: Data($0.utf8))).base64EncodedString())'" }
    let own: HTTPFields = [
        .contentType: "text/html; charset=utf-8",
        .contentSecurityPolicy: """
        default-src 'none'; style-src \(hashes.joined(separator: " ")); img-src data:; form-action 'self'; \
        base-uri 'none'; frame-ancestors 'none'\(frames.map { "; frame-src \($0)" } ?? "")
        """,
        .referrerPolicy: referrer,
        .cacheControl: "no-store",
        .robotsTag: "noindex, nofollow",
    ]
    return own.madeSafe
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
