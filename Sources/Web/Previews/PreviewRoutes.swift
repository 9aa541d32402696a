import Delivery
import Feedback
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// What customers get, with made-up values, for those who write it: `/templates/` lists every channel and language.
struct PreviewRoutes: Sendable {
    let store: Store
    let now: @Sendable () -> Date

    /// Lists the previews.
    @Sendable func list(_ request: Request, context: AppContext) -> Response {
        let rows = MessageChannel.allCases.flatMap { channel in
            Language.all.map { language in
                let path = "/templates/\(channel.rawValue)/\(language.code)"
                return """
                    <li><a href="\(path)">\(channel.rawValue), <bdi lang="\(language.code)">\(language.name)</bdi></a> – \
                    <a href="\(path)?reminder">its reminder</a></li>
                    """
            }
        }
        let page = """
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">\
            <title>Messages to customers</title><style>\(Self.style)</style></head><body><main><h1>Messages to customers</h1>\
            <p>As they are sent, with made-up values. Change one with <code>hearback template publish</code>.</p>\
            <ul>\(rows.joined())</ul></main></body></html>
            """
        return Self.html(page)
    }

    /// Shows one.
    @Sendable func show(_ request: Request, context: AppContext) async throws -> Response {
        guard let channel = context.parameters.get("channel").flatMap(MessageChannel.init),
            let language = context.parameters.get("language").flatMap(Language.named),
            let survey = try await store.surveyVersions(after: 0).last?.survey
        else { throw HTTPError(.notFound) }
        let preview = try MessagePreview(
            channel: channel, language: language, isReminder: request.uri.queryParameters["reminder"] != nil,
            templates: try await store.messageTemplates(), survey: survey, organisation: try await store.organisation(),
            now: now())
        if let html = try preview.html { return Self.html(html) }
        return .text(preview.text)
    }

    private static let style = """
        :root { color-scheme: light dark } body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 40rem; \
        padding: 0 1rem } li { margin: .5rem 0 } a { display: inline-block; padding: .25rem 0 }
        """

    private static func html(_ page: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/html; charset=utf-8",
                .contentSecurityPolicy:
                    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
                .robotsTag: "noindex, nofollow",
            ], body: .init(byteBuffer: ByteBuffer(string: page)))
    }
}
