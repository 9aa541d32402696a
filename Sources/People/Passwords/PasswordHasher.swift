import Foundation
import Synchronization

/// Hashes and checks passwords on threads of its own, a few at once.
///
/// A hash takes 128 MiB and keeps a core busy for a good part of a second. On the shared thread pool it would stall every
/// other request, and without a bound anybody could exhaust the memory by sending passwords.
public final class PasswordHasher: Sendable {
    private struct Waiter {
        let number: UInt64
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var running = 0
        var waiting: [Waiter] = []
        var calls: UInt64 = 0
    }

    private let state = Mutex(State())
    private let simultaneous: Int
    private let mostWaiting: Int
    private let cost: Int

    /// Creates the hasher.
    ///
    /// - Parameters:
    ///   - simultaneous: How many hashes are computed at once, at least 1.
    ///   - waiting: How many calls may wait for one of these places.
    ///   - cost: The cost of new hashes, see ``PasswordHash``.
    public init(simultaneous: Int = 2, waiting: Int = 64, cost: Int = PasswordHash.defaultCost) {
        precondition(simultaneous >= 1, "somebody must hash")
        self.simultaneous = simultaneous
        mostWaiting = waiting
        self.cost = cost
    }

    /// Hashes a new password.
    ///
    /// - Throws: ``HashingError/busy``, `CancellationError` if the task is cancelled before its turn, or the library's error.
    public func hash(
        _ password: Password, using generator: inout some RandomNumberGenerator
    ) async throws -> PasswordHash {
        let salt = generator.bytes(16)
        let cost = cost
        return try await run { try PasswordHash(of: password, cost: cost, salt: salt) }
    }

    /// Whether a password has the stored hash.
    ///
    /// - Parameters:
    ///   - hash: nil if there is no such account or it has no password: the answer is then no, after as long a time.
    ///   - admission: Called when the password's turn has come; throws if it is not to be compared.
    /// - Throws: ``HashingError/busy``, `CancellationError` if the task is cancelled before its turn, what the admission throws, or the
    ///   library's error.
    public func matches(
        _ password: Password, _ hash: PasswordHash?, after admission: () async throws -> Void = {}
    ) async throws -> Bool {
        let compared = hash ?? .dummy(cost: cost)
        return try await run({ try compared.matches(password) }, after: admission) && hash != nil
    }

    /// Whether a call at this moment would be refused as ``HashingError/busy``.
    public var isFull: Bool { state.withLock { $0.running >= simultaneous && $0.waiting.count >= mostWaiting } }

    /// How many calls wait for a place.
    var waiting: Int { state.withLock { $0.waiting.count } }

    /// Runs blocking work when a place is free.
    func run<Value: Sendable>(
        _ work: @escaping @Sendable () throws -> Value, after admission: () async throws -> Void = {}
    ) async throws -> Value {
        try await takePlace()
        defer { leavePlace() }
        try await admission()
        return try await withCheckedThrowingContinuation { continuation in
            // A new thread costs nothing beside a hash, and starts at once however busy the shared ones are.
            Thread.detachNewThread { continuation.resume(with: Result(catching: work)) }
        }
    }

    private func takePlace() async throws {
        let number = state.withLock { state in
            state.calls += 1
            return state.calls
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                if let outcome = enter(Waiter(number: number, continuation: continuation)) {
                    continuation.resume(with: outcome)
                }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiting.firstIndex { $0.number == number }.map { state.waiting.remove(at: $0) }
            }
            waiter?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Gives a place or refuses it, or returns nil when the caller has to wait.
    private func enter(_ waiter: Waiter) -> Result<Void, any Error>? {
        state.withLock { state in
            // A task that was cancelled before this point has found nothing to take out of the queue, and never will.
            if Task.isCancelled { return .failure(CancellationError()) }
            if state.running < simultaneous {
                state.running += 1
                return .success(())
            }
            if state.waiting.count >= mostWaiting { return .failure(HashingError.busy) }
            state.waiting.append(waiter)
            return nil
        }
    }

    /// Hands the place to the first who waits.
    private func leavePlace() {
        let next = state.withLock { state -> Waiter? in
            guard !state.waiting.isEmpty else {
                state.running -= 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.continuation.resume()
    }
}

/// Why a password was not hashed.
public enum HashingError: Error, Equatable, Sendable {
    /// Too many others wait: the person should try again in some seconds.
    case busy
}
