import NIOCore
import NIOPosix
import Synchronization

/// A client that reads the first bytes of a reply, and then nothing more.
struct HalfReader: Sendable {
    /// The connection; to be closed.
    let channel: any Channel
    /// The first bytes of the reply.
    let start: String

    /// Sends bytes and returns once something has come back.
    static func open(port: Int, _ request: String) async throws -> HalfReader {
        let group = MultiThreadedEventLoopGroup.singleton
        let received = group.next().makePromise(of: String.self)
        let channel = try await ClientBootstrap(group: group)
            .channelOption(.autoRead, value: false)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(FirstBytes(received))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        channel.closeFuture.whenComplete { _ in received.fail(ChannelError.eof) }
        try await channel.writeAndFlush(ByteBuffer(string: request))
        channel.read()
        return HalfReader(channel: channel, start: try await received.futureResult.get())
    }

    private final class FirstBytes: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let received: EventLoopPromise<String>

        init(_ received: EventLoopPromise<String>) {
            self.received = received
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            received.succeed(String(buffer: unwrapInboundIn(data)))
        }
    }
}

/// Where so many tasks wait for each other.
final class Meeting: Sendable {
    private let state: Mutex<(missing: Int, waiting: [CheckedContinuation<Void, Never>])>

    init(_ count: Int) {
        state = Mutex((count, []))
    }

    /// Returns once all have come.
    func arrive() async {
        await withCheckedContinuation { continuation in
            let complete = state.withLock { state in
                state.missing -= 1
                state.waiting.append(continuation)
                return state.missing == 0 ? state.waiting : []
            }
            for waiting in complete { waiting.resume() }
        }
    }
}
