import Crypto
import Foundation
import HTTPTypes
import NIOCore
import People

/// A file of the site, ready to be sent as it is or with gzip.
final class SiteFile: Sendable {
    /// Where it was found, and what it was then.
    let place: String
    let identity: FileIdentity
    /// How many bytes it keeps in memory.
    let size: Int
    private let plain: Representation
    private let compressed: Representation?

    /// Prepares a file's content.
    init(_ content: ByteBuffer, type: String, place: String, identity: FileIdentity) {
        let tag = SHA256.hash(data: Data(content.readableBytesView)).prefix(16).hexadecimal
        self.place = place
        self.identity = identity
        let headers = siteHeaders(of: content)
        plain = Representation(content, headers: headers, type: type, tag: "\"\(tag)\"")
        compressed = gzipped(content).map {
            Representation($0, headers: headers, type: type, tag: "\"\(tag)-gzip\"", coding: "gzip")
        }
        size = content.readableBytes + (compressed?.body.readableBytes ?? 0)
    }

    /// The reply to a request: the content in the coding that suits, or word that the client has it already.
    func reply(acceptEncoding: String?, ifNoneMatch: String?) -> SiteReply {
        var chosen = plain
        if let compressed, prefersGzip(acceptEncoding) { chosen = compressed }
        guard let ifNoneMatch, entityTags(ifNoneMatch, include: chosen.tag) else { return chosen.found }
        return chosen.unchanged
    }
}

/// A reply with a file's content, or without it: also as the bytes that go over the wire.
struct SiteReply: Sendable {
    /// The status and the headers, but for the date.
    let head: HTTPResponse
    /// The content.
    let body: ByteBuffer
    /// The head as it is sent, up to the value of its last field, the date.
    let start: ByteBuffer

    fileprivate init(status: HTTPResponse.Status, headers: HTTPFields, body: ByteBuffer) {
        head = HTTPResponse(status: status, headerFields: headers)
        self.body = body
        let fields = headers.map { "\($0.name): \($0.value)\r\n" }.joined()
        start = ByteBuffer(string: "HTTP/1.1 \(status)\r\n\(fields)Date: ")
    }
}

/// The content in one coding.
private struct Representation {
    let tag: String
    let body: ByteBuffer
    /// The reply with the content, and the one without.
    let found, unchanged: SiteReply

    init(_ body: ByteBuffer, headers: HTTPFields, type: String, tag: String, coding: String? = nil) {
        self.tag = tag
        self.body = body
        var headers = headers
        headers[.vary] = "Accept-Encoding"
        headers[.eTag] = tag
        unchanged = SiteReply(status: .notModified, headers: headers, body: ByteBuffer())
        headers[.contentType] = type
        headers[.contentLength] = "\(body.readableBytes)"
        if let coding { headers[.contentEncoding] = coding }
        found = SiteReply(status: .ok, headers: headers, body: body)
    }
}
