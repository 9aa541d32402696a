import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// The headers that every reply has, whatever it is and whoever wrote it: pages, the API, files, refusals and redirects.
///
/// Pages bring their own `Content-Security-Policy`, since each has a style block; whatever brings none is no page, and gets one
/// under which nothing in it is shown, run or framed.
enum SafeHeaders {
    /// How long browsers ask for this host by TLS only, where it is reached by TLS: a year (RFC 6797, section 6.1).
    static let strictTransport = "max-age=31536000"

    /// What a reply has unless it says otherwise.
    private static let standard: [(name: HTTPField.Name, value: String)] = [
        (.contentSecurityPolicy, "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
        (.xContentTypeOptions, "nosniff"),
        (.referrerPolicy, "no-referrer"),
        (.permissionsPolicy, "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"),
        (.crossOriginOpenerPolicy, "same-origin"),
        (.crossOriginResourcePolicy, "same-origin"),
        (.cacheControl, "no-store"),
    ]

    /// Adds what is missing.
    static func complete(_ fields: inout HTTPFields) {
        for (name, value) in standard where !fields.contains(name) {
            fields.append(HTTPField(name: name, value: value))
        }
    }
}

extension HTTPFields {
    /// The same with what is missing of ``SafeHeaders``.
    var madeSafe: HTTPFields {
        var fields = self
        SafeHeaders.complete(&fields)
        return fields
    }
}

/// Completes the headers of every reply on its way out, so that no handler can forget them.
///
/// It stands behind ``SurveyHandler``, whose pages, like dashboards in memory, are complete from the start.
final class SafeHeadersHandler: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let isSecure: Bool

    init(isSecure: Bool) {
        self.isSecure = isSecure
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .head(var head) = unwrapOutboundIn(data) else { return context.write(data, promise: promise) }
        SafeHeaders.complete(&head.headerFields)
        if isSecure { head.headerFields[.strictTransportSecurity] = SafeHeaders.strictTransport }
        context.write(wrapOutboundOut(.head(head)), promise: promise)
    }
}
