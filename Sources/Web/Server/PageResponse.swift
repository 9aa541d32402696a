import Crypto
import Foundation
import HTTPTypes
import Hummingbird

extension Response {
    /// A page for customers: complete in itself, never stored, never indexed, telling nobody where the reader came from.
    static func page(
        _ body: ByteBuffer, status: HTTPResponse.Status = .ok, retryAfter seconds: Int? = nil, closing: Bool = false
    ) -> Response {
        var headers = pageHeaders
        if let seconds { headers[.retryAfter] = "\(seconds)" }
        if closing { headers[.connection] = "close" }
        return Response(status: status, headers: headers, body: .init(byteBuffer: body))
    }

    /// A page for customers, from text.
    static func page(
        _ text: String, status: HTTPResponse.Status = .ok, retryAfter seconds: Int? = nil, closing: Bool = false
    ) -> Response {
        page(ByteBuffer(string: text), status: status, retryAfter: seconds, closing: closing)
    }
}

private let pageHeaders: HTTPFields = {
    let hash = Data(SHA256.hash(data: Data(SurveyPages.style.utf8))).base64EncodedString()
    return [
        .contentType: "text/html; charset=utf-8",
        .contentSecurityPolicy: """
        default-src 'none'; style-src 'sha256-\(hash)'; img-src data:; form-action 'self'; base-uri 'none'; \
        frame-ancestors 'none'
        """,
        .referrerPolicy: "no-referrer",
        .cacheControl: "no-store",
        .robotsTag: "noindex, nofollow",
        .xContentTypeOptions: "nosniff",
    ]
}()

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
