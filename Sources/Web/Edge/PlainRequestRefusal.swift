import NIOCore

/// Answers whoever speaks HTTP without TLS to a port of TLS in words, instead of with a broken connection.
final class PlainRequestRefusal: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let reply: ByteBuffer = {
        let text = "This port speaks TLS; ask for an address that begins with https://.\n"
        return ByteBuffer(
            string: """
                HTTP/1.1 400 Bad Request\r
                Content-Type: text/plain; charset=utf-8\r
                Content-Length: \(text.utf8.count)\r
                X-Content-Type-Options: nosniff\r
                Cache-Control: no-store\r
                Connection: close\r
                \r
                \(text)
                """)
    }()

    private enum State { case waiting, open, refused }
    private var state = State.waiting

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch state {
        case .open: context.fireChannelRead(data)
        case .refused: break
        case .waiting:
            // The first byte of a handshake record (RFC 8446, section 5.1).
            if unwrapInboundIn(data).readableBytesView.first == 0x16 {
                state = .open
                return context.fireChannelRead(data)
            }
            state = .refused
            context.writeAndFlush(wrapOutboundOut(Self.reply)).assumeIsolated().whenComplete { _ in
                context.close(promise: nil)
            }
        }
    }
}
