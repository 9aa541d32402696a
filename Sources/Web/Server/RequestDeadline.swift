import NIOCore
import NIOHTTPTypes

/// Closes a connection whose request takes too long to arrive, however steadily it trickles.
///
/// The idle timeout only sees silence; this sees a body sent one byte a second.
final class RequestDeadline: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart

    private let limit: TimeAmount
    private var timer: Scheduled<Void>?

    init(_ limit: TimeAmount) {
        self.limit = limit
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: isReading = true
        case .end:
            isReading = false
            timer?.cancel()
            timer = nil
        case .body: break
        }
        context.fireChannelRead(data)
    }

    /// Most requests arrive whole: only one that is still incomplete after a read gets a timer.
    func channelReadComplete(context: ChannelHandlerContext) {
        if isReading, timer == nil {
            let channel = context.channel
            timer = context.eventLoop.scheduleTask(in: limit) { channel.close(promise: nil) }
        }
        context.fireChannelReadComplete()
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }

    private var isReading = false
}
