import NIOCore
import ServiceLifecycle
import Synchronization

/// Too much is waiting; the caller should come back later.
struct Overloaded: Error {}

/// Hands values that arrive together to one operation, as PostgreSQL groups commits: while a group is being worked on, the
/// next one gathers.
///
/// Neither a second worker nor a pause to gather more was found to be faster.
final class Batcher<Input: Sendable, Output: Sendable>: Service {
    private struct State {
        var waiting: [(input: Input, promise: EventLoopPromise<Output>)] = []
        var worker: CheckedContinuation<Bool, Never>?
        var isClosing = false
    }

    private let state = Mutex(State())
    private let largestGroup: Int
    private let capacity: Int
    private let operation: @Sendable ([Input]) async throws -> [Output]

    /// Creates a batcher.
    ///
    /// - Parameters:
    ///   - largestGroup: The most values in one call of the operation.
    ///   - capacity: The most values that wait; more are refused as ``Overloaded``.
    ///   - operation: Takes a group and gives one output for each input, in order.
    init(largestGroup: Int, capacity: Int, operation: @escaping @Sendable ([Input]) async throws -> [Output]) {
        self.largestGroup = largestGroup
        self.capacity = capacity
        self.operation = operation
    }

    /// How many values wait for the next group.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Gives a value to the next group; its output comes on the event loop.
    func callAsFunction(_ input: Input, on eventLoop: any EventLoop) -> EventLoopFuture<Output> {
        let promise = eventLoop.makePromise(of: Output.self)
        let (isTaken, worker) = state.withLock { state -> (Bool, CheckedContinuation<Bool, Never>?) in
            guard !state.isClosing, state.waiting.count < capacity else { return (false, nil) }
            state.waiting.append((input, promise))
            return (true, state.worker.take())
        }
        worker?.resume(returning: true)
        if !isTaken { promise.fail(Overloaded()) }
        return promise.futureResult
    }

    /// Works until a graceful shutdown or a cancellation, after which everything accepted is finished.
    func run() async {
        await withTaskCancellationOrGracefulShutdownHandler {
            while await hasWork() { await workOnGroup() }
        } onCancelOrGracefulShutdown: {
            self.close()
        }
    }

    /// Waits for work; false when closing and everything is done.
    private func hasWork() async -> Bool {
        await withCheckedContinuation { continuation in
            let answer = state.withLock { state -> Bool? in
                if !state.waiting.isEmpty { return true }
                if state.isClosing { return false }
                state.worker = continuation
                return nil
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    private func close() {
        let worker = state.withLock { state in
            state.isClosing = true
            return state.worker.take()
        }
        worker?.resume(returning: false)
    }

    private func workOnGroup() async {
        let group = state.withLock { state in
            let group = Array(state.waiting.prefix(largestGroup))
            state.waiting.removeFirst(group.count)
            return group
        }
        do {
            let outputs = try await operation(group.map(\.input))
            for (item, output) in zip(group, outputs) { item.promise.succeed(output) }
        } catch {
            for item in group { item.promise.fail(error) }
        }
    }
}
