import Crypto
import Dashboards
import Foundation
import HTTPTypes
import NIOCore

/// The headers of every reply of the site: complete in itself, script-free, checked for news at each visit.
///
/// A page's style block is the first thing in it besides its title, so that whatever stands there first is ours; it is another one
/// for each look of an organisation.
///
/// - Parameter page: The beginning of the file; its style block is let through.
func siteHeaders(of page: ByteBuffer) -> HTTPFields {
    let beginning = Data(page.readableBytesView.prefix(64 * 1024))
    guard let start = beginning.range(of: Data("<style>".utf8)),
        let end = beginning.range(of: Data("</style>".utf8), in: start.upperBound..<beginning.endIndex)
    else { return siteHeaders(ofStyle: Data()) }
    return siteHeaders(ofStyle: beginning[start.upperBound..<end.lowerBound])
}

private func siteHeaders(ofStyle style: Data) -> HTTPFields {
    let hash = Data(SHA256.hash(data: style)).base64EncodedString()
    let own: HTTPFields = [
        .contentSecurityPolicy: """
        default-src 'none'; style-src 'sha256-\(hash)'; img-src data:; form-action 'self'; base-uri 'none'; \
        frame-ancestors 'none'
        """,
        .referrerPolicy: "no-referrer",
        .cacheControl: "no-cache",
        .robotsTag: "noindex, nofollow",
    ]
    return own.madeSafe
}

extension PageReply {
    /// There is no such page.
    ///
    /// - Parameter path: Where it was looked for, which tells of which site it would be.
    static func noSuchPage(in path: SitePath? = nil) -> PageReply {
        PageReply(
            notice: .notFound, title: "There is no such page",
            text: "It may have another name now, or is still being made: then it is there in a few seconds.",
            overview: path?.siteKey.map { SitePath.address(ofSite: String($0)) })
    }

    /// Pages are for reading.
    static let onlyForReading = PageReply(
        notice: .methodNotAllowed, title: "Pages can only be read", text: "Open the page by its address.",
        headers: [.allow: "GET, HEAD"])

    /// The page is at an address with a slash at its end, which the links on it need.
    static func moved(to address: String) -> PageReply {
        PageReply(
            notice: .movedPermanently, title: "The page is at another address", text: "A slash belongs at its end.",
            headers: [.location: address])
    }

    private init(
        notice status: HTTPResponse.Status, title: String, text: String, overview: String? = nil,
        headers: HTTPFields = [:]
    ) {
        let page = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title)</title>
            <link rel="icon" href="data:,">
            <style>\(DashboardPages.style)</style>
            </head>
            <body>
            <header><h1>\(title)</h1></header>
            <main id="content">
            <p>\(text)</p>
            <p><a href="\(Dashboards.escapedMarkup(overview ?? SitePath.root + "/"))">Go to the overview</a></p>
            </main>
            </body>
            </html>

            """
        let body = ByteBuffer(string: page)
        var fields = siteHeaders(ofStyle: Data(DashboardPages.style.utf8))
        fields.append(contentsOf: headers)
        fields[.contentType] = "text/html; charset=utf-8"
        fields[.contentLength] = "\(body.readableBytes)"
        self.init(head: HTTPResponse(status: status, headerFields: fields), body: body)
    }
}
