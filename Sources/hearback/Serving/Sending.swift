import AsyncAlgorithms
import Delivery
import Foundation
import Logging
import ServiceLifecycle
import Store

/// Sends what is queued: as messages are queued, and once a second, since a time may have come.
struct Sending: Service {
    let workers: [OutboxWorker]
    let store: Store
    let logger: Logger

    func run() async throws {
        let bells = workers.map { _ in AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1)) }
        await withGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { group in
                for (worker, bell) in zip(workers, bells) {
                    group.addTask {
                        for await _ in bell.stream {
                            do { try await worker.drain() } catch {
                                logger.warning("sending failed and is tried again", metadata: ["error": "\(error)"])
                            }
                        }
                        await worker.close()
                    }
                }
                group.addTask {
                    await cancelWhenGracefulShutdown {
                        let queued = store.pool.listen(to: ["messages"]).map { _ in () }
                        let seconds = AsyncTimerSequence(interval: .seconds(1), clock: .continuous).map { _ in () }
                        for await _ in merge(queued, seconds) {
                            for bell in bells { bell.continuation.yield() }
                        }
                    }
                    for bell in bells { bell.continuation.finish() }
                }
            }
        } onGracefulShutdown: {
            for worker in workers { worker.stop() }
        }
    }
}
