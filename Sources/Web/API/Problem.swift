import Foundation
import HTTPTypes
import Hummingbird

/// A problem as the API tells it (RFC 9457).
struct Problem: Error, Encodable {
    let status: HTTPResponse.Status
    let title: String
    let detail: String
    var retryAfter: Int?
    var items: [ItemReply]?

    init(
        _ status: HTTPResponse.Status, _ title: String, _ detail: String, retryAfter: Int? = nil,
        items: [ItemReply]? = nil
    ) {
        self.status = status
        self.title = title
        self.detail = detail
        self.retryAfter = retryAfter
        self.items = items
    }

    private enum CodingKeys: CodingKey {
        case type, status, title, detail, items
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        // No page describes the type beyond its status: RFC 9457, section 4.2.1.
        try container.encode("about:blank", forKey: .type)
        try container.encode(status.code, forKey: .status)
        try container.encode(title, forKey: .title)
        try container.encode(detail, forKey: .detail)
        try container.encodeIfPresent(items, forKey: .items)
    }

    /// The problem as a response.
    func response() throws -> Response {
        var headers: HTTPFields = [.contentType: "application/problem+json", .cacheControl: "no-store"]
        if let retryAfter { headers[.retryAfter] = "\(retryAfter)" }
        if status == .unauthorized { headers[.wwwAuthenticate] = "Bearer" }
        return Response(
            status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: try JSON.encode(self))))
    }
}

/// JSON as the API writes it.
enum JSON {
    /// Encodes with sorted keys, so that the same reply has the same bytes.
    static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }
}
