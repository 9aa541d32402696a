import NIOCore

/// Answers requests for files in memory from their bytes, before they are parsed as HTTP: that takes most of the time of a small
/// reply.
///
/// It does so only from the start of a connection, and only for whole, plain requests (``SiteRequest``). The first bytes of any
/// other kind wake the handlers behind, and from then on everything is theirs.
final class SiteHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// The largest reply that is handed to a connection whole: what is left of a larger one might be cut off as idle.
    private static let largestReply = 256 * 1024

    private static let strictTransport = "\r\nStrict-Transport-Security: \(SafeHeaders.strictTransport)"

    private let files: SiteFiles
    private let access: SiteAccess
    private let dates: DateHeader
    private let metrics: ServerMetrics
    private let idleTimeout: TimeAmount
    private let isSecure: Bool
    private var isOver = false
    private var lastUse = NIODeadline.uptimeNanoseconds(0)
    private var timer: Scheduled<Void>?

    init(
        files: SiteFiles, access: SiteAccess, dates: DateHeader, metrics: ServerMetrics, idleTimeout: TimeAmount,
        isSecure: Bool
    ) {
        self.files = files
        self.access = access
        self.dates = dates
        self.metrics = metrics
        self.idleTimeout = idleTimeout
        self.isSecure = isSecure
    }

    /// The handlers behind hear of the connection once it is theirs: they would close it while it is used here.
    func channelActive(context: ChannelHandlerContext) {
        lastUse = context.eventLoop.now
        watch(context, for: idleTimeout)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isOver { return context.fireChannelRead(data) }
        let started = context.eventLoop.now
        // Who sends requests without reading the replies is left to the handlers that wait.
        guard context.channel.isWritable, let request = SiteRequest(unwrapInboundIn(data)),
            !request.path.isExport, access.isCertain(request.path, cookies: request.cookies),
            let file = files.current(request.path)
        else { return handOver(context, data) }
        let reply = file.reply(acceptEncoding: request.acceptEncoding, ifNoneMatch: request.ifNoneMatch)
        guard reply.body.readableBytes <= Self.largestReply else { return handOver(context, data) }
        var head = reply.start
        head.writeString(dates.value)
        if isSecure { head.writeString(Self.strictTransport) }
        head.writeStaticString("\r\n\r\n")
        if request.isHead || reply.body.readableBytes == 0 {
            context.writeAndFlush(wrapOutboundOut(head), promise: nil)
        } else {
            context.write(wrapOutboundOut(head), promise: nil)
            context.writeAndFlush(wrapOutboundOut(reply.body), promise: nil)
        }
        lastUse = context.eventLoop.now
        metrics.count(
            route: SiteRoutes.route, status: reply.head.status.code,
            seconds: Double((lastUse - started).nanoseconds) * 1e-9)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard !isOver, event is ChannelShouldQuiesceEvent || event as? ChannelEvent == .inputClosed else {
            return context.fireUserInboundEventTriggered(event)
        }
        // The server is to stop, or the client has said its last: nothing comes after the replies on their way.
        isOver = true
        context.writeAndFlush(wrapOutboundOut(ByteBuffer())).assumeIsolated().whenComplete { _ in
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }

    private func handOver(_ context: ChannelHandlerContext, _ data: NIOAny) {
        isOver = true
        timer?.cancel()
        context.fireChannelActive()
        context.fireChannelRead(data)
    }

    private func watch(_ context: ChannelHandlerContext, for time: TimeAmount) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: time) {
            let rest = self.lastUse + self.idleTimeout - context.eventLoop.now
            if rest > .zero { self.watch(context, for: rest) } else { context.close(promise: nil) }
        }
    }
}
