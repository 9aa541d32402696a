import HTTPTypes
import Hummingbird

/// What customers get, shown within a page of the staff: nothing in it runs, is fetched or can be sent.
enum Preview {
    /// Where a page shows previews: the name of its frame.
    static let frame = "preview"

    /// A document of a message or a page.
    static func html(_ page: ByteBuffer) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/html; charset=utf-8", .cacheControl: "no-store", .referrerPolicy: "no-referrer",
                .contentSecurityPolicy: """
                default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; \
                frame-ancestors 'self'; sandbox
                """, .xContentTypeOptions: "nosniff", .robotsTag: "noindex, nofollow",
            ], body: .init(byteBuffer: page))
    }
}
