import ServiceLifecycle
import Synchronization

/// Too much is waiting; the caller should come back later.
struct Overloaded: Error {}

/// Hands values that arrive together to one operation, as PostgreSQL groups commits: while a group is being worked on, the
/// next one gathers.
final class Batcher<Input: Sendable, Output: Sendable>: Service {
    private struct State {
        var waiting: [(input: Input, continuation: CheckedContinuation<Output, any Error>)] = []
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

    /// Gives a value to the next group and waits for its output.
    func callAsFunction(_ input: Input) async throws -> Output {
        try await withCheckedThrowingContinuation { continuation in
            let worker = state.withLock { state -> CheckedContinuation<Bool, Never>?? in
                guard !state.isClosing, state.waiting.count < capacity else { return nil }
                state.waiting.append((input, continuation))
                let worker = state.worker
                state.worker = nil
                return .some(worker)
            }
            switch worker {
            case nil: continuation.resume(throwing: Overloaded())
            case .some(let worker): worker?.resume(returning: true)
            }
        }
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
            let worker = state.worker
            state.worker = nil
            return worker
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
            for (item, output) in zip(group, outputs) { item.continuation.resume(returning: output) }
        } catch {
            for item in group { item.continuation.resume(throwing: error) }
        }
    }
}
