import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Answers the requests for survey pages where they are read, on the connection's event loop; everything else goes on to the
/// router.
///
/// These are the pages that many people open at once, and the router's changes of thread cost about a tenth of such a request. One
/// request at a time gets here: `HTTPServerPipelineHandler` is in front.
final class SurveyHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundOut = HTTPResponsePart

    private enum State {
        /// Between requests, or within one for the router.
        case passing
        case reading(SurveyRequest)
        /// The form is too long: what still comes of it is thrown away, so that the sender gets to read the refusal.
        case discarding(SurveyRequest)
        case replying
        /// The last reply is on its way; nothing more is heard.
        case closing
    }

    private let routes: SurveyRoutes
    private let dates: DateHeader
    private let isSecure: Bool
    private var state = State.passing
    private var started = NIODeadline.now()
    /// The client has said its last; the router may hear of it once the reply is written.
    private var heldEvent: ChannelEvent?

    init(routes: SurveyRoutes, dates: DateHeader, isSecure: Bool) {
        self.routes = routes
        self.dates = dates
        self.isSecure = isSecure
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch (state, unwrapInboundIn(data)) {
        case (.closing, _):
            break
        case (_, .head(let head)):
            guard let request = SurveyRequest(head) else {
                state = .passing
                return context.fireChannelRead(data)
            }
            state = .reading(request)
            started = .now()
        case (.passing, _):
            context.fireChannelRead(data)
        case (.reading(var request), .body(let piece)):
            state = request.append(piece) ? .reading(request) : .discarding(request)
        case (.reading(let request), .end):
            state = .replying
            routes.reply(to: request, on: context.eventLoop).assumeIsolated().whenComplete { result in
                // There is no failure: the routes turn every error into a page.
                guard case .success(let page) = result, case .replying = self.state else { return }
                self.send(page, to: request.head, context)
            }
        case (.discarding(let request), .end):
            send(routes.refusal(of: request, .tooLarge, .contentTooLarge), to: request.head, context)
        case (.discarding, .body), (.replying, _):
            break
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .replying = state, let event = event as? ChannelEvent, event == .inputClosed {
            heldEvent = event
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch (state, error) {
        case (.reading(let request), is HTTPParserError), (.discarding(let request), is HTTPParserError):
            send(routes.refusal(of: request, .badRequest, .badRequest), to: request.head, context)
        default:
            context.fireErrorCaught(error)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        state = .closing
        context.fireChannelInactive()
    }

    private func send(_ page: PageReply, to request: HTTPRequest, _ context: ChannelHandlerContext) {
        var head = page.head
        head.headerFields[.date] = dates.value
        if isSecure { head.headerFields[.strictTransportSecurity] = SafeHeaders.strictTransport }
        if request.headerFields[.connection]?.lowercased() == "close" { head.headerFields[.connection] = "close" }
        let isLast = head.headerFields[.connection] != nil
        routes.metrics.count(
            route: "/s/{token}", status: head.status.code,
            seconds: Double((NIODeadline.now() - started).nanoseconds) * 1e-9)
        routes.refusals.log(head.status, of: "\(request.method) /s/{token}", from: nil, to: routes.logger)
        // The end of a reply may bring in the next request before it returns: all must be said of this one by then.
        state = isLast ? .closing : .passing
        let event = heldEvent
        heldEvent = nil
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if request.method != .head { context.write(wrapOutboundOut(.body(page.body)), promise: nil) }
        if isLast {
            context.writeAndFlush(wrapOutboundOut(.end(nil))).assumeIsolated().whenComplete { _ in
                context.close(promise: nil)
            }
        } else {
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
        if let event { context.fireUserInboundEventTriggered(event) }
    }
}
